import type { IncomingMessage, RequestListener } from 'node:http'
import { createServer } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo, Server, Socket } from 'node:net'
import { createServer as createNetServer } from 'node:net'
import type { Duplex } from 'node:stream'
import type { Certificate } from './certificate.ts'

/** The first byte of every TLS connection. */
const TLS_HANDSHAKE = 0x16
const KEEP_ALIVE_MS = 75_000

export interface Listener {
  port: number
  close(): Promise<void>
}

/** Takes a request that asks for another protocol, with its connection and what came after the request. */
export type UpgradeListener = (request: IncomingMessage, socket: Duplex, head: Buffer) => void

/**
 * Listens on one port for HTTP and HTTPS alike: the dashboard speaks the former, `kubectl` hands its
 * credentials to the latter only. Rejects when the port is taken.
 */
export async function listen(
  options: { host: string; port: number; certificate: Certificate },
  handle: RequestListener,
  upgrade: UpgradeListener,
): Promise<Listener> {
  const timeouts = { keepAlive: true, keepAliveTimeout: KEEP_ALIVE_MS }
  const plain = createServer(timeouts, handle)
  const secure = createTlsServer({ ...options.certificate, ...timeouts }, handle)
  for (const server of [plain, secure]) server.on('upgrade', upgrade)
  const open = new Set<Socket>()
  const door = createNetServer({ noDelay: true }, (socket) => {
    open.add(socket)
    socket.once('close', () => open.delete(socket))
    socket.on('error', () => socket.destroy())
    socket.once('data', (first: Buffer) => {
      socket.pause()
      socket.unshift(first)
      const server: Server = first[0] === TLS_HANDSHAKE ? secure : plain
      server.emit('connection', socket)
      // Resumed at once, a TLS socket would wait for a first byte that is already here.
      process.nextTick(() => socket.resume())
    })
  })
  await new Promise<void>((resolve, reject) => {
    door.once('error', reject)
    door.listen(options.port, options.host, () => {
      door.off('error', reject)
      resolve()
    })
  })
  const address = door.address() as AddressInfo
  return {
    port: address.port,
    async close() {
      const closed = new Promise<void>((resolve, reject) => {
        door.close((error) => (error ? reject(error) : resolve()))
      })
      for (const socket of open) socket.destroy()
      await closed
    },
  }
}
