import type { ServerResponse } from 'node:http'
import { expiredBody, tooLargeBody, type SeenRequest } from './faults.ts'
import { createOpenWatch, type OpenWatch } from './open-watch.ts'
import type { View } from './view.ts'
import type { World } from './world.ts'

/** How the server behaves on watches, always, until told otherwise. */
export interface WatchManners {
  /** Streamed lists: served, refused with 400 as by old servers, or taken for an ordinary watch. */
  streaming: 'serve' | 'refuse' | 'ignore'
  /** How an expired version is told: by the status of the answer, or in the stream. */
  expiry: 'status' | 'event'
  bookmarks: boolean
  /** Sends this many changes that the client has already seen, before the new ones. */
  replay: number
}

export interface WatchContext {
  world: World
  view: View
  /** For reads that must be the newest there is. */
  truth: View
  manners: WatchManners
  /** How much faster than the wall the server's clock runs. */
  speed: number
  opened(watch: OpenWatch): void
}

const BOOKMARK_EVERY_MS = 60_000
const BOOKMARK_BEFORE_END_MS = 2_000

const bookmark = (version: number, initialEnd = false) => {
  const annotations = initialEnd ? { annotations: { 'k8s.io/initial-events-end': 'true' } } : {}
  const metadata = { resourceVersion: String(version), ...annotations }
  return JSON.stringify({ type: 'BOOKMARK', object: { kind: 'Pod', apiVersion: 'v1', metadata } })
}

const line = (type: string, text: string) => `{"type":"${type}","object":${text}}`

/** Serves one watch as a kube-apiserver would, with its manners. */
export function serveWatch(request: SeenRequest, response: ServerResponse, context: WatchContext): void {
  const { world, view, truth, manners, speed } = context
  const { query, resource } = request
  const wanted = query.get('resourceVersion') ?? ''
  const streamed = query.get('sendInitialEvents') === 'true' && manners.streaming !== 'ignore'
  const refuse = (status: number, body: string) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(body)

  if (streamed && manners.streaming === 'refuse') {
    refuse(
      400,
      '{"kind":"Status","code":400,"reason":"BadRequest","message":"sendInitialEvents is forbidden"}',
    )
    return
  }
  const source = streamed && wanted === '' ? truth : view
  if (streamed && Number(wanted || 0) > source.version) {
    refuse(504, tooLargeBody(wanted, source.version))
    return
  }
  const expired = !streamed && wanted !== '' && wanted !== '0' && Number(wanted) < world.compactedTo
  if (expired && manners.expiry === 'status') {
    refuse(410, expiredBody())
    return
  }

  response.writeHead(200, { 'content-type': 'application/json' })
  response.flushHeaders()
  const watch = createOpenWatch(resource, response)
  if (expired) {
    watch.send(line('ERROR', expiredBody()))
    watch.cut('end')
    return
  }
  context.opened(watch)
  const initial = streamed || wanted === '' || wanted === '0'
  if (initial) {
    for (const text of source.list(resource).texts) watch.send(line('ADDED', text))
    if (streamed) watch.send(bookmark(source.version, true))
  } else {
    const seen = world.history(resource).filter(({ version }) => version <= Number(wanted))
    const fresh = world
      .history(resource)
      .filter(({ version }) => version > Number(wanted) && version <= view.version)
    const replayed = manners.replay > 0 ? seen.slice(-manners.replay) : []
    for (const change of [...replayed, ...fresh]) watch.send(line(change.type, change.text))
  }
  const forget = view.onChange((change) => {
    if (change.resource === resource) watch.send(line(change.type, change.text))
  })

  const lifeMs = (Number(query.get('timeoutSeconds') ?? 0) || 1_800) * 1_000
  const wantsBookmarks = manners.bookmarks && query.get('allowWatchBookmarks') === 'true'
  const mark = () => wantsBookmarks && watch.send(bookmark(view.version))
  const timers = [
    setInterval(mark, BOOKMARK_EVERY_MS / speed),
    setTimeout(mark, (lifeMs - BOOKMARK_BEFORE_END_MS) / speed),
    setTimeout(() => watch.cut('end'), lifeMs / speed),
  ]
  response.on('close', () => {
    forget()
    for (const timer of timers) clearTimeout(timer)
  })
}
