import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { applyMessage } from './apply-message.ts'
import { createLiveStore } from './live-store.ts'
import { deltaOf, freshnessWith, snapshotOf, START, vmNamed } from './snapshot.fixture.ts'

beforeEach(() => void vi.useFakeTimers({ now: START }))
afterEach(() => void vi.useRealTimers())

const [a, b, c] = [vmNamed('a'), vmNamed('b'), vmNamed('c')]

/** A store with a, b and c in it, and a note of every row that was told. */
function watched() {
  const store = createLiveStore()
  store.applySnapshot(snapshotOf([a, b, c]))
  const told: string[] = []
  for (const uid of ['a', 'b', 'c', 'd']) store.subscribeRow('vms', uid, () => void told.push(uid))
  return { store, told }
}

describe('before the first snapshot', () => {
  it('holds nothing and says so', () => {
    const store = createLiveStore()
    expect(store.index()).toMatchObject({ loaded: false, revision: 0 })
    expect([store.position(), store.cluster(), store.freshness(), store.asSnapshot()]).toEqual([
      null,
      null,
      null,
      null,
    ])
    expect(() => store.applyDelta(deltaOf(1, {}))).toThrow('does not follow')
  })

  it('refuses a snapshot of another version, and keeps what it has', () => {
    const store = createLiveStore()
    store.applySnapshot(snapshotOf([]))
    const newer = snapshotOf([], { wire: 99, seq: 11 })
    expect(() => store.applySnapshot(newer)).toThrow('reload the page')
    expect(store.position()).toBe('e1-10')
  })
})

describe('a snapshot', () => {
  it('is held by kind and uid', () => {
    const { store } = watched()
    expect([store.row('vms', 'a'), store.row('vms', 'z')]).toEqual([a, undefined])
    expect(store.index()).toMatchObject({ loaded: true, revision: 1 })
    expect([store.index().vms.size, store.index().sets.size, store.index().nodes.size]).toEqual([3, 1, 1])
    expect([store.position(), store.cluster()?.name]).toEqual(['e1-10', 'lab'])
  })

  it('repaints only the rows that differ from those before it', () => {
    const { store, told } = watched()
    const [before, held] = [store.index(), store.row('vms', 'a')]
    store.applySnapshot(
      snapshotOf([vmNamed('a'), vmNamed('b', { ip: '' }), vmNamed('d')], { epoch: 'e2', seq: 1 }),
    )
    expect(told).toEqual(['b', 'c', 'd'])
    expect(store.row('vms', 'a')).toBe(held)
    expect(store.position()).toBe('e2-1')
    expect(store.index()).not.toBe(before)
    expect([...before.vms.keys()]).toEqual(['a', 'b', 'c'])
  })

  it('goes to another tab and is the same there', () => {
    const { store } = watched()
    store.applyDelta(deltaOf(11, { vms: { set: [{ uid: 'b', problems: ['x'], hibernation: null }] } }))
    const other = createLiveStore()
    other.applySnapshot(JSON.parse(JSON.stringify(store.asSnapshot())))
    expect(other.index().vms).toEqual(store.index().vms)
    expect(other.index().sets).toEqual(store.index().sets)
    expect([other.position(), other.freshness()]).toEqual([store.position(), store.freshness()])
  })
})

describe('a delta', () => {
  it('tells only the rows that it touches', () => {
    const { store, told } = watched()
    const [heldA, heldB] = [store.row('vms', 'a'), store.row('vms', 'b')]
    store.applyDelta(deltaOf(11, { vms: { set: [{ uid: 'b', ip: '' }], del: ['c'], add: [vmNamed('d')] } }))
    expect(told.toSorted()).toEqual(['b', 'c', 'd'])
    expect(store.row('vms', 'a')).toBe(heldA)
    expect(store.row('vms', 'b')).toEqual({ ...heldB, ip: '' })
    expect(store.row('vms', 'b')).not.toBe(heldB)
    expect([store.row('vms', 'c'), store.position()]).toEqual([undefined, 'e1-11'])
  })

  it.each([10, 12, 0, -1, Number.NaN])('that does not follow on 10 changes nothing: %s', (seq) => {
    const { store, told } = watched()
    expect(() => store.applyDelta(deltaOf(seq, { vms: { del: ['a'] } }))).toThrow(
      `delta ${seq} does not follow on 10`,
    )
    expect([told, store.position(), store.row('vms', 'a')]).toEqual([[], 'e1-10', a])
  })

  it('that breaks off in the middle still tells what it changed, and is mended by a snapshot', () => {
    const { store, told } = watched()
    const changes = { vms: { del: ['a'], set: [{ uid: 'b', ip: '' }, { uid: 'ghost' }] } }
    expect(() => store.applyDelta(deltaOf(11, changes))).toThrow('row ghost')
    expect(told).toEqual(expect.arrayContaining(['a', 'b']))
    expect(store.position()).toBe('e1-10')
    store.applySnapshot(snapshotOf([a, b, c], { seq: 12 }))
    expect([store.row('vms', 'a'), store.row('vms', 'b')]).toEqual([a, b])
  })

  it('does not tell those who have left', () => {
    const { store } = watched()
    const tell = vi.fn<() => void>()
    const leave = store.subscribeRow('vms', 'a', tell)
    leave()
    leave()
    store.applyDelta(deltaOf(11, { vms: { set: [{ uid: 'a', ip: '' }] } }))
    expect(tell).not.toHaveBeenCalled()
  })
})

describe('the index', () => {
  const change = (at: number) => deltaOf(11 + at, { vms: { set: [{ uid: 'a', message: `${at}` }] } })

  it('is offered at once when quiet, and every 250 ms under load', () => {
    const { store } = watched()
    const tell = vi.fn<() => void>()
    store.subscribeIndex(tell)
    vi.advanceTimersByTime(1_000)
    store.applyDelta(change(0))
    expect(tell).toHaveBeenCalledTimes(1)
    for (let at = 1; at <= 100; at += 1) {
      vi.advanceTimersByTime(10)
      store.applyDelta(change(at))
    }
    expect(tell.mock.calls.length).toBeGreaterThanOrEqual(4)
    expect(tell.mock.calls.length).toBeLessThanOrEqual(5)
    vi.advanceTimersByTime(250)
    expect(store.index().vms.get('a')?.message).toBe('100')
    const told = tell.mock.calls.length
    vi.advanceTimersByTime(5_000)
    expect(tell).toHaveBeenCalledTimes(told)
  })

  it('is a new object with every revision, and only then', () => {
    const { store } = watched()
    const first = store.index()
    expect(store.index()).toBe(first)
    vi.advanceTimersByTime(1_000)
    store.applyDelta(change(0))
    expect(store.index().revision).toBe(first.revision + 1)
  })

  it('still comes when the browser clock is set back', () => {
    const { store } = watched()
    vi.setSystemTime(START - 3_600_000)
    store.applyDelta(change(0))
    vi.advanceTimersByTime(250)
    expect(store.index().revision).toBe(2)
  })
})

describe("the server's clock", () => {
  it('is taken from beats, and never set back by what was kept for a while', () => {
    const store = createLiveStore()
    store.applySnapshot(snapshotOf([a], { at: START - 3_600_000 }))
    expect(store.clockSkew()).toBe(-3_600_000)
    store.applyBeat({ seq: 10, at: START + 5_000, freshness: freshnessWith() })
    expect(store.clockSkew()).toBe(5_000)
    store.applyDelta(deltaOf(11, {}, START - 60_000))
    expect(store.clockSkew()).toBe(5_000)
    store.applyDelta(deltaOf(12, {}, START + 6_000))
    expect(store.clockSkew()).toBe(6_000)
    store.applyBeat({ seq: 12, at: START - 2_000, freshness: freshnessWith() })
    expect(store.clockSkew()).toBe(-2_000)
    expect(store.asSnapshot()?.at).toBe(START - 2_000)
  })
})

describe('applyMessage', () => {
  it('passes over events that this page does not know', () => {
    const { store } = watched()
    for (const event of ['message', 'news', '', 'constructor', '__proto__', 'toString']) {
      applyMessage(store, { event, data: 'not json' })
    }
    expect(store.position()).toBe('e1-10')
  })

  it.each(['snapshot', 'delta', 'beat'])('throws at a %s that is no JSON', (event) => {
    const { store } = watched()
    expect(() => applyMessage(store, { event, data: '{"seq":' })).toThrow(SyntaxError)
  })

  it('tells freshness with a beat', () => {
    const { store } = watched()
    const tell = vi.fn<() => void>()
    store.subscribeFreshness(tell)
    const freshness = freshnessWith({ pods: { state: 'stale' } })
    applyMessage(store, { event: 'beat', data: JSON.stringify({ seq: 10, at: START, freshness }) })
    expect(tell).toHaveBeenCalledTimes(1)
    expect(store.freshness()).toEqual(freshness)
  })
})
