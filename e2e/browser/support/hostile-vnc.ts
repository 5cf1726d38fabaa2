/** What the page of a hostile VM did to the browser; counted in the page. */
export interface HostileOutcome {
  streams: number
  /** Streams after which noVNC had a picture, so that they got past the greeting. */
  pictures: number
  bytes: number
  scriptsRun: number
  clipboardWrites: number
  windowsOpened: number
}

declare global {
  interface Window {
    hostile?: { wanted: number; outcome: HostileOutcome; done: boolean }
  }
}

/**
 * Runs in the page before anything else: the console's tickets are granted, and its WebSocket speaks for a hostile VNC
 * server, another stream each time. Everything is of the seed. It must stand alone: it is sent to the page as text.
 */
export function playHostileServer({ seed, wanted }: { seed: number; wanted: number }): void {
  let state = seed >>> 0
  const random = () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  const int = (below: number) => Math.floor(random() * below)
  const pick = <Item>(items: readonly Item[]): Item => items[int(items.length)] as Item
  const bytes = (count: number) => Array.from({ length: count }, () => int(256))
  const u16 = (n: number) => [(n >> 8) & 255, n & 255]
  const u32 = (n: number) => [(n >>> 24) & 255, (n >>> 16) & 255, (n >>> 8) & 255, n & 255]
  const latin = (text: string) => Array.from(text, (char) => char.charCodeAt(0) & 255)

  const outcome = { streams: 0, pictures: 0, bytes: 0, scriptsRun: 0, clipboardWrites: 0, windowsOpened: 0 }
  const hostile = { wanted, outcome, done: false }
  window.hostile = hostile
  Object.defineProperty(window, 'ran', {
    set() {
      outcome.scriptsRun += 1
    },
  })
  const script = 'window.ran=1'
  const NASTY = [
    `<img src=x onerror="${script}">`,
    `<script>${script}</script>`,
    `"><svg onload=${script}>`,
    `javascript:${script}`,
    '\u0000\u001b]52;c;cm0gLXJmCg==\u0007',
    '${7*7}{{7*7}}%s%n',
    'A'.repeat(int(4) === 0 ? 70_000 : 700),
    '',
  ]

  const rect = (x: number, y: number, w: number, h: number, encoding: number, body: number[]) => [
    ...[x, y, w, h].flatMap(u16),
    ...u32(encoding),
    ...body,
  ]
  const size = () => (int(25) === 0 ? int(65_536) : 1 + int(40))
  const text = () => latin(pick(NASTY))
  const compact = (n: number) =>
    n < 128
      ? [n]
      : n < 16_384
        ? [(n & 127) | 128, n >> 7]
        : [(n & 127) | 128, ((n >> 7) & 127) | 128, n >> 14]
  const blob = (count: number) => {
    const body = bytes(count)
    return [...compact(count), ...body]
  }
  const RECTS: readonly (() => number[])[] = [
    () => rect(0, 0, 4, 4, 0, bytes(64)),
    () => rect(int(64), int(64), size(), size(), 1, [...u16(int(65_536)), ...u16(int(65_536))]),
    () => rect(0, 0, 16, 16, 2, [...u32(int(5)), ...bytes(4 + 12 * int(5))]),
    () => rect(0, 0, 16, 16, 5, [int(32), ...bytes(int(1_100))]),
    () => rect(0, 0, size(), size(), 6, [...u32(int(200)), ...bytes(int(200))]),
    () =>
      rect(0, 0, size(), size(), 7, [
        pick([0x80, 0x90, 0x00, 0x40, 0x50, 0x60, 0xa0, 0xf0]),
        ...blob(int(300)),
      ]),
    () => rect(0, 0, size(), size(), -260, [pick([0x90, 0xa0, 0x80]), ...blob(int(300))]),
    () => rect(0, 0, size(), size(), 16, [...u32(int(200)), ...bytes(int(200))]),
    () => rect(0, 0, 8, 8, 21, [0xff, 0xd8, 0xff, 0xe0, ...bytes(int(300)), 0xff, 0xd9]),
    () => rect(0, 0, 16, 16, 50, [...u32(int(100)), ...u32(int(3)), ...bytes(int(100))]),
    () => rect(int(16), int(16), int(70), int(70), -239, bytes(int(6_000))),
    () => rect(0, 0, int(40), int(40), 0x574d5664, [int(3), 0, ...bytes(int(4_000))]),
    () => rect(0, 0, size(), size(), -223, []),
    () => rect(int(4), int(4), size(), size(), -308, [int(4), 0, 0, 0, ...bytes(16 * int(4))]),
    () => {
      const name = text()
      return rect(0, 0, 0, 0, -307, [...u32(name.length), ...name])
    },
    () => rect(0, 0, 0, 0, -258, []),
    () => rect(0, 0, 0, 0, -261, [int(256)]),
    () => rect(0, 0, 0, 0, -224, []),
    () => rect(0, 0, 0, 0, int(0xffffffff), bytes(int(60))),
  ]
  const update = () => {
    const count = 1 + int(4)
    return [
      0,
      0,
      ...u16(int(20) === 0 ? int(65_536) : count),
      ...Array.from({ length: count }, () => pick(RECTS)()).flat(),
    ]
  }
  const MESSAGES: readonly (() => number[])[] = [
    update,
    update,
    update,
    update,
    () => [2],
    () => {
      const cut = text()
      return [3, 0, 0, 0, ...u32(int(8) === 0 ? int(0xffffffff) : cut.length), ...cut]
    },
    () => {
      const flags = pick([0x01000000, 0x02000000, 0x04000000, 0x08000000, 0x10000000, 0x1f000000]) | int(32)
      const body = [...u32(flags), ...bytes(int(80))]
      return [3, 0, 0, 0, ...u32(-body.length), ...body]
    },
    () => [
      248,
      0,
      0,
      0,
      ...u32(pick([0x80000000, 0x80000003, 3, int(0xffffffff)])),
      int(70),
      ...bytes(int(64)),
    ],
    () => [150],
    () => [250, 0, int(3), int(4)],
    () => [1, 0, ...u16(int(4)), ...u16(int(4)), ...bytes(24)],
    () => [int(256), ...bytes(int(40))],
  ]
  const PIXELS = [32, 24, 0, 1, 0, 255, 0, 255, 0, 255, 16, 8, 0, 0, 0, 0]
  const greeting = () => {
    const name = text()
    return [
      ...latin('RFB 003.008\n'),
      1,
      1,
      ...u32(0),
      ...u16(int(30) === 0 ? int(65_536) : 64),
      ...u16(int(30) === 0 ? int(65_536) : 64),
      ...PIXELS,
      ...u32(name.length),
      ...name,
    ]
  }
  /** Other ways to greet: other versions, questions of every kind, refusals with nasty reasons. */
  const otherGreeting = () => {
    const reason = text()
    const version = latin(
      pick(['RFB 003.003\n', 'RFB 003.007\n', 'RFB 003.008\n', 'RFB 004.001\n', 'RFB 000.000\n']),
    )
    return pick([
      () => [...version, 1, pick([1, 2, 6, 16, 19, 22, 30, 113, 129]), ...bytes(int(300))],
      () => [...version, 0, ...u32(reason.length), ...reason],
      () => [...version, 1, 1, ...u32(1), ...u32(reason.length), ...reason],
      () => [...version, ...u32(int(3)), ...bytes(int(60))],
      () => bytes(int(400)),
    ])()
  }
  const mutate = (stream: number[]) => {
    for (let times = int(4); times > 0; times -= 1) {
      const at = int(stream.length)
      const change = int(5)
      if (change === 0) stream[at] = int(256)
      else if (change === 1) stream.splice(at, int(8))
      else if (change === 2) stream.splice(at, 0, ...bytes(int(8)))
      else if (change === 3) stream.splice(at)
      else stream.splice(at, 0, ...stream.slice(at, at + int(64)))
    }
    return stream
  }
  /** A stream, and where it stops for a moment, as a server does that waits for its client's answers. */
  const nextStream = (): { stream: number[]; stops: number[] } => {
    if (int(6) === 0) return { stream: mutate(otherGreeting()), stops: [12, 14] }
    const head = greeting()
    const messages = Array.from({ length: 1 + int(6) }, () => pick(MESSAGES)())
    const stream = [...head, ...messages.flat()]
    return { stream: int(4) === 0 ? stream : mutate(stream), stops: [12, head.length] }
  }

  const turn = () =>
    new Promise<void>((resolve) => {
      const channel = new MessageChannel()
      channel.port1.addEventListener('message', () => resolve())
      channel.port1.start()
      channel.port2.postMessage(0)
    })

  class HostileSocket extends EventTarget {
    readyState = 0
    binaryType = 'arraybuffer'
    protocol = 'binary'
    constructor() {
      super()
      void this.play()
    }
    send() {}
    close() {
      if (this.readyState > 1) return
      this.readyState = 2
      void turn().then(() => this.end(1005))
    }
    end(code: number) {
      this.readyState = 3
      this.dispatchEvent(new CloseEvent('close', { code }))
    }
    async play() {
      await turn()
      this.readyState = 1
      this.dispatchEvent(new Event('open'))
      const { stream: numbers, stops } = nextStream()
      const stream = Uint8Array.from(numbers)
      let pictured = false
      for (let at = 0; at < stream.length && this.readyState === 1;) {
        const stop = stops.find((place) => place > at) ?? stream.length
        const end = Math.min(stop, at + (int(8) === 0 ? 1 + int(12) : 70_000))
        this.dispatchEvent(new MessageEvent('message', { data: stream.slice(at, end).buffer }))
        at = end
        await turn()
        pictured ||= document.querySelector('[data-picture]') !== null
      }
      await turn()
      outcome.streams += 1
      outcome.bytes += stream.length
      if (pictured) outcome.pictures += 1
      if (this.readyState === 1) this.end(4008)
    }
  }
  const realFetch = window.fetch.bind(window)
  const ticket = { path: '/hostile', protocols: ['binary'], expiresAt: '', viewer: 'x' }
  window.fetch = (input, init) => {
    const url = input instanceof Request ? input.url : String(input)
    if (url.endsWith('/console') && init?.method === 'POST') return Promise.resolve(Response.json(ticket))
    if (url.includes('/viewers')) return Promise.resolve(Response.json({ viewers: [] }))
    return realFetch(input, init)
  }
  const constants = { CONNECTING: 0, OPEN: 1, CLOSING: 2, CLOSED: 3 }
  window.WebSocket = Object.assign(HostileSocket, constants) as unknown as typeof WebSocket
  window.open = () => {
    outcome.windowsOpened += 1
    return null
  }
  const write = () => {
    outcome.clipboardWrites += 1
    return Promise.resolve()
  }
  if ('clipboard' in navigator) Object.assign(navigator.clipboard, { writeText: write, write })
  document.execCommand = () => {
    outcome.clipboardWrites += 1
    return false
  }
  // noVNC tells each broken stream; thousands of lines would only slow the run.
  console.error = () => {}
  console.warn = () => {}

  const AGAIN = new Set(['Connect again', 'Connect', 'Try again', 'Try now', 'Cancel'])
  const drive = async () => {
    while (outcome.streams < wanted) {
      const buttons = document.querySelectorAll<HTMLButtonElement>('.console-over button[type=button]')
      for (const button of buttons) {
        if (AGAIN.has(button.textContent)) {
          button.click()
          break
        }
      }
      await turn()
    }
    hostile.done = true
  }
  addEventListener('DOMContentLoaded', () => void drive())
}
