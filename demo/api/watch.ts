import type { ServerResponse } from 'node:http'
import type { Cluster } from './cluster.ts'
import { listOptionsOf } from './list-options.ts'
import type { Presentation } from './represent.ts'
import { bookmarkText } from './represent.ts'
import type { ObjectRoute } from './route.ts'
import { selectionOf } from './selection.ts'
import { isStatusError } from './status.ts'
import { bookmarkFrame, changeFrame, errorFrame, initialFrame } from './watch-frames.ts'
import type { WatchStart } from './watch-start.ts'
import { watchStart } from './watch-start.ts'

/** A watch that names no timeout lives between one and two times this long. */
const MIN_TIMEOUT_MS = 30 * 60_000
const BOOKMARK_MS = 60_000
/** The last bookmark comes this long before a watch times out, so that its client resumes where it was. */
const LAST_BOOKMARK_MS = 2000

/** Events are written together up to about this many bytes. */
const BATCH_BYTES = 64 * 1024

function gather(next: (now: number) => Buffer | undefined, now: number): Buffer[] {
  const batch: Buffer[] = []
  let size = 0
  for (let bytes = next(now); bytes; bytes = size < BATCH_BYTES ? next(now) : undefined) {
    batch.push(bytes)
    size += bytes.length
  }
  return batch
}

/**
 * Streams the changes of a collection until the client leaves or its time is up. The history is the only
 * buffer: a watcher reads it at its own pace, and one that falls behind the history is cut off.
 */
export function watchObjects(
  cluster: Cluster,
  route: ObjectRoute,
  how: Presentation,
  response: ServerResponse,
): void {
  const { store, clock, random } = cluster
  const options = listOptionsOf(route.query, true)
  const selection = selectionOf(route.resource, route.query)
  const { resource, namespace } = route
  response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-cache, private' })
  response.flushHeaders()

  let start: WatchStart
  try {
    start = watchStart(cluster, route, selection, options)
  } catch (error) {
    // Once a watch is accepted, its errors are events (the original answers 200 here, too).
    if (!isStatusError(error)) throw error
    response.end(errorFrame(error.status))
    return
  }

  let cursor = start.after
  let nextInitial = 0
  let endBookmark = start.endBookmark
  let blocked = false
  let over = false
  const timers = new Set<() => void>()

  const bookmark = (initialEnd: boolean) =>
    bookmarkFrame(bookmarkText(resource, cursor, initialEnd, { ...how, now: clock.now() }))

  /** The next bytes to send; undefined when the watcher has everything. */
  const next = (now: number): Buffer | undefined => {
    const initial = start.initial[nextInitial]
    if (initial) {
      nextInitial += 1
      return initialFrame(initial, { ...how, now })
    }
    if (endBookmark) {
      endBookmark = false
      start.initial = []
      return bookmark(true)
    }
    while (cursor < store.revision()) {
      const change = store.log.at(cursor + 1)
      if (!change) {
        cutOff()
        return undefined
      }
      cursor += 1
      const elsewhere = namespace !== '' && change.stored.object.metadata.namespace !== namespace
      if (change.stored.resource.id !== resource.id || elsewhere) continue
      const bytes = changeFrame(change, selection, { ...how, now })
      if (bytes) return bytes
    }
    return undefined
  }

  const pump = () => {
    if (over) return
    if (blocked) {
      if (cursor < store.log.compacted()) cutOff()
      return
    }
    const now = clock.now()
    while (!blocked) {
      const batch = gather(next, now)
      if (batch.length === 0 || over) return
      const [only] = batch
      blocked = !response.write(batch.length === 1 && only ? only : Buffer.concat(batch))
    }
  }

  const cutOff = () => {
    end()
    response.destroy()
  }
  const end = () => {
    if (over) return
    over = true
    leave()
    for (const cancel of timers) cancel()
  }
  const leave = cluster.watches.add({
    pump,
    end() {
      end()
      response.end()
    },
  })
  const later = (ms: number, task: () => void) => {
    const cancel = clock.after(ms, () => {
      timers.delete(cancel)
      task()
    })
    timers.add(cancel)
  }
  const caughtUp = () => !blocked && !over && cursor === store.revision()
  const sendBookmark = () => {
    pump()
    if (caughtUp()) blocked = !response.write(bookmark(false))
  }
  const bookmarkEveryMinute = () => {
    sendBookmark()
    later(BOOKMARK_MS, bookmarkEveryMinute)
  }

  const askedMs = options.timeoutSeconds === undefined ? 0 : options.timeoutSeconds * 1000
  const timeoutMs = askedMs > 0 ? askedMs : Math.floor(MIN_TIMEOUT_MS * (1 + random.next()))
  response.on('drain', () => {
    blocked = false
    pump()
  })
  response.on('close', end)
  later(timeoutMs, () => {
    end()
    response.end()
  })
  if (options.bookmarks) {
    later(BOOKMARK_MS, bookmarkEveryMinute)
    if (timeoutMs > LAST_BOOKMARK_MS) later(timeoutMs - LAST_BOOKMARK_MS, sendBookmark)
  }
  pump()
}
