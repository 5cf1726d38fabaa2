import type { Presentation } from './represent.ts'
import { bookmarkText } from './represent.ts'
import type { ObjectRoute } from './route.ts'
import type { Selection } from './selection.ts'
import type { Store } from './store.ts'
import { bookmarkFrame, changeFrame, initialFrame } from './watch-frames.ts'
import type { WatchStart } from './watch-start.ts'

/** What one watcher has been told, and what it is to be told next. */
export interface WatchCursor {
  /**
   * The next bytes for the watcher: initial objects, then their end, then changes. undefined when there is
   * nothing new; `lost` when the history no longer holds what comes next.
   */
  next(now: number): Buffer | 'lost' | undefined
  /** Whether the history still holds what comes next. */
  isLost(): boolean
  hasAll(): boolean
  bookmark(now: number): Buffer
}

export function createCursor(
  store: Store,
  route: ObjectRoute,
  selection: Selection,
  start: WatchStart,
  how: Presentation,
): WatchCursor {
  const { resource, namespace } = route
  let initial = start.initial
  let toldInitial = 0
  let endPending = start.endBookmark
  let revision = start.after
  let later = false
  /** How the next frame is printed: the first one tells the columns of a table. */
  const shown = (now: number): Presentation => {
    const next = { ...how, now, later }
    later = true
    return next
  }

  const bookmarkAt = (initialEnd: boolean, now: number) =>
    bookmarkFrame(bookmarkText(resource, revision, initialEnd, shown(now)))

  const nextChange = (now: number): Buffer | 'lost' | undefined => {
    while (revision < store.revision()) {
      const change = store.log.at(revision + 1)
      if (!change) return 'lost'
      revision += 1
      const elsewhere = namespace !== '' && change.stored.object.metadata.namespace !== namespace
      if (change.stored.resource.id !== resource.id || elsewhere) continue
      const bytes = changeFrame(change, selection, () => shown(now))
      if (bytes) return bytes
    }
    return undefined
  }

  return {
    next(now) {
      const object = initial[toldInitial]
      if (object) {
        toldInitial += 1
        return initialFrame(object, shown(now))
      }
      initial = []
      if (!endPending) return nextChange(now)
      endPending = false
      return bookmarkAt(true, now)
    },
    isLost: () => revision < store.log.compacted(),
    hasAll: () => toldInitial >= initial.length && !endPending && revision === store.revision(),
    bookmark: (now) => bookmarkAt(false, now),
  }
}
