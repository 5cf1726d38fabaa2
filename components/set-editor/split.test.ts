import { expect, it } from 'vitest'
import { fitSplit } from './split.ts'

it.each([
  [50, 50],
  [33.4, 33],
  [0, 25],
  [100, 75],
  [-Infinity, 50],
  [Number('half'), 50],
])('takes %f percent for the form as %i', (percent, fitted) => {
  expect(fitSplit(percent)).toBe(fitted)
})
