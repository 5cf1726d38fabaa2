import { createServer, type Socket } from 'node:net'
import type { Desktop } from './desktop.ts'
import { serveClient } from './rfb/serve-client.ts'

const MOST_CLIENTS = 32

export interface DesktopServerOptions {
  host: string
  /** 0 picks a free port. */
  port: number
  desktop: Desktop
  /** '' asks for none. */
  password: string
  /** Turns everybody away while somebody looks, as a server does that never shares. */
  exclusive: boolean
  /** Told of errors that are not the client's. */
  log: (text: string) => void
}

export interface DesktopServer {
  port: number
  /** Sends everybody away and stops listening. */
  close(): Promise<void>
}

/** Serves a desktop over RFB 3.8 to several clients at once; one that will not share ends the others (RFC 6143, 7.3.1). */
export async function serveDesktop(options: DesktopServerOptions): Promise<DesktopServer> {
  const { desktop, exclusive } = options
  const sockets = new Set<Socket>()
  const inside = new Set<Socket>()
  const admit = (socket: Socket, shared: boolean) => {
    if (exclusive && inside.size > 0) return false
    if (!shared) for (const other of inside) other.destroy()
    inside.add(socket)
    return true
  }
  const server = createServer({ noDelay: true }, (socket) => {
    // Its end is told by whoever reads or writes it.
    socket.on('error', () => socket.destroy())
    if (sockets.size >= MOST_CLIENTS) {
      socket.destroy()
      return
    }
    sockets.add(socket)
    socket.once('close', () => {
      sockets.delete(socket)
      inside.delete(socket)
    })
    serveClient({
      socket,
      desktop,
      password: options.password,
      admit: (shared) => admit(socket, shared),
    }).catch((error: unknown) => {
      socket.destroy()
      options.log(`desktop ${desktop.name}: ${error instanceof Error ? error.message : String(error)}`)
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, options.host, resolve)
  })
  const address = server.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : options.port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}
