import type { IncomingMessage } from 'node:http'
import { request as requestPlain } from 'node:http'
import { Agent, request as requestSecure } from 'node:https'
import { parse } from 'yaml'
import type { Answer, Method } from './exchange.ts'
import type { ServerUnderTest } from './server-under-test.ts'

const TIMEOUT_MS = 20_000

export interface Outgoing {
  method: Method
  /** Sent as it is: nothing is resolved or encoded. */
  path: string
  headers: Record<string, string>
  body?: string | Buffer | undefined
}

export type Send = (outgoing: Outgoing) => Promise<IncomingMessage>

/** Sends requests over kept connections. Resolves with the head of the answer; rejects when there is none. */
export function sender(server: ServerUnderTest): { send: Send; close: () => void } {
  const { hostname, port, protocol } = new URL(server.url)
  const agent = new Agent({ keepAlive: true, ca: server.certificate, maxSockets: 32 })
  const secure = protocol === 'https:'
  const send: Send = ({ body, ...outgoing }) =>
    new Promise((resolve, reject) => {
      const options = { host: hostname, port, ...outgoing }
      const request = secure ? requestSecure({ ...options, agent }, resolve) : requestPlain(options, resolve)
      request.setTimeout(TIMEOUT_MS, () => request.destroy(new Error(`no answer to ${outgoing.path}`)))
      request.on('error', reject)
      // A body is sent with its length, as every client of Kubernetes does.
      if (body !== undefined) request.setHeader('content-length', Buffer.byteLength(body))
      request.end(body)
    })
  return { send, close: () => agent.destroy() }
}

/** The headers that promise something to a client; the others are the server's own affair. */
const COMPARED = new Set([
  'allow',
  'cache-control',
  'content-encoding',
  'content-type',
  'location',
  'retry-after',
  'vary',
  'warning',
  'www-authenticate',
  'x-content-type-options',
])

export function comparedHeaders(message: IncomingMessage): Record<string, string> {
  const found = Object.entries(message.headersDistinct).filter(([name]) => COMPARED.has(name))
  return Object.fromEntries(found.map(([name, values = []]) => [name, values.join(', ')]))
}

export function bodyOf(bytes: Buffer, contentType: string): unknown {
  const text = bytes.toString('utf8')
  if (contentType === 'application/yaml') return { yaml: parse(text) as unknown }
  if (!contentType.startsWith('application/json')) {
    return /protobuf|gzip/.test(contentType) ? `<${contentType}>` : text
  }
  try {
    const value: unknown = JSON.parse(text)
    return value
  } catch {
    return text
  }
}

/** Reads an answer to its end. */
export async function read(message: IncomingMessage): Promise<Answer> {
  const chunks: Buffer[] = []
  for await (const chunk of message) chunks.push(chunk as Buffer)
  const headers = comparedHeaders(message)
  const type = headers['content-encoding']
    ? `application/${headers['content-encoding']}`
    : headers['content-type']
  return { status: message.statusCode ?? 0, headers, body: bodyOf(Buffer.concat(chunks), type ?? '') }
}
