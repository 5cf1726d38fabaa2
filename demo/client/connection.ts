import { Agent, request, type IncomingMessage } from 'node:http'
import { Agent as SecureAgent, request as secureRequest } from 'node:https'
import { apiError } from './api-error.ts'

/** One identity at one API server, with kept-alive sockets. */
export interface Connection {
  /** Sends a request and answers its JSON; throws an `ApiError` for any status of 400 or above. */
  send(method: string, path: string, body?: unknown, contentType?: string): Promise<unknown>
  /** Opens a stream that ends with the signal; throws an `ApiError` as `send` does. */
  stream(path: string, signal: AbortSignal): Promise<IncomingMessage>
  close(): void
}

export interface ConnectionOptions {
  /** `http://…` or `https://…` */
  server: string
  /** PEM of the authorities to trust, for an https server. */
  certificate?: string
  token: string
  /** The name of the component, for the server's logs. */
  userAgent: string
}

async function bodyOf(response: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = []
  for await (const chunk of response) chunks.push(Buffer.from(chunk))
  const text = Buffer.concat(chunks).toString('utf8')
  try {
    return text === '' ? undefined : JSON.parse(text)
  } catch {
    return { reason: 'Unknown', message: `answer is not JSON: ${text.slice(0, 200)}` }
  }
}

/** Opens nothing yet: sockets are made when they are needed. */
export function connect(options: ConnectionOptions): Connection {
  const secure = options.server.startsWith('https:')
  const pool = { keepAlive: true, maxSockets: 16 }
  const trust = options.certificate === undefined ? {} : { ca: options.certificate }
  const agent = secure ? new SecureAgent({ ...pool, ...trust }) : new Agent(pool)
  const send = secure ? secureRequest : request
  const open = (
    method: string,
    path: string,
    payload: string | undefined,
    contentType: string,
    own: { agent?: Agent; signal?: AbortSignal },
  ) =>
    new Promise<IncomingMessage>((resolve, reject) => {
      const headers: Record<string, string> = {
        authorization: `Bearer ${options.token}`,
        accept: 'application/json',
        'user-agent': options.userAgent,
      }
      if (payload !== undefined) {
        headers['content-type'] = contentType
        headers['content-length'] = String(Buffer.byteLength(payload))
      }
      const outgoing = send(new URL(path, options.server), { method, headers, ...trust, ...own }, resolve)
      outgoing.on('error', reject)
      outgoing.end(payload)
    })
  return {
    async send(method, path, body, contentType = 'application/json') {
      const payload = body === undefined ? undefined : JSON.stringify(body)
      const response = await open(method, path, payload, contentType, { agent })
      const answer = await bodyOf(response)
      const status = response.statusCode ?? 500
      if (status >= 400) throw apiError(status, answer, `${method} ${path}`)
      return answer
    },
    async stream(path, signal) {
      const response = await open('GET', path, undefined, '', { signal })
      const status = response.statusCode ?? 500
      if (status >= 400) throw apiError(status, await bodyOf(response), `GET ${path}`)
      return response
    },
    close: () => agent.destroy(),
  }
}
