import type { IncomingMessage, ServerResponse } from 'node:http'
import type { FleetStream } from './fleet-stream.ts'
import { streamResponse } from './stream-response.ts'

/** Where the stream is served. */
export const STREAM_PATH = '/api/fleet/stream'

function headersOf(request: IncomingMessage): Headers {
  const headers = new Headers()
  for (const name of ['accept-encoding', 'last-event-id']) {
    const value = request.headers[name]
    if (typeof value === 'string') headers.set(name, value)
  }
  return headers
}

/** Resolves when the client has room again, or is gone; leaves no listener behind. */
function roomOrGone(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      response.off('drain', done).off('close', done)
      resolve()
    }
    response.on('drain', done).on('close', done)
  })
}

/**
 * Answers the stream's route in front of Next, which strips `content-encoding` from what its route handlers
 * answer: behind it, bytes that were compressed once for everybody cannot be served at all. Back-pressure is
 * kept: a client that does not read is not written to.
 */
export async function serveStream(
  stream: FleetStream,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.method !== 'GET') {
    response.writeHead(405, { allow: 'GET', 'cache-control': 'no-store' }).end()
    return
  }
  const gone = new AbortController()
  response.on('close', () => gone.abort())
  const web = new Request(`http://localhost${STREAM_PATH}`, {
    headers: headersOf(request),
    signal: gone.signal,
  })
  const answer = streamResponse(stream, web)
  response.writeHead(answer.status, Object.fromEntries(answer.headers))
  response.flushHeaders()
  for await (const bytes of answer.body ?? []) {
    if (gone.signal.aborted) return
    if (!response.write(bytes)) await roomOrGone(response)
  }
  response.end()
}
