import { createHash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'

/** The one subprotocol that is spoken; noVNC's. */
export const SUBPROTOCOL = 'binary'
const TICKET = /^ticket\.([A-Za-z0-9_-]{43})$/
const KEY = /^[A-Za-z0-9+/]{21}[AQgw]==$/
const MAGIC = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11'

const times = (request: IncomingMessage, name: string) =>
  request.rawHeaders.filter((text, index) => index % 2 === 0 && text.toLowerCase() === name).length

/** Why a request does not ask for a WebSocket as RFC 6455 has it; null when it does. */
export function handshakeFault(request: IncomingMessage): string | null {
  const { headers } = request
  if (request.method !== 'GET' || request.httpVersion !== '1.1') return 'it is no GET of HTTP/1.1'
  if (headers.upgrade?.toLowerCase() !== 'websocket') return 'it does not upgrade to websocket alone'
  if (headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined) {
    return 'it has a body'
  }
  if (headers['sec-websocket-version'] !== '13') return 'its Sec-WebSocket-Version is not 13'
  if (!KEY.test(headers['sec-websocket-key'] ?? '')) return 'its Sec-WebSocket-Key is none'
  const twice = ['host', 'origin', 'sec-websocket-protocol'].find((name) => times(request, name) !== 1)
  return twice === undefined ? null : `it does not say ${twice} once`
}

/** The ticket among the subprotocols that a request offers beside ours; null without either. */
export function offeredTicket(request: IncomingMessage): string | null {
  const offered = request.headers['sec-websocket-protocol']?.split(',', 8).map((text) => text.trim()) ?? []
  if (!offered.includes(SUBPROTOCOL)) return null
  const tickets = offered.flatMap((text) => TICKET.exec(text)?.[1] ?? [])
  return tickets.length === 1 ? (tickets[0] ?? null) : null
}

/** Answers 101. Nothing of the ticket is said again, and no extension is taken: compression invites bombs. */
export function acceptHandshake(request: IncomingMessage, socket: Duplex): void {
  const key = request.headers['sec-websocket-key'] ?? ''
  const accept = createHash('sha1')
    .update(key + MAGIC)
    .digest('base64')
  socket.write(
    'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
      `Sec-WebSocket-Accept: ${accept}\r\nSec-WebSocket-Protocol: ${SUBPROTOCOL}\r\n\r\n`,
  )
}

const STATUS_WORDS: Record<number, string> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  429: 'Too Many Requests',
  503: 'Service Unavailable',
}

/**
 * Answers a request to upgrade with a refusal, and closes. Browsers show it in their console only.
 * @param retryAfter seconds after which it may be asked again
 */
export function refuseUpgrade(socket: Duplex, status: number, detail: string, retryAfter?: number): void {
  const title = STATUS_WORDS[status] ?? 'Refused'
  const body = JSON.stringify({ type: 'about:blank', status, title, detail })
  const later = retryAfter === undefined ? '' : `Retry-After: ${retryAfter}\r\n`
  socket.end(
    `HTTP/1.1 ${status} ${title}\r\nConnection: close\r\nCache-Control: no-store\r\n${later}` +
      `Content-Type: application/problem+json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  )
}
