import { expect, it } from 'vitest'
import { backoffMs } from './backoff.ts'

it.each([
  [1, 0, 1_000],
  [2, 0, 2_000],
  [3, 0.5, 4_400],
  [6, 0, 30_000],
  [100, 0, 30_000],
  [0, 0, 1_000],
])('waits before try %i with chance %f for %i ms', (attempt, chance, wait) => {
  expect(backoffMs(attempt, chance)).toBe(wait)
})

it('spreads over a fifth and no further', () => {
  expect(backoffMs(6, 0.999)).toBeLessThan(36_000)
})
