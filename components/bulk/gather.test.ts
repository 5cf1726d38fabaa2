import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { gather } from './gather.ts'

describe('gather', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('tells the first at once, and the others together', () => {
    const told: (readonly number[])[] = []
    const { add } = gather<number>(100, (items) => told.push(items))
    add([1])
    add([2, 3])
    add([4])
    expect(told).toEqual([[1]])
    vi.advanceTimersByTime(100)
    expect(told).toEqual([[1], [2, 3, 4]])
    vi.advanceTimersByTime(1_000)
    add([5])
    expect(told).toEqual([[1], [2, 3, 4], [5]])
  })

  it('keeps nothing back when it is flushed, and tells nothing twice', () => {
    const told: (readonly number[])[] = []
    const { add, flush } = gather<number>(100, (items) => told.push(items))
    add([1])
    add([2])
    flush()
    vi.advanceTimersByTime(1_000)
    expect(told).toEqual([[1], [2]])
  })
})
