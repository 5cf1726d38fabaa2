import type { Server } from 'node:http'
import type { Socket } from 'node:net'

/**
 * Keeps a flood of connections that ask nothing, or never finish asking, from filling the server: beyond `most` of them
 * the one that is idle for longest is closed. A client that is slow to ask is among the youngest unless there is a flood.
 */
export function boundIdleConnections(server: Server, most: number): void {
  // In the order in which they became idle: nothing of a request was read whole since.
  const idle = new Set<Socket>()
  const nowIdle = (socket: Socket) => {
    if (socket.destroyed) return
    idle.add(socket)
    if (idle.size <= most) return
    const [oldest] = idle
    if (oldest === undefined) return
    idle.delete(oldest)
    oldest.destroy()
  }
  server.on('connection', (socket) => {
    nowIdle(socket)
    socket.once('close', () => idle.delete(socket))
  })
  server.on('request', ({ socket }, response) => {
    idle.delete(socket)
    response.once('close', () => nowIdle(socket))
  })
  server.on('upgrade', ({ socket }) => void idle.delete(socket))
}
