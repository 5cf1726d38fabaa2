import type { CloseReason } from '../../fleet/console/close-codes.ts'
import type { ShellExit, ShellFrameKind, ShellMode, ShellSize } from '../../fleet/console/shell-frames.ts'
import {
  createShellFrameReader,
  readSize,
  shellFrame,
  shellJsonFrame,
} from '../../fleet/console/shell-frames.ts'
import type { BrowserLink } from '../relay/browser-link.ts'
import { frameOf, OPCODE } from '../web-socket/frames.ts'
import { createMarkReader } from './find-mark.ts'
import type { ExecListener, ExecStream } from './exec-stream.ts'

/** No more than this waits for either side (promise D10). */
const HIGH_WATER = 1024 * 1024
/** The page says its size at once; a page that does not is none of ours. */
const SIZE_WITHIN = 5_000

export interface ShellRelayOptions {
  browser: BrowserLink
  now(): number
  /** Starts the shell; rejects when it cannot be. */
  start(size: ShellSize, listener: ExecListener, signal: AbortSignal): Promise<ExecStream>
  /** Gives the terminal of this name another size; one that cannot be given stays as it is. */
  resize(terminal: string, size: ShellSize, signal: AbortSignal): Promise<void>
  /** Why starting failed: what the page is told, and how it ends. */
  failure(error: unknown): { exit: ShellExit | null; reason: CloseReason }
  onOpen(): void
  /** Told once: why it ended; null when the browser went. */
  onOver(reason: CloseReason | null): void
}

export interface ShellRelay {
  end(reason: CloseReason): void
  lastMovedAt(): number
  /** Since when the browser has taken nothing of what waits for it; null while nothing waits. */
  stuckSince(): number | null
}

/** Relays between a terminal in the page and a shell in a VM; neither makes more than a megabyte wait for the other. */
export function relayShell(options: ShellRelayOptions): ShellRelay {
  const { browser, now } = options
  const gone = new AbortController()
  const mark = createMarkReader()
  let exec: ExecStream | null = null
  let started = false
  let marked = false
  let terminal = ''
  let wanted: ShellSize | null = null
  let resizing = false
  let over = false
  let waiting = 0
  let movedAt = now()
  let takenAt = now()

  const finish = (reason: CloseReason | null, exit: ShellExit | null = null) => {
    if (over) return
    over = true
    clearTimeout(timer)
    gone.abort()
    exec?.close()
    if (exit !== null) send(shellJsonFrame('exit', exit))
    if (reason !== null) browser.end(reason)
    options.onOver(reason)
  }
  const timer = setTimeout(() => finish('shell-fault'), SIZE_WITHIN)
  const send = (frame: Uint8Array) => {
    browser.write(frameOf(OPCODE.binary, frame))
    if (browser.waiting >= HIGH_WATER) exec?.hold(true)
  }
  const output = (bytes: Uint8Array) => void (bytes.length > 0 && send(shellFrame('output', bytes)))
  const sayMode = (mode: ShellMode) => {
    marked = true
    send(shellJsonFrame('mode', mode))
  }
  /** One at a time, and the last one wins: each of them is a question to the API server. */
  const resize = async () => {
    if (resizing || terminal === '') return
    resizing = true
    for (let size = wanted; size !== null && !gone.signal.aborted; size = wanted) {
      wanted = null
      await options.resize(terminal, size, gone.signal).catch(() => undefined)
    }
    resizing = false
  }
  const listener: ExecListener = {
    onOutput(bytes) {
      movedAt = now()
      if (marked) return output(bytes)
      const found = mark.push(bytes)
      if (found === null) return
      terminal = found.mark?.name ?? ''
      sayMode({ terminal: found.mark?.terminal ?? false, resizes: terminal !== '' })
      void resize()
      output(found.rest)
    },
    onEnd(exit) {
      if (!marked) output(mark.rest())
      finish('shell-ended', exit ?? { code: null, message: '' })
    },
  }
  const begin = async (size: ShellSize) => {
    started = true
    clearTimeout(timer)
    try {
      const stream = await options.start(size, listener, gone.signal)
      if (over) return stream.close()
      exec = stream
      options.onOpen()
      browser.hold(false)
    } catch (error) {
      const { exit, reason } = options.failure(error)
      finish(reason, exit)
    }
  }
  const input = (bytes: Uint8Array) => {
    if (exec === null) return
    waiting += bytes.length
    if (waiting >= HIGH_WATER) browser.hold(true)
    exec.write(bytes, () => {
      waiting -= bytes.length
      if (waiting < HIGH_WATER / 2) browser.hold(false)
    })
  }
  const HEARD: Record<ShellFrameKind, (payload: Uint8Array) => void> = {
    input,
    end: () => exec?.endInput(),
    size(payload) {
      const size = readSize(payload)
      if (size === null) finish('shell-fault')
      else if (started) {
        wanted = size
        void resize()
      } else void begin(size)
    },
    output: () => finish('shell-fault'),
    mode: () => finish('shell-fault'),
    exit: () => finish('shell-fault'),
  }
  const frames = createShellFrameReader((kind, payload) => over || HEARD[kind](payload))
  browser.listen({
    onBytes(bytes) {
      movedAt = now()
      if (!frames.push(bytes)) finish('shell-fault')
    },
    onDrain() {
      takenAt = now()
      exec?.hold(false)
    },
    onOver: () => finish(null),
  })
  return {
    end: (reason) => finish(reason),
    lastMovedAt: () => movedAt,
    stuckSince: () => (browser.waiting === 0 ? null : takenAt),
  }
}
