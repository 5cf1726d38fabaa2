import type { KubeObject } from '../../lib/cocoon/kube-json.ts'
import { apiError } from './api-error.ts'
import type { Connection } from './connection.ts'
import { pathOf, type Resource } from './resources.ts'

/** One change as the server tells it. */
export interface WatchEvent {
  type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK'
  object: KubeObject
}

const TYPES = new Set(['ADDED', 'MODIFIED', 'DELETED', 'BOOKMARK'])

function eventOf(line: string, path: string): WatchEvent {
  const event = JSON.parse(line) as { type: string; object: KubeObject & { code?: number } }
  if (event.type === 'ERROR') throw apiError(event.object.code ?? 500, event.object, `GET ${path}`)
  if (!TYPES.has(event.type)) throw new Error(`GET ${path}: unknown watch event ${event.type}`)
  return event as WatchEvent
}

/** A watch lives five to ten minutes, each a different time, as those of client-go do. */
const SHORTEST = 300
const lifetime = () => String(Math.ceil(SHORTEST * (1 + Math.random())))

/**
 * Follows a resource from a version on, in order, until the server ends the stream or the signal comes. An error
 * that the server sends within the stream (410 when the version is too old) is thrown as an `ApiError`.
 */
export async function* watchFrom(
  connection: Connection,
  resource: Resource,
  version: string,
  signal: AbortSignal,
): AsyncGenerator<WatchEvent[]> {
  const query = new URLSearchParams({
    watch: 'true',
    allowWatchBookmarks: 'true',
    resourceVersion: version,
    timeoutSeconds: lifetime(),
  })
  const path = `${pathOf(resource, '')}?${query}`
  const response = await connection.stream(path, signal)
  response.setEncoding('utf8')
  let rest = ''
  for await (const chunk of response) {
    const lines = `${rest}${String(chunk)}`.split('\n')
    rest = lines.pop() ?? ''
    const events = lines.filter((line) => line !== '').map((line) => eventOf(line, path))
    if (events.length > 0) yield events
  }
}
