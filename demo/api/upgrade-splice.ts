import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { endGently } from './upgrade-socket.ts'

/** An answer's status line and headers, as they came. */
export function rawHead(response: IncomingMessage): Buffer {
  const { statusCode, statusMessage, rawHeaders } = response
  const lines = [`HTTP/1.1 ${statusCode} ${statusMessage}`]
  for (let at = 0; at < rawHeaders.length; at += 2) lines.push(`${rawHeaders[at]}: ${rawHeaders[at + 1]}`)
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1')
}

/** One end of a spliced connection, and what was already read from it. */
export interface SpliceEnd {
  socket: Duplex
  head: Buffer
}

/**
 * Carries bytes both ways, as they are, no faster than the other side takes them. When either ends, so does the other:
 * the client still gets what the backend had sent.
 */
export function splice(client: SpliceEnd, backend: SpliceEnd): void {
  const [near, far] = [client.socket, backend.socket]
  near.on('error', () => near.destroy())
  far.on('error', () => far.destroy())
  near.on('close', () => far.destroy())
  far.on('close', () => {
    near.unpipe(far)
    endGently(near)
  })
  if (client.head.length > 0) far.write(client.head)
  if (backend.head.length > 0) near.write(backend.head)
  near.pipe(far)
  far.pipe(near)
}
