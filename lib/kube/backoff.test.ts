import { describe, expect, it } from 'vitest'
import { createBackoff, retryAfterMs } from './backoff.ts'

const LIMITS = { firstMs: 800, capMs: 30_000 }
const ALMOST_ONE = 1 - Number.EPSILON

describe('back-off', () => {
  it('doubles its bound up to the cap', () => {
    const backoff = createBackoff(LIMITS, () => ALMOST_ONE)
    const waits = Array.from({ length: 8 }, () => Math.round(backoff.next()))
    expect(waits).toEqual([800, 1_600, 3_200, 6_400, 12_800, 25_600, 30_000, 30_000])
  })

  it('draws each wait from zero on', () => {
    const draws = [0, 0.5, 0.25]
    const backoff = createBackoff(LIMITS, () => draws.shift() ?? 0)
    expect([backoff.next(), backoff.next(), backoff.next()]).toEqual([0, 800, 800])
  })

  it('starts again after a reset, and never overflows', () => {
    const backoff = createBackoff(LIMITS, () => ALMOST_ONE)
    for (let failure = 0; failure < 5_000; failure += 1) backoff.next()
    expect(Math.round(backoff.next())).toBe(30_000)
    expect(backoff.failures).toBe(5_001)
    backoff.reset()
    expect(backoff.failures).toBe(0)
    expect(Math.round(backoff.next())).toBe(800)
  })
})

describe('Retry-After', () => {
  const now = Date.parse('2026-11-23T10:00:00Z')
  it.each([
    [undefined, 0],
    ['', 0],
    ['soon', 0],
    ['-5', 0],
    ['0', 0],
    ['7', 7_000],
    ['1.5', 1_500],
    ['86400', 120_000],
    ['Mon, 23 Nov 2026 10:00:30 GMT', 30_000],
    ['Mon, 23 Nov 2026 09:59:00 GMT', 0],
    ['Tue, 24 Nov 2026 10:00:00 GMT', 120_000],
  ])('%j is %i ms', (header, expected) => {
    expect(retryAfterMs(header, now, 120_000)).toBe(expected)
  })
})
