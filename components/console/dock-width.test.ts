import { expect, it } from 'vitest'
import { fitWidth } from './dock-width.ts'

it.each([
  [640.4, 640],
  [12, 380],
  [1e9, 2_400],
  [Number.NaN, 640],
])('takes %f for %i pixels', (wanted, width) => {
  expect(fitWidth(wanted)).toBe(width)
})
