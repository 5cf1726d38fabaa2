import { expect, it } from 'vitest'
import { screenshotName } from './screenshot.ts'

it('names a picture by VM and time, with nothing that a file system dislikes', () => {
  const at = new Date(2026, 10, 3, 9, 5, 2)
  expect(screenshotName('desk-0', at)).toBe('desk-0-2026-11-03-090502.png')
  expect(screenshotName('../a/b:c', at)).toBe('.._a_b_c-2026-11-03-090502.png')
})
