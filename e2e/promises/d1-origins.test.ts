import { expect, it } from 'vitest'
import { startConsoleBench } from '../console/support/console-bench.ts'
import { rawUpgrade } from '../console/support/raw-upgrade.ts'
import { screenPod } from '../console/support/screen-pod.ts'
import { listenOn } from '../console/support/talk.ts'
import { figure } from './figure.ts'

/** Every origin that is not the dashboard's own; undefined is none at all. */
const foreign = (port: number): (string | undefined)[] => [
  undefined,
  '',
  'null',
  'http://evil.example',
  `http://evil.example:${port}`,
  `http://sibling.localhost:${port}`,
  `http://localhost.evil.example:${port}`,
  `http://localhost:${port + 1}`,
  'http://localhost',
  `ws://localhost:${port}`,
  `ftp://localhost:${port}`,
  `http://localhost.:${port}`,
  `http://LOCALHOST:${port}`,
  `HTTP://localhost:${port}`,
  `http://user@localhost:${port}`,
  `http://localhost:${port}@evil.example`,
  `http://localhost:${port}/`,
  `http://localhost:${port}/path`,
  `http://localhost:${port}#`,
  `http://127.0.0.1:${port}`,
  `http://[::1]:${port}`,
  `http://xn--lcalhost-e1a:${port}`,
  `http://localhost:0${port}`,
  `http://localhost:${port}, http://localhost:${port}`,
  `http://localhost:${port} http://evil.example`,
  'chrome-extension://abcdefghijklmnop',
  'file://',
  'data:',
]

const otherPaths = (port: number) => [
  '/api/vms/team/desk/exec',
  '/api/vms/team/desk/logs',
  '/api/vms/team/desk/vnc?x=1',
  '/api/vms/team/desk/vnc/',
  '//api/vms/team/desk/vnc',
  '/api/vms/team/%64esk/vnc',
  '/api/vms/team/%2e%2e/vnc',
  '/api/vms/team/../team/desk/vnc',
  '/api/vms/TEAM/desk/vnc',
  '/api/vms/team/desk/VNC',
  '/api/fleet/stream',
  '/_next/hmr',
  '/_next/webpack-hmr',
  '/',
  '*',
  `http://localhost:${port}/api/vms/team/desk/vnc`,
  'http://169.254.169.254/latest/meta-data',
]

it('D1 opens a console for the exact origin with a ticket of its own, and for nothing else', async () => {
  const started = performance.now()
  const screen = await listenOn((socket) => void socket.write('RFB 003.008\n'))
  const bench = await startConsoleBench({ objects: [screenPod('desk', { port: String(screen.port) })] })
  const { port, origin } = bench
  const host = `localhost:${port}`
  const path = '/api/vms/team/desk/vnc'
  const protocolOf = async (kind: string) =>
    kind === 'good' ? (await bench.ticket('desk')).protocols.join(', ') : BAD_PROTOCOLS[kind]
  const wrong: string[] = []
  let tried = 0
  const expectRefusal = async (what: string, asked: Parameters<typeof rawUpgrade>[1]) => {
    tried += 1
    const status = await rawUpgrade(port, asked)
    if (status < 400 || status > 499) wrong.push(`${status} for ${what}: ${JSON.stringify(asked)}`)
  }
  for (const kind of ['good', ...Object.keys(BAD_PROTOCOLS)]) {
    for (const stranger of foreign(port)) {
      const protocol = await protocolOf(kind)
      await expectRefusal('a foreign origin', { target: path, host, origin: stranger, protocol })
    }
    for (const target of otherPaths(port)) {
      await expectRefusal('another path', { target, host, origin, protocol: await protocolOf(kind) })
    }
    if (kind !== 'good') {
      const protocol = await protocolOf(kind)
      await expectRefusal(`the ticket ${kind}`, { target: path, host, origin, protocol })
    }
  }
  for (const upgrade of ['WebSocket, h2c', 'h2c', 'websocket/13', 'TLS/1.0']) {
    const protocol = await protocolOf('good')
    await expectRefusal('another upgrade', { target: path, host, origin, protocol, upgrade })
  }
  for (const more of [
    [`Origin: ${origin}`],
    [`Host: ${host}`],
    ['Content-Length: 5'],
    ['Transfer-Encoding: chunked'],
  ]) {
    const protocol = await protocolOf('good')
    await expectRefusal('a doubled or smuggled header', { target: path, host, origin, protocol, more })
  }
  // A name that was made to point here, with the origin that belongs to it.
  for (const name of ['evil.example', 'localhost.evil.example', '127.0.0.1.nip.io']) {
    const rebound = { host: `${name}:${port}`, origin: `http://${name}:${port}` }
    await expectRefusal('a rebound name', { target: path, ...rebound, protocol: await protocolOf('good') })
  }
  const dialsBefore = screen.dials
  // The bench itself can tell a 101.
  const good = await rawUpgrade(port, { target: path, host, origin, protocol: await protocolOf('good') })
  await bench.close()
  await screen.close()
  figure(
    'D1',
    started,
    `${tried} handshakes of other origins, paths, upgrades, names and tickets`,
    `${wrong.length} let in`,
    `${dialsBefore} dials and ${screen.heard.length} bytes at the target`,
  )
  expect(wrong).toEqual([])
  expect({ good, dialsBefore, bytes: screen.heard.length }).toEqual({ good: 101, dialsBefore: 0, bytes: 0 })
})

const BAD_PROTOCOLS: Record<string, string | undefined> = {
  none: undefined,
  'binary alone': 'binary',
  invented: `binary, ticket.${'A'.repeat(43)}`,
  short: 'binary, ticket.AAAA',
  empty: 'binary, ticket.',
  'two of them': `binary, ticket.${'A'.repeat(43)}, ticket.${'B'.repeat(43)}`,
}
