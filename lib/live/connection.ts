import { WATCHED_RESOURCES } from '../fleet/freshness.ts'
import type { Freshness, ResourceFreshness, WatchState } from '../fleet/freshness.ts'
import type { Connection, ConnectionState } from './live-state.ts'
import type { LiveStore } from './live-store.ts'
import type { Link } from './stream-loop.ts'

/** Forbidden and missing resources are a notice of their own: they do not make the rest stale. */
const counts = (resource: ResourceFreshness) => resource.state !== 'forbidden' && resource.state !== 'missing'

const watched = (freshness: Freshness) => WATCHED_RESOURCES.map((name) => freshness[name]).filter(counts)

const someIn = (freshness: Freshness, state: WatchState) =>
  watched(freshness).find((resource) => resource.state === state)

/** What the resource that holds the state back says of itself. */
const trouble = (freshness: Freshness | null) =>
  freshness === null ? undefined : (someIn(freshness, 'stale') ?? someIn(freshness, 'starting'))

function stateOf(link: Link | null, freshness: Freshness | null): ConnectionState {
  if (link !== null && !link.open && link.message !== '') return 'lost'
  if (freshness === null) return 'connecting'
  if (someIn(freshness, 'stale')) return 'stale'
  // A first list that is not complete is not the fleet yet, however quickly our own server answers.
  return someIn(freshness, 'starting') ? 'connecting' : 'live'
}

/** The oldest proof among the watched resources, in server time; 0 when there is none. */
function oldestProof(freshness: Freshness | null): number {
  if (freshness === null) return 0
  const proofs = watched(freshness).map((resource) => resource.provenAt)
  return proofs.length === 0 ? 0 : Math.min(...proofs)
}

/** What to say about the connection now. `before` keeps `since` for as long as the state stays the same. */
export function connectionOf(
  store: LiveStore,
  link: Link | null,
  before: Connection,
  now: number,
): Connection {
  const freshness = store.freshness()
  const state = stateOf(link, freshness)
  const proof = oldestProof(freshness)
  return {
    state,
    since: state === before.state ? before.since : now,
    provenAt: proof === 0 ? 0 : proof - store.clockSkew(),
    message: state === 'lost' ? (link?.message ?? '') : (trouble(freshness)?.message ?? ''),
    refusal: link?.refusal ?? null,
    cluster: store.cluster(),
    freshness,
  }
}
