import { afterEach, describe, expect, it } from 'vitest'
import { ENCODING } from '../../demo/desktop/rfb/encodings.ts'
import { rfbViewer } from '../../demo/testing/rfb-viewer.ts'
import { bridgeTo } from './support/bridge.ts'
import { startConsoleBench } from './support/console-bench.ts'
import { startQemu, startTiger } from './support/real-servers.ts'
import type { RealServer } from './support/real-servers.ts'
import { screenPod } from './support/screen-pod.ts'

const ENDS: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of ENDS.splice(0).toReversed()) await end()
})

let displays = 200 + (process.pid % 500)
const nextDisplay = () => (displays += 1)

/** A dashboard in front of the server, and a port that leads through it. */
async function through(server: RealServer) {
  ENDS.push(() => server.stop())
  const bench = await startConsoleBench({ objects: [screenPod('desk', { port: String(server.port) })] })
  ENDS.push(() => bench.close())
  const bridge = await bridgeTo(bench, 'desk')
  ENDS.push(() => bridge.close())
  const view = async (more: { password?: string; shared?: boolean; encodings?: number[] } = {}) => {
    const viewer = await rfbViewer({ port: bridge.port, ...more })
    ENDS.push(async () => viewer.close())
    return viewer
  }
  return { bench, bridge, view }
}

const coloursOf = (pixels: Uint32Array | number[]) => new Set(pixels)

const SERVERS: [
  string,
  (at?: { port: number; display: number }) => Promise<RealServer>,
  string | undefined,
][] = [
  ['TigerVNC', (at) => startTiger({ display: nextDisplay(), ...at }), undefined],
  [
    'TigerVNC with a password',
    (at) => startTiger({ display: nextDisplay(), password: 'sesame', ...at }),
    'sesame',
  ],
  ['QEMU', (at) => startQemu(at?.port), undefined],
]

describe.each(SERVERS)('%s, through the tunnel', (_, start, password) => {
  const withPassword = password === undefined ? {} : { password }

  it('shows its screen, in every encoding, alike', async () => {
    const { view } = await through(await start())
    for (const encoding of [ENCODING.raw, ENCODING.hextile]) {
      const viewer = await view({ ...withPassword, encodings: [encoding, ENCODING.raw] })
      await viewer.update()
      expect(viewer.screen().width).toBeGreaterThanOrEqual(640)
      viewer.close()
    }
  })

  it('shows it to two at once, and goes on for one when the other leaves', async () => {
    const { view, bench } = await through(await start())
    const [first, second] = [await view(withPassword), await view(withPassword)]
    await first.update()
    await second.update()
    expect(second.screen().width).toBe(first.screen().width)
    expect(bench.consoles.open.of('uid-desk')).toHaveLength(2)
    first.close()
    await first.closed
    await second.update()
  })

  it('is there again when it was killed and is back', async () => {
    const server = await start()
    const { view, bridge } = await through(server)
    const viewer = await view(withPassword)
    await viewer.update()
    await server.stop()
    await viewer.closed
    expect(bridge.lastEnd()).toBe('guest-closed')
    const back = await start({ port: server.port, display: nextDisplay() })
    ENDS.push(() => back.stop())
    const again = await view(withPassword)
    await again.update()
  })
})

it('QEMU draws what its firmware says', async () => {
  const { view } = await through(await startQemu())
  const viewer = await view()
  await viewer.until(() => coloursOf(viewer.screen().pixels).size > 1)
  expect(coloursOf(viewer.screen().pixels).size).toBeGreaterThan(1)
})

it('TigerVNC refuses a wrong password in its own words', async () => {
  const { view } = await through(await startTiger({ display: nextDisplay(), password: 'sesame' }))
  await expect(view({ password: 'guess' })).rejects.toThrow(/auth/i)
})

it('TigerVNC takes keys, the pointer and the clipboard, and serves on', async () => {
  const { view } = await through(await startTiger({ display: nextDisplay() }))
  const viewer = await view()
  await viewer.update()
  viewer.cut('from the browser '.repeat(1_000))
  viewer.type('hello')
  viewer.pointer(20, 20, 1)
  // A byte too many or too few of any of them, and this would be no update.
  expect(await viewer.update()).not.toEqual([])
})

it('TigerVNC is resized by a viewer', async () => {
  const { view } = await through(await startTiger({ display: nextDisplay() }))
  const viewer = await view({ encodings: [ENCODING.raw, ENCODING.extendedDesktopSize] })
  await viewer.update()
  viewer.resize(800, 600)
  await viewer.until(() => viewer.screen().width === 800)
  expect(viewer.screen()).toMatchObject({ width: 800, height: 600 })
})

it('TigerVNC that never shares lets one viewer in, and what the dashboard says of the other tells it', async () => {
  const { view, bridge } = await through(await startTiger({ display: nextDisplay(), sharing: 'NeverShared' }))
  const first = await view({ shared: false })
  await first.update()
  const second = await view({ shared: false })
  // One of the two has it now; whoever lost it was told so.
  const lost = await Promise.race([first.closed.then(() => 'first'), second.closed.then(() => 'second')])
  expect(['first', 'second']).toContain(lost)
  expect(bridge.lastEnd()).toMatch(/^(taken-over|guest-closed)$/)
  await (lost === 'first' ? second : first).update()
})
