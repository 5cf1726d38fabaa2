import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createBrowserLink } from '../lib/console/relay/browser-link.ts'
import { createFairTurns } from '../lib/console/relay/fair-turns.ts'
import { createLargeSlabs } from '../lib/console/relay/slabs.ts'
import { openTunnel } from '../lib/console/relay/tunnel.ts'
import { acceptHandshake } from '../lib/console/web-socket/handshake.ts'

/** The relay alone, without tickets and cluster, as websockify is: `node bench/vnc-relay.ts` dials `/PORT`. */
const shared = { slabs: createLargeSlabs(), turns: createFairTurns(), now: Date.now }

const server = createServer()
server.on('upgrade', (request, socket, head) => {
  acceptHandshake(request, socket)
  openTunnel({
    ...shared,
    browser: createBrowserLink(socket, head, Date.now),
    host: '127.0.0.1',
    port: Number(request.url?.slice(1)),
    hungUp: () => 'guest-closed',
    onOpen() {},
    onOver() {},
  })
})
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`${JSON.stringify({ port: (server.address() as AddressInfo).port })}\n`)
})
