import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http'
import type { Duplex } from 'node:stream'
import { createWebSocketStream, WebSocketServer } from 'ws'
import { splice } from './upgrade-splice.ts'
import type { Upgrade } from './upgrade-response.ts'

const PREFIX = 'SPDY/3.1+'

/** The SPDY protocols that a client offers to speak through a WebSocket; none when it wants no tunnel. */
export const tunnelledProtocols = (request: IncomingMessage): string[] =>
  (request.headers['sec-websocket-protocol'] ?? '')
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one.startsWith(PREFIX) && one.endsWith('.k8s.io'))
    .map((one) => one.slice(PREFIX.length))

/** The headers of the SPDY request behind a tunnel. */
export function tunnelHeaders(headers: OutgoingHttpHeaders, protocols: string[]): OutgoingHttpHeaders {
  const own = new Set(['sec-websocket-protocol', 'sec-websocket-key', 'sec-websocket-version'])
  const kept = Object.entries(headers).filter(([name]) => !own.has(name))
  return {
    ...Object.fromEntries(kept),
    upgrade: 'SPDY/3.1',
    'x-stream-protocol-version': protocols,
  }
}

const server = new WebSocketServer({ noServer: true, perMessageDeflate: false })

/** Accepts the WebSocket, and carries the backend's SPDY through it as binary messages. */
export function tunnel(
  { request, socket, head }: Upgrade,
  protocol: string,
  backend: { socket: Duplex; head: Buffer },
): void {
  // The slash in these names is none that WebSockets allow, so the library must neither read nor write them.
  delete request.headers['sec-websocket-protocol']
  const answer = (headers: string[], answered: IncomingMessage) => {
    if (answered === request) headers.push(`Sec-WebSocket-Protocol: ${PREFIX}${protocol}`)
  }
  server.on('headers', answer)
  server.handleUpgrade(request, socket, head, (client) => {
    client.on('error', () => client.terminate())
    splice({ socket: createWebSocketStream(client), head: Buffer.alloc(0) }, backend)
  })
  server.off('headers', answer)
}
