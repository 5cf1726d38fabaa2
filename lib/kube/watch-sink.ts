import type { ResourceFreshness } from '../fleet/freshness.ts'

/** What every projected object keeps, whatever else it keeps. */
export interface Identity {
  uid: string
  /** Absent for cluster-scoped objects. */
  namespace?: string
  name: string
}

/**
 * Where a reflector tells what the cluster said, already projected to `Row`. Calls come in the order of the
 * cluster's history; a recreated namesake arrives as `remove` of the old uid and `put` of the new one.
 */
export interface WatchSink<Row extends Identity> {
  /** The complete list: whatever is not in it is gone. */
  replace(rows: readonly Row[]): void
  put(row: Row): void
  remove(uid: string): void
  /** Called whenever the state changes, and when proof of life is renewed. */
  freshness(now: ResourceFreshness): void
}
