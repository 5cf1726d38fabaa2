import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Problem } from '../fleet/writes/answer.ts'
import type { FleetStream } from './fleet-stream.ts'
import type { OpenStreams } from './open-streams.ts'
import { problemResponse } from './problem.ts'
import { streamResponse } from './stream-response.ts'
import type { SentBytes } from './stream-response.ts'

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

/** A client that takes nothing of what waits for it for so long (ms) is not there, or does not read. */
const STUCK_FOR = 60_000

/**
 * Resolves when the client has room again, or is gone; leaves no listener behind. One that takes nothing at all is cut:
 * a socket's time begins anew whenever the other end takes a byte.
 */
function roomOrGone(response: ServerResponse, stuckMs: number): Promise<void> {
  const { socket } = response
  return new Promise((resolve) => {
    const cut = () => void response.destroy()
    const done = () => {
      response.off('drain', done).off('close', done)
      socket?.off('timeout', cut).setTimeout(0)
      resolve()
    }
    socket?.setTimeout(stuckMs).on('timeout', cut)
    response.on('drain', done).on('close', done)
  })
}

export interface ServeStreamOptions {
  sent?: SentBytes | undefined
  /** Those that are open, of which everybody may have so many; `who` asks for one more. */
  streams?: OpenStreams
  who?: string
  /** How long (ms) a client may take nothing of what waits for it. */
  stuckMs?: number
}

const tooManyStreams: Problem = {
  status: 429,
  code: 'rate-limited',
  title: 'Too many streams are open',
  detail:
    'No more streams of the fleet may be open at a time: close one. STREAMS_PER_USER says how many may.',
  retryAfter: 10,
}

async function sendProblem(response: ServerResponse, problem: Problem): Promise<void> {
  const answer = problemResponse(problem)
  response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(await answer.text())
}

/**
 * Answers the stream's route in front of Next, which strips `content-encoding` from what its route handlers
 * answer: behind it, bytes that were compressed once for everybody cannot be served at all. Back-pressure is
 * kept: a client that does not read is not written to, and one that never reads again is let go.
 */
export async function serveStream(
  stream: FleetStream,
  request: IncomingMessage,
  response: ServerResponse,
  { sent, streams, who = '', stuckMs = STUCK_FOR }: ServeStreamOptions = {},
): Promise<void> {
  if (request.method !== 'GET') {
    response.writeHead(405, { allow: 'GET', 'cache-control': 'no-store' }).end()
    return
  }
  const leave = streams === undefined ? () => {} : streams.enter(who)
  if (leave === null) {
    await sendProblem(response, tooManyStreams)
    return
  }
  const gone = new AbortController()
  response.on('close', () => {
    leave()
    gone.abort()
  })
  const web = new Request(`http://localhost${STREAM_PATH}`, {
    headers: headersOf(request),
    signal: gone.signal,
  })
  const answer = streamResponse(stream, web, sent)
  response.writeHead(answer.status, Object.fromEntries(answer.headers))
  response.flushHeaders()
  for await (const bytes of answer.body ?? []) {
    if (gone.signal.aborted) return
    if (!response.write(bytes)) await roomOrGone(response, stuckMs)
  }
  response.end()
}
