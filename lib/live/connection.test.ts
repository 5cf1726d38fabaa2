import { describe, expect, it } from 'vitest'
import type { Freshness } from '../fleet/freshness.ts'
import { connectionOf } from './connection.ts'
import type { Connection, ConnectionState } from './live-state.ts'
import { createLiveStore } from './live-store.ts'
import { freshnessWith, snapshotOf, START, vmNamed } from './snapshot.fixture.ts'
import type { Link } from './stream-loop.ts'

const BEFORE: Connection = {
  state: 'connecting',
  since: 1,
  provenAt: 0,
  message: '',
  refusal: null,
  cluster: null,
  freshness: null,
}
const NOW = START + 1_000

/** How it stands with that link, after that freshness was received. */
function standing(link: Link | null, freshness: Freshness | null, before = BEFORE): Connection {
  const store = createLiveStore(() => START)
  if (freshness !== null) store.applySnapshot(snapshotOf([vmNamed('a')], { freshness }))
  return connectionOf(store, link, before, NOW)
}

const OPEN: Link = { open: true, message: '' }
const UNTRIED: Link = { open: false, message: '' }
const CUT: Link = { open: false, message: 'the stream ended' }
const fresh = freshnessWith()
const stale = freshnessWith({
  nodes: { state: 'stale', provenAt: START - 60_000, message: 'Nothing heard about nodes.' },
})
const starting = freshnessWith({
  pods: { state: 'starting', provenAt: 0, message: 'the API server refuses connections' },
})
const partial = freshnessWith({
  nodes: { state: 'forbidden', provenAt: 0, message: 'nodes is forbidden' },
  cocoonsets: { state: 'missing', provenAt: 0 },
})

describe('connectionOf', () => {
  it.each<[string, Link | null, Freshness | null, ConnectionState, number, string]>([
    ['nothing yet', null, null, 'connecting', 0, ''],
    ['a first try', UNTRIED, null, 'connecting', 0, ''],
    ['open, nothing received', OPEN, null, 'connecting', 0, ''],
    ['no server from the start', CUT, null, 'lost', 0, 'the stream ended'],
    ['all is well', OPEN, fresh, 'live', START, ''],
    ['a new leader that has not said anything', UNTRIED, fresh, 'live', START, ''],
    ['the server is gone', CUT, fresh, 'lost', START, 'the stream ended'],
    ['the server is gone, and was stale', CUT, stale, 'lost', START - 60_000, 'the stream ended'],
    ['the API is silent', OPEN, stale, 'stale', START - 60_000, 'Nothing heard about nodes.'],
    ['the API has never answered', OPEN, starting, 'connecting', 0, 'the API server refuses connections'],
    ['a part is forbidden or missing', OPEN, partial, 'live', START, ''],
  ])('%s', (_, link, freshness, state, provenAt, message) => {
    expect(standing(link, freshness)).toMatchObject({ state, provenAt, message, freshness })
  })

  it('says stale rather than connecting when both hold', () => {
    const both = { ...starting, nodes: stale.nodes }
    expect(standing(OPEN, both)).toMatchObject({ state: 'stale', message: 'Nothing heard about nodes.' })
  })

  it('keeps since for as long as the state stays', () => {
    const live = standing(OPEN, fresh)
    expect(live.since).toBe(NOW)
    expect(standing(OPEN, fresh, { ...live, since: 5 }).since).toBe(5)
    expect(standing(CUT, fresh, { ...live, since: 5 }).since).toBe(NOW)
  })

  it('tells the proof in the time of the browser', () => {
    const store = createLiveStore(() => START - 10_000)
    store.applySnapshot(snapshotOf([], { freshness: fresh }))
    expect(connectionOf(store, OPEN, BEFORE, NOW).provenAt).toBe(START - 10_000)
  })
})
