import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ResourceFreshness } from '../fleet/freshness.ts'
import { createLiveness } from './liveness.ts'

beforeEach(() => void vi.useFakeTimers({ now: 1_000_000 }))
afterEach(() => void vi.useRealTimers())

function start() {
  const told: ResourceFreshness[] = []
  const liveness = createLiveness({
    name: 'pods',
    now: Date.now,
    silenceMs: 18_000,
    noticeMs: 1_000,
    tell: (freshness) => told.push(freshness),
  })
  return { liveness, told, states: () => told.map(({ state }) => state) }
}

describe('liveness', () => {
  it('begins with the first complete list, not before', () => {
    const { liveness, told } = start()
    liveness.proven()
    liveness.failing('not yet')
    expect(told).toEqual([{ state: 'starting', provenAt: 0, message: 'not yet' }])
    liveness.listed()
    expect(told.at(-1)).toEqual({ state: 'live', provenAt: 1_000_000, message: '' })
  })

  it('turns stale within 20 s of the last proof, whatever else happens', () => {
    const { liveness, told, states } = start()
    liveness.listed()
    vi.advanceTimersByTime(10_000)
    liveness.proven()
    liveness.failing('cut')
    vi.advanceTimersByTime(17_999)
    expect(states()).toEqual(['live', 'live'])
    vi.advanceTimersByTime(1)
    expect(told.at(-1)).toEqual({
      state: 'stale',
      provenAt: 1_010_000,
      message: 'Nothing heard from the API server about pods for 18 s; trying again. Last problem: cut',
    })
  })

  it('is live again at once after a proof, and stale again after the next silence', () => {
    const { liveness, states } = start()
    liveness.listed()
    vi.advanceTimersByTime(60_000)
    liveness.proven()
    vi.advanceTimersByTime(60_000)
    expect(states()).toEqual(['live', 'stale', 'live', 'stale'])
  })

  it('passes renewed proofs on at most once a second', () => {
    const { liveness, told } = start()
    liveness.listed()
    for (let proof = 0; proof < 100; proof += 1) {
      vi.advanceTimersByTime(100)
      liveness.proven()
    }
    expect(told.length).toBeGreaterThanOrEqual(10)
    expect(told.length).toBeLessThanOrEqual(11)
  })

  it('says forbidden and missing until a proof comes', () => {
    const { liveness, told, states } = start()
    liveness.listed()
    liveness.refused('forbidden', 'no')
    liveness.refused('forbidden', 'no')
    vi.advanceTimersByTime(60_000)
    expect(states()).toEqual(['live', 'forbidden'])
    liveness.refused('missing', 'gone')
    liveness.proven()
    expect(states()).toEqual(['live', 'forbidden', 'missing', 'live'])
    expect(told.at(-1)?.message).toBe('')
  })

  it('is not fooled by a clock that is set back', () => {
    const { liveness, states } = start()
    liveness.listed()
    vi.setSystemTime(500_000)
    vi.advanceTimersByTime(10_000)
    liveness.proven()
    vi.advanceTimersByTime(20_000 + 18_000)
    expect(states().at(-1)).toBe('stale')
  })

  it('says nothing after it stopped', () => {
    const { liveness, told } = start()
    liveness.listed()
    liveness.stop()
    vi.advanceTimersByTime(60_000)
    expect(told).toHaveLength(1)
  })
})
