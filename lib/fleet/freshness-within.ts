import { WATCHED_RESOURCES } from './freshness.ts'
import type { Freshness, ResourceFreshness, WatchedResource, WatchState } from './freshness.ts'
import { ALL_SIGHT, seesAny } from './sight.ts'
import type { Sight } from './sight.ts'

/** What a state means, without the words in which the cluster refused the dashboard's own account. */
const WORDS: Record<WatchState, (resource: WatchedResource) => string> = {
  starting: () => '',
  live: () => '',
  stale: (resource) => `The API server has not answered for ${resource} lately, so what is shown may be old.`,
  forbidden: (resource) =>
    `The dashboard itself may not list ${resource}. Somebody who administers the cluster can grant it.`,
  missing: (resource) => `The cluster does not serve ${resource}.`,
}

const outOfSight = (resource: WatchedResource): ResourceFreshness => ({
  state: 'forbidden',
  provenAt: 0,
  yours: true,
  message: `There are no ${resource} that you may list. Somebody who administers the cluster can grant it.`,
})

/** How the watches stand, as somebody may know it: what they may not list is forbidden, however its watch stands. */
export function freshnessWithin(sight: Sight, freshness: Freshness): Freshness {
  if (sight.key === ALL_SIGHT.key) return freshness
  const of = (resource: WatchedResource): ResourceFreshness => {
    const seen = resource === 'nodes' ? sight.nodes : seesAny(sight[resource])
    if (!seen) return outOfSight(resource)
    const { state, provenAt, message } = freshness[resource]
    return { state, provenAt, message: message === '' ? '' : WORDS[state](resource) }
  }
  return Object.fromEntries(WATCHED_RESOURCES.map((resource) => [resource, of(resource)])) as Freshness
}
