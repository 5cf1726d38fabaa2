/** The resources that the dashboard watches. */
export const WATCHED_RESOURCES = ['pods', 'cocoonsets', 'cocoonhibernations', 'nodes'] as const

export type WatchedResource = (typeof WATCHED_RESOURCES)[number]

/**
 * How the watch of one resource stands:
 * - `starting`: the first list is not complete.
 * - `live`: the API server answered recently; what is shown is what it said.
 * - `stale`: nothing was heard for longer than the limit; what is shown may be old.
 * - `forbidden`: the identity of the dashboard, or whoever looks, may not list it.
 * - `missing`: the cluster does not serve it (the CRD is not installed).
 */
export const WATCH_STATES = ['starting', 'live', 'stale', 'forbidden', 'missing'] as const

export type WatchState = (typeof WATCH_STATES)[number]

export interface ResourceFreshness {
  state: WatchState
  /** Epoch milliseconds of the last proof that the API server answered for this resource; 0 for never. */
  provenAt: number
  /** What went wrong last and what to do, as a sentence; '' while all is well. */
  message: string
  /** It is forbidden to whoever looks, not to the dashboard. */
  yours?: true
}

export type Freshness = Record<WatchedResource, ResourceFreshness>
