import { createServer, type Server } from 'node:net'

/** The part of loopback on which a demo cluster serves its desktops. */
export interface DesktopPlace {
  /** All its addresses begin like this; '127.90.' unless other clusters of this machine have it. */
  prefix: string
  cidr: string
  /** The ports on which desktops may listen. */
  ports: { first: number; last: number }
}

export interface DesktopNetwork extends DesktopPlace {
  close(): Promise<void>
}

const FIRST = 90
const LAST = 189
const PORTS = { first: 5900, last: 5999 }
/** Whoever listens here has the network: no desktop ever does. */
const GUARD = { host: '255.254', port: 5900 }

/** Where desktops are when nobody reserved a network, as in tests of the seed. */
export const FIRST_NETWORK = `127.${FIRST}.`

function listen(host: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => void socket.destroy())
    server.once('error', reject)
    server.listen(GUARD.port, host, () => resolve(server))
  })
}

const isTaken = (error: unknown) => error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'

/**
 * Reserves 127.90.0.0/16, or the next one that no other demo cluster of this machine has. Where loopback has one address
 * only (macOS), the first network is returned all the same, and its desktops do not answer.
 */
export async function reserveDesktopNetwork(log: (text: string) => void): Promise<DesktopNetwork> {
  for (let second = FIRST; second <= LAST; second++) {
    const prefix = `127.${second}.`
    try {
      const server = await listen(prefix + GUARD.host)
      server.unref()
      const close = () => new Promise<void>((resolve) => void server.close(() => resolve()))
      return { prefix, cidr: `${prefix}0.0/16`, ports: PORTS, close }
    } catch (error) {
      if (isTaken(error)) continue
      log(`no desktops: ${error instanceof Error ? error.message : String(error)}`)
      break
    }
  }
  return { prefix: FIRST_NETWORK, cidr: `${FIRST_NETWORK}0.0/16`, ports: PORTS, close: async () => {} }
}
