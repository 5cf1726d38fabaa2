import {
  Agent as HttpAgent,
  request as httpRequest,
  type ClientRequest,
  type IncomingMessage,
} from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest, type RequestOptions } from 'node:https'
import type { WebSocket } from 'ws'
import packageJson from '../../package.json' with { type: 'json' }
import { createApiResponse, type ApiResponse } from './api-response.ts'
import type { ClusterConfig, Credentials } from './cluster-config.ts'
import { openSocket } from './open-socket.ts'
import type { SocketRequest } from './open-socket.ts'

/** How long a connection is idle before the kernel asks the peer whether it lives, in milliseconds. */
const TCP_KEEP_ALIVE_MS = 15_000
const SOCKET_CREDENTIALS_MS = 15_000

export interface ApiRequest {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Absolute path without query. */
  path: string
  query?: Readonly<Record<string, string | number | boolean | undefined>>
  accept?: string
  /** Sent as they are, over the credentials' own headers. */
  headers?: Readonly<Record<string, string>>
  body?: string
  signal?: AbortSignal
  /** The answer's head must arrive within this time, credentials included. Default 15 s. */
  headersTimeoutMs?: number
  /** Ask for gzip; not for streams, which must arrive piece by piece. Default true. */
  compressed?: boolean
}

export interface Transport {
  readonly server: string
  /**
   * Sends a request and resolves with the head of the answer, whatever its status. Rejects when there is no
   * answer: cut, timed out, aborted. Redirects are not followed. No error carries a credential.
   */
  open(request: ApiRequest): Promise<ApiResponse>
  /** Opens a WebSocket: see `openSocket`. It is the caller's to close. */
  openSocket(request: SocketRequest): Promise<WebSocket>
  /** Closes every connection; the transport is of no use afterwards. */
  close(): void
}

export interface SharedTransport extends Transport {
  /** The same connections with other credentials, of the same cluster; they end with this transport. */
  as(config: ClusterConfig): Transport
}

/** One pool of kept-alive connections to one API server. */
export function createTransport(config: ClusterConfig): SharedTransport {
  const secure = config.server.startsWith('https:')
  const options = { keepAlive: true, keepAliveMsecs: TCP_KEEP_ALIVE_MS, scheduling: 'lifo' as const }
  const agent = secure ? new HttpsAgent(options) : new HttpAgent(options)
  const start = secure ? httpsRequest : httpRequest
  let closed = false

  const send = (request: ApiRequest, credentials: Credentials, timeoutMs: number) =>
    new Promise<IncomingMessage>((resolve, reject) => {
      const outgoing: ClientRequest = start(`${config.server}${target(request)}`, {
        ...requestOptions(request, credentials),
        agent: credentials.agent ?? agent,
      })
      const timer = setTimeout(() => {
        outgoing.destroy(new Error(`no answer within ${timeoutMs / 1000} s`))
      }, timeoutMs)
      outgoing.on('response', (incoming) => {
        clearTimeout(timer)
        resolve(incoming)
      })
      // The listener stays: an abort after the head arrived is reported here as well as on the body.
      outgoing.on('error', (error) => {
        clearTimeout(timer)
        reject(Object.assign(error, { reused: outgoing.reusedSocket }))
      })
      outgoing.end(request.body)
    })

  const as = ({ server, credentials: credentialsNow, renew }: ClusterConfig): Transport => ({
    server,
    async open(request) {
      if (closed) throw new Error('the connection to the API server is closed')
      request.signal?.throwIfAborted()
      const timeoutMs = request.headersTimeoutMs ?? 15_000
      const credentials = await within(credentialsNow(), timeoutMs, request.signal)
      const incoming = await send(request, credentials, timeoutMs).catch((error: unknown) => {
        dropIdle(agent)
        if (!mayRepeat(request, error)) throw error
        return send(request, credentials, timeoutMs)
      })
      if (incoming.statusCode === 401) renew()
      return createApiResponse(incoming)
    },
    async openSocket(request) {
      if (closed) throw new Error('the connection to the API server is closed')
      const credentials = await within(credentialsNow(), SOCKET_CREDENTIALS_MS, request.signal)
      return openSocket(server, request, credentials)
    },
    close() {},
  })

  return {
    ...as(config),
    as,
    close() {
      closed = true
      agent.destroy()
    },
  }
}

/** A kept-alive connection may be closed by the server just as it is used again: that is no failure. */
function mayRepeat(request: ApiRequest, error: unknown): boolean {
  const { reused, code } = error as { reused?: boolean; code?: string }
  const harmless = request.method === undefined || request.method === 'GET'
  return (
    reused === true && harmless && (code === 'ECONNRESET' || code === 'EPIPE') && !request.signal?.aborted
  )
}

/** When one connection fails, its idle neighbours are likely dead too, and finding out costs a timeout each. */
function dropIdle(agent: HttpAgent): void {
  for (const sockets of Object.values(agent.freeSockets)) {
    for (const socket of sockets ?? []) socket.destroy()
  }
}

function target({ path, query = {} }: ApiRequest): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) if (value !== undefined) search.set(name, String(value))
  return search.size > 0 ? `${path}?${search}` : path
}

function requestOptions(request: ApiRequest, credentials: Credentials): RequestOptions {
  const { headers, agent: _, ...tls } = credentials
  return {
    ...Object.fromEntries(Object.entries(tls).filter(([, value]) => value !== undefined && value !== null)),
    method: request.method ?? 'GET',
    ...(request.signal ? { signal: request.signal } : {}),
    headers: {
      Accept: request.accept ?? 'application/json',
      'Accept-Encoding': request.compressed === false ? 'identity' : 'gzip',
      'User-Agent': `cocoon-dashboard/${packageJson.version}`,
      ...(request.body === undefined ? {} : { 'Content-Length': Buffer.byteLength(request.body) }),
      ...headers,
      ...request.headers,
    },
  }
}

/** Credentials may come from a program that hangs. */
async function within<T>(work: Promise<T>, timeoutMs: number, signal: AbortSignal | undefined): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new Error(`no credentials within ${timeoutMs / 1000} s`)), timeoutMs)
  const abort = () => reject(signal?.reason)
  signal?.addEventListener('abort', abort, { once: true })
  try {
    return await Promise.race([work, promise])
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', abort)
  }
}
