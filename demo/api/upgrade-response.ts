import { ServerResponse, type IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'

/** A request that asked for another protocol: its connection belongs to whoever answers it. */
export interface Upgrade {
  request: IncomingMessage
  socket: Duplex
  /** What the client sent after its request. */
  head: Buffer
}

export interface UpgradeResponse {
  /** Answers in HTTP after all, and ends the connection then. */
  response: ServerResponse
  upgrade: Upgrade
  /** Leaves the socket to another protocol; the response is of no use from here on. */
  takeOver(): Duplex
}

/**
 * A response for a request that Node hands over as an upgrade: HTTP servers give these a socket only, also when the path
 * knows no other protocol and is answered as if the client had not asked.
 */
export function upgradeResponse(request: IncomingMessage, socket: Duplex, head: Buffer): UpgradeResponse {
  const response = new ServerResponse(request)
  response.shouldKeepAlive = false
  // Typed for sockets; TLS and plain ones alike do, and nothing else comes from an HTTP server.
  const own = socket as Parameters<typeof response.assignSocket>[0]
  response.assignSocket(own)
  response.once('finish', () => {
    response.detachSocket(own)
    socket.end()
  })
  socket.on('error', () => socket.destroy())
  return {
    response,
    upgrade: { request, socket, head },
    takeOver() {
      response.removeAllListeners('finish')
      response.detachSocket(own)
      return socket
    },
  }
}

/** Whether a request asks for another protocol, as the original decides it. */
export const asksForUpgrade = (request: IncomingMessage) =>
  (request.headers.connection ?? '').toLowerCase().includes('upgrade')

export const asksForWebSocket = (request: IncomingMessage) =>
  asksForUpgrade(request) && (request.headers.upgrade ?? '').toLowerCase() === 'websocket'
