import type { Machine } from './machine.ts'
import type { OpenFile, Terminal, TerminalSettings } from './open-file.ts'
import { SIGNALS } from './signals.ts'

const ERASE = 0x7f
const KEY = { eof: 4, interrupt: 3, quit: 0x1c, backspace: 8, kill: 0x15, word: 0x17, enter: 13, newline: 10 }

/** By machine, so that `stty -F` of another exec finds it. */
const open = new WeakMap<Machine, Map<string, Terminal>>()

export const terminalNamed = (machine: Machine, name: string): Terminal | undefined =>
  open.get(machine)?.get(name)

function freeName(taken: ReadonlyMap<string, Terminal>): string {
  let number = 0
  while (taken.has(`/dev/pts/${number}`)) number += 1
  return `/dev/pts/${number}`
}

/** What the programs write, with the carriage returns that a terminal needs. */
function printed(bytes: Uint8Array): Uint8Array {
  if (!bytes.includes(KEY.newline)) return bytes
  return Uint8Array.from([...bytes].flatMap((byte) => (byte === KEY.newline ? [13, 10] : [byte])))
}

/** What is typed ahead of that is lost, as it is in a kernel. */
const MOST_QUEUED = 65_536

/** What is to be read, in order; the end of it can be met in between, as ^D does it. */
function createInput() {
  const queue: (Uint8Array | null)[] = []
  let queued = 0
  const state = { over: false }
  let wake = () => {}
  return {
    push(chunk: Uint8Array | null) {
      if (queued > MOST_QUEUED) return
      queued += chunk?.length ?? 0
      queue.push(chunk)
      wake()
    },
    end() {
      state.over = true
      wake()
    },
    /** What waits before the next end, which is taken. */
    takeAll(): Uint8Array {
      const taken: Uint8Array[] = []
      for (let next = queue[0]; next; next = queue[0]) {
        taken.push(next)
        queue.shift()
      }
      const all = Buffer.concat(taken)
      queued -= all.length
      return all
    },
    unread(chunk: Uint8Array) {
      if (chunk.length === 0) return
      queued += chunk.length
      queue.unshift(chunk)
    },
    async read(signal: AbortSignal): Promise<Uint8Array | undefined> {
      while (queue.length === 0 && !state.over) {
        await new Promise<void>((resolve, reject) => {
          const abort = () => reject(signal.reason as Error)
          if (signal.aborted) return abort()
          signal.addEventListener('abort', abort, { once: true })
          wake = () => {
            signal.removeEventListener('abort', abort)
            resolve()
          }
        })
      }
      signal.throwIfAborted()
      const chunk = queue.shift() ?? undefined
      queued -= chunk?.length ?? 0
      return chunk
    },
  }
}

/** The line that is being typed while the terminal edits lines. */
function createLine(echo: (text: string) => Promise<void>) {
  let line: number[] = []
  const isTail = (byte: number | undefined) => byte !== undefined && (byte & 0xc0) === 0x80
  const eraseOne = async () => {
    while (isTail(line.at(-1))) line.pop()
    if (line.pop() !== undefined) await echo('\b \b')
  }
  return {
    async add(byte: number) {
      line.push(byte)
      if (byte >= 0x20) await echo(String.fromCharCode(byte))
      else await echo(byte === 9 ? '\t' : `^${String.fromCharCode(byte + 64)}`)
    },
    eraseOne,
    async eraseAll() {
      while (line.length > 0) await eraseOne()
    },
    async eraseWord() {
      while (line.at(-1) === 0x20) await eraseOne()
      while (line.length > 0 && line.at(-1) !== 0x20) await eraseOne()
    },
    take(...more: number[]): Uint8Array {
      const taken = Uint8Array.from([...line, ...more])
      line = []
      return taken
    },
  }
}

/** Opens a terminal of 80 by 24; `show` takes what is to be seen, and may be slow. */
export function openTerminal(machine: Machine, show: (bytes: Uint8Array) => Promise<void>): Terminal {
  const taken = open.get(machine) ?? new Map<string, Terminal>()
  open.set(machine, taken)
  const settings: TerminalSettings = { lines: true, echo: true, signals: true, columns: 80, rows: 24 }
  const input = createInput()
  const echo = async (text: string) => {
    // As bytes, so that a character of several comes back as it came.
    if (settings.echo) await show(Uint8Array.from(text, (char) => char.charCodeAt(0)))
  }
  const line = createLine(echo)
  const name = freeName(taken)

  const signal = async (byte: number, number: number) => {
    line.take()
    await echo(`^${String.fromCharCode(byte + 64)}`)
    terminal.onSignal(number)
  }
  const typed = async (byte: number): Promise<void> => {
    if (settings.signals && byte === KEY.interrupt) return signal(byte, SIGNALS.INT)
    if (settings.signals && byte === KEY.quit) return signal(byte, SIGNALS.QUIT)
    // With what was typed before programs began to take keys.
    if (!settings.lines) return input.push(line.take(byte))
    switch (byte) {
      case KEY.enter:
      case KEY.newline:
        await echo('\r\n')
        return input.push(line.take(KEY.newline))
      case KEY.eof: {
        const rest = line.take()
        return input.push(rest.length > 0 ? rest : null)
      }
      case ERASE:
      case KEY.backspace:
        return line.eraseOne()
      case KEY.kill:
        return line.eraseAll()
      case KEY.word:
        return line.eraseWord()
      default:
        return line.add(byte)
    }
  }
  const file: OpenFile = {
    what: name,
    read: input.read,
    unread: input.unread,
    async write(chunk, stopped) {
      stopped.throwIfAborted()
      await show(printed(chunk))
    },
    retain: () => file,
    release: () => {},
    terminal: () => terminal,
  }
  const terminal: Terminal = {
    name,
    settings,
    file,
    async type(keys) {
      for (const [at, byte] of keys.entries()) {
        // Keys that are several bytes stay together.
        if (!settings.lines && !settings.signals) return input.push(line.take(...keys.slice(at)))
        await typed(byte)
      }
    },
    async reconsider(rest) {
      const waiting = Buffer.concat([rest, input.takeAll()])
      const at = settings.signals ? waiting.lastIndexOf(KEY.interrupt) : -1
      // A kernel forgets what was typed before it, too.
      input.unread(waiting.subarray(at + 1))
      if (at >= 0) await signal(KEY.interrupt, SIGNALS.INT)
    },
    hangUp: input.end,
    onSignal: () => {},
    close: () => void taken.delete(name),
  }
  taken.set(name, terminal)
  return terminal
}
