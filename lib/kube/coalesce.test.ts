import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createCoalescer } from './coalesce.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('a coalescer', () => {
  it('flushes at once in a quiet fleet, after the events of the same turn', () => {
    const flush = vi.fn<() => void>()
    const coalescer = createCoalescer(flush, 50)
    coalescer.touch()
    coalescer.touch()
    expect(flush).not.toHaveBeenCalled()
    vi.advanceTimersByTime(0)
    expect(flush).toHaveBeenCalledTimes(1)
    vi.advanceTimersByTime(1_000)
    expect(flush).toHaveBeenCalledTimes(1)
  })

  it('flushes what comes within the window together, at its end', () => {
    const flush = vi.fn<() => void>()
    const coalescer = createCoalescer(flush, 50)
    coalescer.touch()
    vi.advanceTimersByTime(0)
    for (let at = 0; at < 4; at += 1) {
      coalescer.touch()
      vi.advanceTimersByTime(10)
    }
    expect(flush).toHaveBeenCalledTimes(1)
    vi.advanceTimersByTime(10)
    expect(flush).toHaveBeenCalledTimes(2)
  })

  it('never flushes more often than the window, however long the load lasts', () => {
    const flush = vi.fn<() => void>()
    const coalescer = createCoalescer(flush, 50)
    for (let at = 0; at < 1_000; at += 1) {
      coalescer.touch()
      vi.advanceTimersByTime(1)
    }
    expect(flush.mock.calls.length).toBeLessThanOrEqual(21)
    expect(flush.mock.calls.length).toBeGreaterThanOrEqual(19)
  })

  it.each([0, 60])('comes to nothing once it is stopped (touched %i ms after a flush)', (after) => {
    const flush = vi.fn<() => void>()
    const coalescer = createCoalescer(flush, 50)
    coalescer.touch()
    vi.advanceTimersByTime(after)
    flush.mockClear()
    coalescer.touch()
    coalescer.stop()
    coalescer.touch()
    vi.advanceTimersByTime(1_000)
    expect(flush).not.toHaveBeenCalled()
    expect(vi.getTimerCount()).toBe(0)
  })
})
