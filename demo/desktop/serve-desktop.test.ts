import { afterEach, describe, expect, it } from 'vitest'
import { connect } from 'node:net'
import { once } from 'node:events'
import { wallClock, type Clock } from '../clock.ts'
import { rfbViewer } from '../testing/rfb-viewer.ts'
import { differences, isDamaged } from './damage.ts'
import { createDesktop, type Desktop } from './desktop.ts'
import { ENCODING } from './rfb/encodings.ts'
import type { PixelFormat } from './rfb/pixel-format.ts'
import { lookOf } from './scene/looks.ts'
import { newScene, type Scene } from './scene/scene.ts'
import { serveDesktop, type DesktopServerOptions } from './serve-desktop.ts'

const ends: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

/** Timers that run, at a time that stands still: the pictures of two viewers are the same. */
const still = (): Clock & { running: Set<object> } => {
  const clock = wallClock()
  const running = new Set<object>()
  return {
    running,
    now: () => Date.UTC(2026, 0, 1, 12, 34, 56, 500),
    after(ms, task) {
      const timer = {}
      running.add(timer)
      const cancel = clock.after(ms, () => {
        running.delete(timer)
        task()
      })
      return () => {
        running.delete(timer)
        cancel()
      }
    },
  }
}

async function serve(options: Partial<DesktopServerOptions> = {}) {
  const scene: Scene = newScene('desk', 'test', { ...lookOf('linux', 'desk'), width: 820, height: 500 })
  const clock = still()
  const desktop: Desktop = createDesktop(scene, clock)
  const errors: string[] = []
  const server = await serveDesktop({
    host: '127.0.0.1',
    port: 0,
    desktop,
    password: '',
    exclusive: false,
    log: (text) => void errors.push(text),
    ...options,
  })
  ends.push(server.close)
  const view = async (how: Partial<Parameters<typeof rfbViewer>[0]> = {}) => {
    const viewer = await rfbViewer({ port: server.port, ...how })
    ends.push(viewer.close)
    return viewer
  }
  return { scene, desktop, clock, port: server.port, view, errors }
}

const shown = (scene: Scene) => scene.terminal.lines.join('\n') + scene.terminal.typed

describe('a desktop', () => {
  it.each([
    ['Hextile', ENCODING.hextile],
    ['ZRLE', ENCODING.zrle],
  ])('shows the same picture in %s as raw, first and after changes', async (_, encoding) => {
    const { view, desktop } = await serve()
    const raw = await view()
    const other = await view({ encodings: [encoding, ENCODING.raw] })
    expect(raw.name).toBe('desk')
    expect(await raw.update()).toEqual([ENCODING.raw])
    expect(new Set(await other.update())).toEqual(new Set([encoding]))
    const same = () => !isDamaged(differences(raw.screen(), other.screen()))
    expect(same()).toBe(true)
    other.type('echo something to see\n')
    const now = () => !isDamaged(differences(raw.screen(), desktop.screen()))
    const before = raw.screen().pixels.slice()
    await raw.until(() => raw.screen().pixels.some((pixel, index) => pixel !== before[index]))
    await raw.update()
    await other.update()
    expect([now(), same()]).toEqual([true, true])
  })

  const FORMATS: [string, PixelFormat, number][] = [
    ['8 bits', { bytes: 1, bigEndian: false, trueColour: true, max: [7, 7, 3], shift: [0, 3, 6] }, 50],
    ['16 bits', { bytes: 2, bigEndian: false, trueColour: true, max: [31, 63, 31], shift: [11, 5, 0] }, 6],
    [
      '16 bits, big end first',
      { bytes: 2, bigEndian: true, trueColour: true, max: [31, 63, 31], shift: [11, 5, 0] },
      6,
    ],
    [
      '32 bits, big end first',
      { bytes: 4, bigEndian: true, trueColour: true, max: [255, 255, 255], shift: [0, 8, 16] },
      0,
    ],
    [
      '32 bits, shifted up',
      { bytes: 4, bigEndian: false, trueColour: true, max: [255, 255, 255], shift: [8, 16, 24] },
      0,
    ],
  ]
  it.each(FORMATS)('converts its pixels to %s', async (_, format, loss) => {
    const { view, desktop } = await serve()
    for (const encoding of [ENCODING.raw, ENCODING.hextile]) {
      const viewer = await view({ format, encodings: [encoding] })
      await viewer.update()
      const far = viewer.screen().pixels.findIndex((pixel, index) => {
        const wanted = desktop.screen().pixels[index] ?? 0
        return [16, 8, 0].some(
          (shift) => Math.abs(((pixel >> shift) & 255) - ((wanted >> shift) & 255)) > loss,
        )
      })
      expect(far).toBe(-1)
    }
  })

  it('moves a window by CopyRect and is right afterwards', async () => {
    const { view, desktop, scene } = await serve()
    const viewer = await view({ encodings: [ENCODING.copyRect, ENCODING.raw, ENCODING.cursor] })
    await viewer.update()
    const terminal = scene.windows.at(-1)
    const { x = 0, y = 0 } = terminal ?? {}
    viewer.pointer(x + 30, y + 10, 1)
    viewer.pointer(x + 60, y + 40, 1)
    const seen: number[] = []
    while (!seen.includes(ENCODING.copyRect)) seen.push(...(await viewer.update(true)))
    viewer.pointer(x + 60, y + 40, 0)
    expect([terminal?.x, terminal?.y]).toEqual([x + 30, y + 30])
    expect(isDamaged(differences(viewer.screen(), desktop.screen()))).toBe(false)
  })

  it('takes another size when a viewer asks, and tells the others', async () => {
    const { view, desktop } = await serve()
    const one = await view({ encodings: [ENCODING.raw, ENCODING.extendedDesktopSize] })
    const two = await view({ encodings: [ENCODING.raw, ENCODING.desktopSize] })
    const old = await view()
    for (const each of [one, two, old]) await each.update()
    one.resize(640, 400)
    for (const each of [one, two]) await each.until(() => each.screen().width === 640)
    await one.update()
    expect(one.screen().pixels).toEqual(desktop.screen().pixels)
    // Who knows no other size sees what fits.
    await old.update()
    expect(old.screen().width).toBe(820)
    one.resize(50, 500)
    one.type('x')
    await one.update()
    expect(one.screen()).toMatchObject({ width: 640, height: 400 })
  })

  it('carries the clipboard both ways, and to other viewers', async () => {
    const { view, scene } = await serve()
    const one = await view()
    const two = await view()
    await one.update()
    await two.update()
    one.cut('from outside: é')
    await two.until(() => two.clipboard() === 'from outside: é')
    expect(one.clipboard()).toBe('')
    one.type('copy from inside\n')
    await one.until(() => one.clipboard() === 'from inside')
    one.type('paste\n')
    await one.until(() => shown(scene).endsWith('from inside'))
  })

  it('reacts to its buttons', async () => {
    const { view, scene } = await serve()
    const viewer = await view()
    await viewer.update()
    for (const x of [20, 180]) {
      viewer.pointer(x, 480, 1)
      viewer.pointer(x, 480, 0)
    }
    await viewer.until(() => shown(scene).includes('Hello from desk!'))
    expect([scene.paper, scene.clicks]).toEqual([1, 2])
  })
})

describe('its clients', () => {
  it('share, unless one will not', async () => {
    const { view } = await serve()
    const [one, two] = [await view(), await view()]
    await Promise.all([one.update(), two.update()])
    const alone = await view({ shared: false })
    await Promise.all([one.closed, two.closed])
    await alone.update()
    const late = await view()
    expect(await late.update()).toEqual([ENCODING.raw])
  })

  it('are turned away by one that never shares, and the first stays', async () => {
    const { view } = await serve({ exclusive: true })
    const one = await view()
    await expect(view()).rejects.toThrow('gone')
    await one.update()
  })

  it('need the password where there is one', async () => {
    const { view } = await serve({ password: 'cocoon' })
    await expect(view({ password: 'butterfly' })).rejects.toThrow('The password is wrong.')
    await (await view({ password: 'cocoon' })).update()
  })

  it('cost nothing when they are gone', async () => {
    const { view, clock, desktop } = await serve()
    expect([clock.running.size, desktop.screen().width]).toEqual([0, 0])
    const viewer = await view()
    await viewer.update()
    expect([clock.running.size > 0, desktop.screen().width]).toEqual([true, 820])
    viewer.close()
    await viewer.closed
    await expect.poll(() => desktop.screen().width).toBe(0)
    expect(clock.running.size).toBe(0)
  })

  it('get one update for many changes when they are slow', async () => {
    const { view, scene, desktop } = await serve()
    const slow = await view()
    const quick = await view()
    await slow.update()
    await quick.update()
    quick.type('a b c d e f g h\n'.repeat(40))
    await quick.until(() => scene.terminal.lines.length > 80)
    await quick.update()
    await slow.update(true)
    await slow.update()
    expect(slow.screen().pixels).toEqual(desktop.screen().pixels)
  })

  const HOSTILE: [string, Buffer][] = [
    ['another protocol', Buffer.from('GET / HTTP/1.1\r\n\r\n')],
    ['a version that is none', Buffer.from('RFB 009.999\n')],
    ['a type that was not offered', Buffer.from('RFB 003.008\n\x13')],
    ['an unknown message', Buffer.from('RFB 003.008\n\x01\x01\xff')],
    [
      'a pixel of 24 bits',
      Buffer.from('RFB 003.008\n\x01\x01\0\0\0\0\x18\x18\0\x01\0\xff\0\xff\0\xff\x10\x08\0\0\0\0', 'latin1'),
    ],
    ['an endless clipboard', Buffer.from('RFB 003.008\n\x01\x01\x06\0\0\0\x7f\xff\xff\xff', 'latin1')],
  ]
  it.each(HOSTILE)('end only themselves with %s', async (_, bytes) => {
    const { view, port, errors } = await serve()
    const friend = await view()
    const socket = connect(port, '127.0.0.1').on('error', () => {})
    socket.write(bytes)
    socket.resume()
    await once(socket, 'close')
    await friend.update()
    expect(errors).toEqual([])
  })

  it('may send anything at all', async () => {
    const { view, port, errors } = await serve()
    const friend = await view()
    let seed = 1
    const random = () => (seed = (seed * 48_271) % 2_147_483_647)
    for (let round = 0; round < 200; round++) {
      const socket = connect(port, '127.0.0.1').on('error', () => {})
      const noise = Buffer.from(Array.from({ length: random() % 400 }, () => random() & 255))
      socket.write(Buffer.concat([Buffer.from('RFB 003.008\n\x01\x01'), noise]))
      socket.end()
      socket.resume()
      await once(socket, 'close')
    }
    await friend.update()
    expect(errors).toEqual([])
  })
})
