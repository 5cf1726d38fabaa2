import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Problem } from '../fleet/writes/answer.ts'
import type { StreamReader } from './fleet-stream.ts'
import type { OpenStreams } from './open-streams.ts'
import { problemResponse, Refused } from './problem.ts'
import { streamResponse } from './stream-response.ts'
import type { SentBytes } from './stream-response.ts'

/** Where the stream is served. */
export const STREAM_PATH = '/api/fleet/stream'

/** Where streams come from: who asks is known, and what they may see, before there is one. */
export interface StreamSource {
  /**
   * Who asks, or from where and how many are there, by which streams are counted; and a place in the stream of what
   * they see.
   * @throws Refused where nobody is signed in; `open` where it is not known what they may see
   */
  admit(request: Request): Promise<Admitted>
}

interface Admitted {
  who: string
  users: number
  open(lastEventId: string | null): Promise<StreamReader>
}

function headersOf(request: IncomingMessage): Headers {
  const headers = Object.entries(request.headers).flatMap(([name, value]) =>
    typeof value === 'string' && !name.startsWith(':') ? [[name, value] as [string, string]] : [],
  )
  return new Headers(headers)
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
  /** Those that are open, of which everybody may have so many. */
  streams?: OpenStreams
  /** How long (ms) a client may take nothing of what waits for it. */
  stuckMs?: number
}

const tooManyStreams = new Refused({
  status: 429,
  code: 'rate-limited',
  title: 'Too many streams are open',
  detail:
    'No more streams of the fleet may be open at a time: close one. STREAMS_PER_USER says how many may.',
  retryAfter: 10,
})

/** A place in the stream for who asks, counted until it is closed. @throws Refused when there is none for them */
async function admitted(
  source: StreamSource,
  request: Request,
  streams: OpenStreams | undefined,
): Promise<StreamReader> {
  const { who, users, open } = await source.admit(request)
  const leave = streams === undefined ? () => {} : streams.enter(who, users)
  if (leave === null) throw tooManyStreams
  try {
    const reader = await open(request.headers.get('last-event-id'))
    return {
      next: reader.next,
      close() {
        leave()
        reader.close()
      },
    }
  } catch (error) {
    leave()
    throw error
  }
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
  source: StreamSource,
  request: IncomingMessage,
  response: ServerResponse,
  { sent, streams, stuckMs = STUCK_FOR }: ServeStreamOptions = {},
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
  const reader = await admitted(source, web, streams).catch((error: unknown) => {
    if (error instanceof Refused) return error
    throw error
  })
  if (reader instanceof Refused) {
    await sendProblem(response, reader.problem)
    return
  }
  const answer = streamResponse({ open: () => reader }, web, sent)
  response.writeHead(answer.status, Object.fromEntries(answer.headers))
  response.flushHeaders()
  for await (const bytes of answer.body ?? []) {
    if (gone.signal.aborted) return
    if (!response.write(bytes)) await roomOrGone(response, stuckMs)
  }
  response.end()
}
