import { describe, expect, it } from 'vitest'
import { hurried, REFLECTOR_TIMING } from './reflector-timing.ts'
import { chooseWatchLife } from './watch-life.ts'

describe('the life of the next watch', () => {
  it.each([
    ['nothing was said', { events: 0, livedMs: 15_000 }, false],
    ['it said little', { events: 2, livedMs: 15_000 }, false],
    ['it said something every 6 s', { events: 10, livedMs: 60_000 }, true],
    ['it said much', { events: 500, livedMs: 15_000 }, true],
    ['it was never open', { events: 0, livedMs: 3 }, false],
  ])('when %s', (_, last, long) => {
    const [low, high] = long ? REFLECTOR_TIMING.longLife : REFLECTOR_TIMING.shortLife
    expect(chooseWatchLife(last, REFLECTOR_TIMING, () => 0)).toEqual({ seconds: low, long })
    expect(chooseWatchLife(last, REFLECTOR_TIMING, () => 1 - Number.EPSILON)).toEqual({ seconds: high, long })
  })

  it('is short enough to end, and long enough to be called healthy, before silence is', () => {
    const [low, high] = REFLECTOR_TIMING.shortLife
    expect(high * 1_000).toBeLessThan(REFLECTOR_TIMING.silenceMs)
    expect(low * 1_000).toBeGreaterThan(REFLECTOR_TIMING.healthyMs)
    // A busy watch that falls quiet is replaced, and its successor has answered, before silence is called.
    expect(REFLECTOR_TIMING.quietMs + REFLECTOR_TIMING.headersTimeoutMs).toBeLessThan(
      REFLECTOR_TIMING.silenceMs,
    )
  })

  it('keeps these proportions when hurried', () => {
    const { silenceMs, quietMs, shortLife, pageSize } = hurried(10)
    expect([silenceMs, quietMs, shortLife, pageSize]).toEqual([
      1_800,
      1_200,
      [13, 16],
      REFLECTOR_TIMING.pageSize,
    ])
  })
})
