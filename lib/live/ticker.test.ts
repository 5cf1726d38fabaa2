import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { onTick } from './ticker.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

it('serves everybody with the same period by one interval', () => {
  const first = vi.fn<() => void>()
  const second = vi.fn<() => void>()
  const slow = vi.fn<() => void>()
  const ends = [onTick(1_000, first), onTick(1_000, second), onTick(10_000, slow)]
  expect(vi.getTimerCount()).toBe(2)
  vi.advanceTimersByTime(10_000)
  expect([first, second, slow].map((tell) => tell.mock.calls.length)).toEqual([10, 10, 1])
  ends[0]?.()
  vi.advanceTimersByTime(1_000)
  expect([first, second].map((tell) => tell.mock.calls.length)).toEqual([10, 11])
  for (const end of ends.slice(1)) end()
  expect(vi.getTimerCount()).toBe(0)
})
