import type { Stored } from './stored.ts'

export type ChangeType = 'ADDED' | 'MODIFIED' | 'DELETED'

/** One write, as watchers are told about it. */
export interface Change {
  revision: number
  type: ChangeType
  /** The object after the write; of a deletion, its last state at the deletion's revision. */
  stored: Stored
  previous: Stored | undefined
  /** Serialised watch events, shared by all watchers; emptied when no longer hot. */
  frames: Map<string, Buffer>
}

/** The last `limit` writes by revision. Older ones are compacted away, as in etcd. */
export interface RevisionLog {
  append(change: Change): void
  /** undefined when the revision is compacted or not reached yet. */
  at(revision: number): Change | undefined
  /** Every write above this revision can still be told. */
  compacted(): number
}

/** Events this far behind the newest are read by stragglers only: their bytes are not worth keeping. */
const HOT = 64

export function createRevisionLog(limit: number, start: number): RevisionLog {
  const ring: (Change | undefined)[] = Array.from({ length: limit })
  let newest = start
  const at = (revision: number) => {
    if (revision > newest || revision <= newest - limit) return undefined
    const change = ring[revision % limit]
    return change?.revision === revision ? change : undefined
  }
  return {
    append(change) {
      newest = change.revision
      ring[newest % limit] = change
      at(newest - HOT)?.frames.clear()
    },
    at,
    compacted: () => Math.max(start, newest - limit),
  }
}
