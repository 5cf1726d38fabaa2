import { connect } from 'node:net'
import type { Socket } from 'node:net'

/**
 * A process of its own, so that whoever looks how the server fares meanwhile is not slowed down by the flood itself.
 * Opens connections from another address of this machine, writes the same to each, and tells when all are written to;
 * `tell` asks what became of them.
 */
const [port = '', count = '', head = ''] = process.argv.slice(2)
const sockets: Socket[] = []
const statuses: Record<string, number> = {}
let closed = 0

function open(): void {
  const socket = connect({ port: Number(port), host: '127.0.0.1', localAddress: '127.0.0.9' })
  sockets.push(socket)
  socket.on('error', () => socket.destroy())
  socket.on('close', () => void (closed += 1))
  socket.once('data', (chunk: Buffer) => {
    const status = /^HTTP\/1\.1 (\d{3})/.exec(chunk.toString('latin1'))?.[1] ?? 'none'
    statuses[status] = (statuses[status] ?? 0) + 1
    socket.resume()
  })
  socket.write(head)
}

for (let index = 0; index < Number(count); index += 1) {
  open()
  // The queue of a listening socket is short.
  if (index % 50 === 49) await new Promise((resolve) => setTimeout(resolve, 5))
}
process.on('message', () => process.send?.({ statuses, closed }))
process.send?.('flooded')
