import type { Cluster } from './cluster.ts'
import type { ListOptions } from './list-options.ts'
import type { ObjectRoute } from './route.ts'
import type { Selection } from './selection.ts'
import { tooLargeRevision, tooOld } from './status.ts'
import type { Stored } from './stored.ts'

/** Where a watch begins. */
export interface WatchStart {
  /** Everything above this revision is sent as an event. */
  after: number
  initial: Stored[]
  /** Whether the initial events end with the annotated bookmark. */
  endBookmark: boolean
}

/** Throws 410 for a revision that is compacted and 504 for one that is not reached yet. */
export function watchStart(
  cluster: Cluster,
  route: ObjectRoute,
  selection: Selection,
  options: ListOptions,
): WatchStart {
  const { store } = cluster
  const current = store.revision()
  const asked = options.revision
  if (options.sendInitialEvents && asked !== undefined && asked > current)
    throw tooLargeRevision(asked, current)
  const whole = options.sendInitialEvents ?? (asked === undefined || asked === 0)
  if (whole) {
    const { matches } = selection
    const all = store.list(route.resource, route.namespace)
    const initial = matches ? all.filter((stored) => matches(stored.object)) : all
    return { after: current, initial, endBookmark: options.sendInitialEvents === true && options.bookmarks }
  }
  if (asked === undefined || asked === 0) return { after: current, initial: [], endBookmark: false }
  const compacted = store.log.compacted()
  if (asked < compacted) throw tooOld(asked, compacted)
  return { after: asked, initial: [], endBookmark: false }
}
