import { connect } from 'node:net'
import type { Socket } from 'node:net'

const BANNER_LENGTH = 12
const MASKED = 0x80

/** A WebSocket client that counts what it gets and looks at nothing, so that it is not what is measured. */
export interface RawClient {
  readonly received: number
  /** Sends a binary frame of less than 126 bytes. */
  send(payload: Buffer): void
  /** Waits for so many bytes in all, heads of frames included. */
  until(bytes: number): Promise<void>
  pause(): void
  close(): void
}

const request = (port: number, path: string) =>
  `GET ${path} HTTP/1.1\r\nHost: localhost:${port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
  'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n' +
  'Sec-WebSocket-Protocol: binary\r\n\r\n'

function frame(payload: Buffer): Buffer {
  // A mask of zeros leaves the payload as it is.
  return Buffer.concat([Buffer.from([0x82, MASKED | payload.length, 0, 0, 0, 0]), payload])
}

/** Connects, and resolves once the server's greeting has come. */
export async function rawClient(port: number, path: string): Promise<RawClient> {
  let received = 0
  let head = ''
  let wanted = 0
  let wake = () => {}
  const buffer = Buffer.allocUnsafe(1024 * 1024)
  const socket: Socket = connect({
    port,
    host: '127.0.0.1',
    noDelay: true,
    onread: {
      buffer,
      callback(length) {
        if (head.includes('\r\n\r\n')) received += length
        else {
          head += buffer.toString('latin1', 0, length)
          const end = head.indexOf('\r\n\r\n')
          if (end >= 0) received += head.length - end - 4
        }
        if (received >= wanted) wake()
        return true
      },
    },
  })
  socket.on('error', () => socket.destroy())
  const client: RawClient = {
    get received() {
      return received
    },
    send: (payload) => void socket.write(frame(payload)),
    until(bytes) {
      wanted = bytes
      if (received >= bytes) return Promise.resolve()
      return new Promise((resolve) => {
        wake = resolve
      })
    },
    pause: () => void socket.pause(),
    close: () => socket.destroy(),
  }
  socket.write(request(port, path))
  await client.until(2 + BANNER_LENGTH)
  return client
}
