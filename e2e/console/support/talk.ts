import { once } from 'node:events'
import { createServer } from 'node:net'
import type { AddressInfo, Server, Socket } from 'node:net'
import type { WebSocket } from 'ws'

export const BANNER = 'RFB 003.008\n'

/** A TCP server on loopback that notes what it is told. */
export interface Listener {
  port: number
  server: Server
  /** Connections since the start. */
  readonly dials: number
  readonly sockets: ReadonlySet<Socket>
  /** Everything that it ever received. */
  readonly heard: Buffer
  close(): Promise<void>
}

export async function listenOn(
  serve: (socket: Socket) => void,
  host = '127.0.0.1',
  port = 0,
): Promise<Listener> {
  const sockets = new Set<Socket>()
  const heard: Buffer[] = []
  let dials = 0
  const server = createServer({ noDelay: true }, (socket) => {
    dials += 1
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => socket.destroy())
    socket.on('data', (chunk) => heard.push(chunk))
    serve(socket)
  })
  server.listen(port, host)
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    server,
    get dials() {
      return dials
    },
    sockets,
    get heard() {
      return Buffer.concat(heard)
    },
    async close() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => void server.close(resolve))
    },
  }
}

/** A server that greets as VNC servers do, and then gives back what it is sent. */
export const echoScreen = (host?: string) =>
  listenOn((socket) => {
    socket.write(BANNER)
    socket.on('data', (chunk) => socket.write(chunk))
  }, host)

/** How a WebSocket ended: its close code and reason, or the status by which it was refused. */
export interface Ended {
  code: number
  reason: string
  /** 101 once it was open. */
  status: number
}

/** Everything that a WebSocket receives, and its end. */
export function listenTo(socket: WebSocket) {
  const chunks: Buffer[] = []
  let bytes = 0
  const waiting = new Set<() => void>()
  let status = 0
  socket.binaryType = 'nodebuffer'
  socket.on('open', () => (status = 101))
  socket.on('message', (data: Buffer) => {
    chunks.push(data)
    bytes += data.length
    for (const look of waiting) look()
  })
  const ended = new Promise<Ended>((resolve) => {
    socket.on('error', () => {})
    socket.on('unexpected-response', (request, response) => {
      status = response.statusCode ?? 0
      response.resume()
      request.destroy()
      resolve({ code: 1006, reason: '', status })
    })
    socket.on('close', (code, reason) => resolve({ code, reason: reason.toString(), status }))
  })
  return {
    ended,
    get bytes() {
      return bytes
    },
    text: () => Buffer.concat(chunks).toString('latin1'),
    /** Waits until so many bytes have come. @throws Error when it ends before */
    async until(wanted: number): Promise<string> {
      const enough = new Promise<void>((resolve) => {
        const look = () => bytes >= wanted && resolve()
        waiting.add(look)
        look()
      })
      const end = await Promise.race([enough, ended])
      if (end !== undefined && bytes < wanted)
        throw new Error(`ended at ${bytes} bytes: ${JSON.stringify(end)}`)
      return this.text()
    },
  }
}
