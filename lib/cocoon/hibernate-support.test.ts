import { expect, it } from 'vitest'
import { hibernateSupport } from './hibernate-support.ts'

it.each([
  [true, 'linux', 'yes'],
  [true, 'windows', 'yes'],
  [true, '', 'yes'],
  [true, 'macos', 'macos'],
  [false, 'linux', 'static'],
  [false, 'macos', 'static'],
])('a VM, managed %j, of %j', (managed, os, support) => {
  expect(hibernateSupport({ managed, os })).toBe(support)
})
