import type { Duplex } from 'node:stream'

/** Writes, and resolves when the socket wants more; rejects when it is closed. */
export function writeTo(socket: Duplex, bytes: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.write(bytes, (error) => (error ? reject(error) : resolve()))
  })
}

const LINGER_MS = 10_000

/**
 * Ends a connection so that the other side still reads what it was sent: closing while its bytes lie unread here would
 * reset the connection and lose them. It gets some seconds to close its own side.
 */
export function endGently(socket: Duplex): void {
  if (socket.destroyed) return
  socket.on('error', () => socket.destroy())
  socket.on('data', () => {})
  socket.resume()
  socket.end()
  const timer = setTimeout(() => socket.destroy(), LINGER_MS)
  timer.unref()
  socket.once('end', () => socket.destroy())
  socket.once('close', () => clearTimeout(timer))
}
