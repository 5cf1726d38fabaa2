import type { ServerResponse } from 'node:http'
import type { Cluster } from './cluster.ts'
import { listOptionsOf } from './list-options.ts'
import type { ListOptions } from './list-options.ts'
import type { Presentation } from './represent.ts'
import type { ObjectRoute } from './route.ts'
import { selectionOf } from './selection.ts'
import { isStatusError } from './status.ts'
import { createCursor } from './watch-cursor.ts'
import type { WatchCursor } from './watch-cursor.ts'
import { errorFrame } from './watch-frames.ts'
import { watchStart } from './watch-start.ts'

/** A watch that names no timeout lives between one and two times this long. */
const MIN_TIMEOUT_MS = 30 * 60_000
const BOOKMARK_MS = 60_000
/** The last bookmark comes this long before a watch times out, so that its client resumes where it was. */
const LAST_BOOKMARK_MS = 2000
/** Events are written together up to about this many bytes. */
const BATCH_BYTES = 64 * 1024

/** What goes out in one write; `lost` when the watcher has fallen behind the history. */
function gather(cursor: WatchCursor, now: number): Buffer[] | 'lost' {
  const batch: Buffer[] = []
  for (let size = 0; size < BATCH_BYTES;) {
    const bytes = cursor.next(now)
    if (bytes === undefined) break
    if (bytes === 'lost') return bytes
    batch.push(bytes)
    size += bytes.length
  }
  return batch
}

/** A single event goes out as the bytes that all watchers share. */
const joined = (batch: readonly Buffer[]) =>
  (batch.length === 1 ? batch[0] : undefined) ?? Buffer.concat(batch)

/**
 * Writes what a cursor has to tell, at the client's pace, until the client leaves or `end` is called. The
 * history is the only buffer: a client that falls behind it is cut off.
 */
function stream(cluster: Cluster, cursor: WatchCursor, response: ServerResponse) {
  let blocked = false
  let over = false
  const timers = new Set<() => void>()

  const finish = () => {
    if (over) return
    over = true
    leave()
    for (const cancel of timers) cancel()
  }
  const cutOff = () => {
    finish()
    response.destroy()
  }
  const end = () => {
    finish()
    response.end()
  }
  const pump = () => {
    if (over) return
    if (blocked && cursor.isLost()) cutOff()
    while (!blocked) {
      const batch = gather(cursor, cluster.clock.now())
      if (batch === 'lost') return cutOff()
      if (batch.length === 0) return
      blocked = !response.write(joined(batch))
    }
  }
  const leave = cluster.watches.add({ pump, end })
  response.on('drain', () => {
    blocked = false
    pump()
  })
  response.on('close', finish)
  return {
    pump,
    end,
    bookmark() {
      pump()
      if (!blocked && !over && cursor.hasAll())
        blocked = !response.write(cursor.bookmark(cluster.clock.now()))
    },
    /** Runs a task of this watch later, unless the watch ends first. */
    later(ms: number, task: () => void) {
      const cancel = cluster.clock.after(ms, () => {
        timers.delete(cancel)
        task()
      })
      timers.add(cancel)
    },
  }
}

function timeoutOf(cluster: Cluster, options: ListOptions): number {
  const asked = (options.timeoutSeconds ?? 0) * 1000
  return asked > 0 ? asked : Math.floor(MIN_TIMEOUT_MS * (1 + cluster.random.next()))
}

/** Answers a watch: opens its stream, and keeps it until it times out. */
export function watchObjects(
  cluster: Cluster,
  route: ObjectRoute,
  how: Presentation,
  response: ServerResponse,
): void {
  const options = listOptionsOf(route.query, true)
  const selection = selectionOf(route.resource, route.query)
  response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-cache, private' })
  response.flushHeaders()
  let cursor: WatchCursor
  try {
    const start = watchStart(cluster, route, selection, options)
    cursor = createCursor(cluster.store, route, selection, start, how)
  } catch (error) {
    // Once a watch is accepted, its errors are events (the original answers 200 here, too).
    if (!isStatusError(error)) throw error
    response.end(errorFrame(error.status))
    return
  }
  const { pump, end, bookmark, later } = stream(cluster, cursor, response)
  const timeout = timeoutOf(cluster, options)
  const bookmarkEveryMinute = () => {
    bookmark()
    later(BOOKMARK_MS, bookmarkEveryMinute)
  }
  later(timeout, end)
  if (options.bookmarks) {
    later(BOOKMARK_MS, bookmarkEveryMinute)
    if (timeout > LAST_BOOKMARK_MS) later(timeout - LAST_BOOKMARK_MS, bookmark)
  }
  pump()
}
