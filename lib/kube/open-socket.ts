import type { IncomingMessage } from 'node:http'
import { WebSocket } from 'ws'
import packageJson from '../../package.json' with { type: 'json' }
import type { Credentials } from './cluster-config.ts'

export interface SocketRequest {
  /** Absolute path without query. */
  path: string
  /** May say one thing several times, as commands do. */
  query: URLSearchParams
  /** In the order of preference. */
  protocols: readonly string[]
  signal?: AbortSignal
}

/** A request for a WebSocket that was answered by something else. */
export class NoSocket extends Error {
  override name = 'NoSocket'
  readonly status: number
  /** What the answer said, at most 16 KiB of it. */
  readonly body: string

  constructor(status: number, body: string) {
    super(`the API server answered ${status} instead of a WebSocket`)
    this.status = status
    this.body = body
  }
}

const HANDSHAKE_MS = 15_000
const MOST_BYTES = 16 * 1024
/** One message of a stream; the kubelet sends far smaller ones. */
const LARGEST_MESSAGE = 16 * 1024 * 1024

async function bodyOf(answer: IncomingMessage): Promise<string> {
  let text = ''
  const giveUp = setTimeout(() => answer.destroy(), 2_000)
  try {
    for await (const chunk of answer) {
      text += String(chunk)
      if (text.length > MOST_BYTES) break
    }
  } catch {
    // What has come of it is all that there is to tell.
  } finally {
    clearTimeout(giveUp)
    answer.destroy()
  }
  return text.slice(0, MOST_BYTES)
}

/**
 * Opens a WebSocket to the API server and resolves once it is open: only after a true 101, never after a redirect
 * (promise D9). It is paused until somebody listens.
 * @throws NoSocket when the answer is no 101; Error when there is none. No error carries a credential.
 */
export function openSocket(
  server: string,
  request: SocketRequest,
  credentials: Credentials,
): Promise<WebSocket> {
  const { headers, agent, ...tls } = credentials
  const url = `${server.replace(/^http/, 'ws')}${request.path}?${request.query}`
  const options = Object.fromEntries(
    Object.entries(tls).filter(([, value]) => value !== undefined && value !== null),
  )
  const socket = new WebSocket(url, [...request.protocols], {
    ...options,
    ...(agent === undefined ? {} : { agent }),
    headers: { 'User-Agent': `cocoon-dashboard/${packageJson.version}`, ...headers },
    followRedirects: false,
    perMessageDeflate: false,
    handshakeTimeout: HANDSHAKE_MS,
    maxPayload: LARGEST_MESSAGE,
  })
  return new Promise((resolve, reject) => {
    const abort = () => socket.terminate()
    request.signal?.addEventListener('abort', abort, { once: true })
    socket.once('open', () => {
      request.signal?.removeEventListener('abort', abort)
      socket.pause()
      resolve(socket)
    })
    socket.once('unexpected-response', (_, answer) => {
      void bodyOf(answer).then((body) => {
        reject(new NoSocket(answer.statusCode ?? 0, body))
        socket.terminate()
      })
    })
    // It stays: a socket that breaks later closes as well, which is heard.
    socket.on('error', reject)
    if (request.signal?.aborted) abort()
  })
}
