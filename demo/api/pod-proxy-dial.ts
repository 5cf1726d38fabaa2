import type { ClientRequest, IncomingMessage, OutgoingHttpHeaders } from 'node:http'
import { request } from 'node:https'
import type { Duplex } from 'node:stream'
import type { Certificate } from './certificate.ts'
import type { KubeletAddress } from './pod-proxy-location.ts'

export interface KubeletRequest {
  kubelet: KubeletAddress
  /** What shows the kubelet who calls. */
  client: Certificate
  method: string
  path: string
  headers: OutgoingHttpHeaders
  /** Aborted when nobody waits for the answer any longer. */
  signal: AbortSignal
}

/** A kubelet either switches to the protocol that it was asked for, or answers in HTTP. */
export type KubeletAnswer =
  | { switched: true; response: IncomingMessage; socket: Duplex; head: Buffer }
  | { switched: false; response: IncomingMessage }

const DIAL_MS = 30_000

function giveUp(sent: ClientRequest): void {
  const timer = setTimeout(() => {
    sent.destroy(Object.assign(new Error('i/o timeout'), { code: 'ETIMEDOUT' }))
  }, DIAL_MS)
  sent.once('socket', (socket) => socket.once('secureConnect', () => clearTimeout(timer)))
  sent.once('close', () => clearTimeout(timer))
}

/** Sends one request over a connection of its own; rejects with the socket's error when there is no answer. */
export function callKubelet(options: KubeletRequest): Promise<KubeletAnswer> {
  const { kubelet, client, method, path, headers, signal } = options
  return new Promise((resolve, reject) => {
    const sent = request({
      ...kubelet,
      ...client,
      method,
      path,
      headers,
      signal,
      agent: false,
      // As an API server that was given no --kubelet-certificate-authority: kubelets sign for themselves.
      rejectUnauthorized: false,
    })
    giveUp(sent)
    sent.once('error', reject)
    sent.once('response', (response) => resolve({ switched: false, response }))
    sent.once('upgrade', (response, socket, head) => resolve({ switched: true, response, socket, head }))
    sent.end()
  })
}

/** Where an answer sends its reader, which nobody follows; undefined when it does not. */
export function redirectOf(response: IncomingMessage, url: string): string | undefined {
  const code = response.statusCode ?? 0
  const { location } = response.headers
  return code >= 300 && code < 400 && location ? new URL(location, url).href : undefined
}

/** The whole body of an answer as text, up to the length that the original reads of errors. */
export async function bodyOf(response: IncomingMessage): Promise<string> {
  const longest = 50_000
  let text = ''
  response.setEncoding('utf8')
  for await (const part of response) {
    text += String(part)
    if (text.length > longest) break
  }
  return text.slice(0, longest)
}
