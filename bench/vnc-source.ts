import { createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'

/** Two VNC servers in name: one that floods as soon as it is told anything, and one that gives back what it is told. */
const BANNER = 'RFB 003.008\n'
/** Large, so that the source takes less of the two cores from what is measured. */
const CHUNK = Buffer.alloc(256 * 1024, 7)

function flood(socket: Socket): void {
  const go = () => {
    while (socket.writable && socket.write(CHUNK));
  }
  socket.write(BANNER)
  socket.once('data', go)
  socket.on('drain', go)
  socket.on('error', () => socket.destroy())
}

function echo(socket: Socket): void {
  socket.write(BANNER)
  socket.on('data', (chunk) => socket.write(chunk))
  socket.on('error', () => socket.destroy())
}

const portOf = (serve: (socket: Socket) => void) =>
  new Promise<number>((resolve) => {
    const server = createServer({ noDelay: true, highWaterMark: 1024 * 1024 }, serve)
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port))
  })

const [floods, echoes] = await Promise.all([portOf(flood), portOf(echo)])
process.stdout.write(`${JSON.stringify({ floods, echoes })}\n`)
