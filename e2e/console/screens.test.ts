import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import sharp from 'sharp'
import { afterEach, describe, expect, it } from 'vitest'
import { wallClock } from '../../demo/clock.ts'
import { createDesktop } from '../../demo/desktop/desktop.ts'
import { lookOf } from '../../demo/desktop/scene/looks.ts'
import { newScene } from '../../demo/desktop/scene/scene.ts'
import { serveDesktop } from '../../demo/desktop/serve-desktop.ts'
import { rfbViewer } from '../../demo/testing/rfb-viewer.ts'
import { captureScreen } from '../../lib/console/screens/capture-screen.ts'
import { CaptureFailed } from '../../lib/console/rfb-client/capture-failed.ts'
import { answerScreen } from '../../lib/console/screens/answer-screen.ts'
import { bridgeTo } from './support/bridge.ts'
import { startConsoleBench } from './support/console-bench.ts'
import type { ConsoleBenchOptions } from './support/console-bench.ts'
import { startQemu, startTiger } from './support/real-servers.ts'
import type { RealServer } from './support/real-servers.ts'
import { screenPod } from './support/screen-pod.ts'

const ENDS: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ENDS.splice(0).toReversed()) await end()
})

let displays = 800 + (process.pid % 500)
const nextDisplay = () => (displays += 1)

/** One of the demo's desktops at a free port. */
async function startDesktop(options: { exclusive?: boolean; password?: string } = {}): Promise<RealServer> {
  const scene = newScene('desk', 'team', { ...lookOf('linux', 'desk'), width: 820, height: 500 })
  const { port, close } = await serveDesktop({
    host: '127.0.0.1',
    port: 0,
    desktop: createDesktop(scene, wallClock()),
    password: '',
    exclusive: false,
    log: () => {},
    ...options,
  })
  return { port, stop: close }
}

/** A dashboard with the server as a VM's screen, at a clock of its own. */
async function lookingAt(server: RealServer, settings: ConsoleBenchOptions['settings'] = {}) {
  ENDS.push(() => server.stop())
  let time = Date.now()
  const bench = await startConsoleBench({
    objects: [screenPod('desk', { port: String(server.port) })],
    now: () => time,
    settings,
  })
  ENDS.push(() => bench.close())
  const look = (headers: Record<string, string> = {}) =>
    answerScreen(
      bench.consoles,
      new Request('http://localhost/api/vms/team/desk/screen?uid=uid-desk&width=320', {
        headers: { host: 'localhost', ...headers },
      }),
      { namespace: 'team', name: 'desk' },
    )
  return { bench, look, advance: (ms: number) => void (time += ms) }
}

const troubleOf = (response: Response) => response.headers.get('screen-trouble')

/** Between the dashboard and a server: counts connections, and keeps what is sent to the server. */
async function listenIn(server: RealServer) {
  const heard: Buffer[][] = []
  const sockets = new Set<Socket>()
  const relay = createServer((socket) => {
    const chunks: Buffer[] = []
    heard.push(chunks)
    const target = connect(server.port, '127.0.0.1')
    for (const each of [socket, target]) sockets.add(each.on('error', () => {}))
    socket.on('data', (chunk) => {
      chunks.push(chunk)
      target.write(chunk)
    })
    target.pipe(socket)
    socket.on('close', () => target.destroy())
    target.on('close', () => socket.destroy())
  })
  relay.listen(0, '127.0.0.1')
  await once(relay, 'listening')
  const stop = async () => {
    for (const socket of sockets) socket.destroy()
    relay.close()
    await server.stop()
  }
  return { heard, server: { port: (relay.address() as AddressInfo).port, stop } }
}

const SERVERS: [string, () => Promise<RealServer>, string][] = [
  ['TigerVNC', () => startTiger({ display: nextDisplay() }), ''],
  ['TigerVNC with a password', () => startTiger({ display: nextDisplay(), password: 'sesame' }), 'sesame'],
  ['QEMU', () => startQemu(), ''],
  ['a desktop of the demo', () => startDesktop(), ''],
]

describe.each(SERVERS)('a picture of %s', (_, start, screenPassword) => {
  it('is small, dated, and not sent again while it is the same', async () => {
    const { look } = await lookingAt(await start(), { screenPassword })
    const first = await look()
    expect([first.status, troubleOf(first)]).toEqual([200, null])
    expect(first.headers.get('content-type')).toBe('image/webp')
    expect(first.headers.get('cache-control')).toBe('private, no-store')
    expect(Date.parse(first.headers.get('screen-time') ?? '')).toBeGreaterThan(0)
    const { width } = await sharp(Buffer.from(await first.arrayBuffer())).metadata()
    expect(width).toBe(320)
    const again = await look({ 'if-none-match': first.headers.get('etag') ?? '' })
    expect([again.status, again.headers.get('screen-time')]).toEqual([304, first.headers.get('screen-time')])
  })

  it('puts no viewer out, and is taken while somebody looks', async () => {
    const { look, bench, advance } = await lookingAt(await start(), { screenPassword })
    expect(troubleOf(await look())).toBeNull()
    const bridge = await bridgeTo(bench, 'desk')
    ENDS.push(() => bridge.close())
    const viewer = await rfbViewer({ port: bridge.port, password: screenPassword })
    ENDS.push(viewer.close)
    await viewer.update()
    advance(10_000)
    expect(troubleOf(await look())).toBeNull()
    // Still there, and served.
    await viewer.update()
  })
})

it('shows what is on the screen', async () => {
  const { look } = await lookingAt(await startDesktop())
  const image = sharp(Buffer.from(await (await look()).arrayBuffer()))
  const { channels } = await image.stats()
  expect(channels.every(({ min, max }) => min < 60 && max > 200)).toBe(true)
})

it('says that a password is needed, and does not come back to be shut out', async () => {
  const { heard, server } = await listenIn(await startDesktop({ password: 'sesame' }))
  const { look, advance } = await lookingAt(server)
  for (let minute = 0; minute < 30; minute++) {
    expect(troubleOf(await look())).toBe('needs-password')
    advance(60_000)
  }
  expect(heard).toHaveLength(1)
})

it.each<[string, () => Promise<RealServer>]>([
  ['drops the others', () => startTiger({ display: nextDisplay(), sharing: 'NeverShared' })],
  ['turns the next away', () => startDesktop({ exclusive: true })],
])('leaves a server alone for good that %s', async (_, start) => {
  const { heard, server } = await listenIn(await start())
  const { look, advance } = await lookingAt(server)
  expect(troubleOf(await look())).toBe('not-shared')
  const before = heard.length
  advance(7 * 24 * 3_600_000)
  expect(troubleOf(await look())).toBe('not-shared')
  expect(heard).toHaveLength(before)
})

it('does not dial a server that nobody knows to share while a console is open', async () => {
  const { look, bench, advance } = await lookingAt(
    await startTiger({ display: nextDisplay(), sharing: 'NeverShared' }),
  )
  const bridge = await bridgeTo(bench, 'desk')
  ENDS.push(() => bridge.close())
  const viewer = await rfbViewer({ port: bridge.port })
  ENDS.push(viewer.close)
  for (let turn = 0; turn < 5; turn++) {
    expect(troubleOf(await look())).toBe('in-use')
    await viewer.update()
    advance(10_000)
  }
})

it('asks for nothing but pictures, and always shares', async () => {
  const { heard, server } = await listenIn(await startDesktop())
  const { look, advance } = await lookingAt(server)
  await look()
  advance(10_000)
  await look()
  // Once it was proved that the server shares; then one connection is enough.
  expect(heard).toHaveLength(3)
  for (const chunks of heard) {
    const bytes = Buffer.concat(chunks)
    expect(bytes.subarray(0, 12).toString()).toBe('RFB 003.008\n')
    expect([...bytes.subarray(12, 14)]).toEqual([1, 1])
    for (let at = 14; at < bytes.length;) {
      const type = bytes[at]
      expect([0, 2, 3]).toContain(type)
      at += type === 0 ? 20 : type === 2 ? 4 + bytes.readUInt16BE(at + 2) * 4 : 10
    }
  }
})

it('dials only what the policy lets it', async () => {
  const { heard, server } = await listenIn(await startDesktop())
  const { look } = await lookingAt(server, { allowances: [] })
  const response = await look()
  expect([troubleOf(response), ((await response.json()) as { detail: string }).detail]).toEqual([
    'target-refused',
    expect.stringContaining('CONSOLE_ALLOWED_CIDRS'),
  ])
  expect(heard).toHaveLength(0)
})

it('keeps the last picture of a screen that is gone', async () => {
  const server = await startDesktop()
  const { look, advance } = await lookingAt(server)
  const before = await look()
  await server.stop()
  advance(10_000)
  const after = await look()
  expect([after.status, troubleOf(after)]).toEqual([200, 'unreachable'])
  expect(after.headers.get('screen-time')).toBe(before.headers.get('screen-time'))
  expect(await after.arrayBuffer()).toEqual(await before.arrayBuffer())
})

const FULL = process.env.PROMISES === 'full'

it('survives whatever a server sends', async () => {
  const rounds = FULL ? 5_000 : 500
  let seed = 7
  const random = (below: number) => (seed = (seed * 48_271) % 2_147_483_647) % below
  const init = Buffer.alloc(24)
  init.writeUInt16BE(64, 0)
  init.writeUInt16BE(48, 2)
  const hello = Buffer.concat([Buffer.from('RFB 003.008\n\x01\x01\0\0\0\0', 'latin1'), init])
  const encodings = [7, 16, 5, 1, 0, -223, -224]
  const server = createServer((socket) => {
    socket.on('error', () => {})
    const head = Buffer.alloc(16)
    head.writeUInt16BE(1 + random(3), 2)
    head.writeUInt16BE(random(2) * random(80), 4)
    head.writeUInt16BE(1 + random(70), 8)
    head.writeUInt16BE(1 + random(70), 10)
    head.writeInt32BE(encodings[random(encodings.length)] ?? 0, 12)
    const noise = Buffer.from(Array.from({ length: random(2_000) }, () => random(256)))
    const bytes = Buffer.concat([hello, head, noise])
    // Sometimes nothing is as it should be.
    if (random(4) === 0) bytes[random(bytes.length)] = random(256)
    socket.end(bytes)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  ENDS.push(() => server.close())
  const endpoint = { host: '127.0.0.1', port: (server.address() as AddressInfo).port }
  let refused = 0
  for (let round = 0; round < rounds; round++) {
    await captureScreen({ endpoint, password: '', shared: true }).then(
      () => {},
      (error: unknown) => {
        expect(error).toBeInstanceOf(CaptureFailed)
        refused += 1
      },
    )
  }
  expect(refused).toBeGreaterThan(rounds / 2)
})
