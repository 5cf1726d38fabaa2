import type { WebSocket } from 'ws'
import { createShellFrameReader, shellFrame, sizePayload } from '../../../lib/fleet/console/shell-frames.ts'
import type { ShellExit, ShellMode, ShellSize } from '../../../lib/fleet/console/shell-frames.ts'

export interface ShellEnd {
  code: number
  reason: string
  exit: ShellExit | null
}

/** The terminal's end of a shell, as the page has it. */
export interface ShellClient {
  readonly mode: ShellMode | null
  /** All that the shell wrote so far. */
  readonly output: string
  type(text: string): void
  endInput(): void
  resize(size: ShellSize): void
  /** Resolves with all output once it has this in it; rejects when the connection ends before. */
  until(text: string | RegExp): Promise<string>
  ended: Promise<ShellEnd>
}

/** Speaks the terminal's protocol over an opened or opening WebSocket. */
export function shellClient(socket: WebSocket, size = { columns: 80, rows: 24 }): ShellClient {
  const over = Promise.withResolvers<ShellEnd>()
  const waiters = new Set<() => void>()
  const decoder = new TextDecoder()
  let output = ''
  let mode: ShellMode | null = null
  let exit: ShellExit | null = null
  let done = false
  const json = (payload: Uint8Array) => JSON.parse(new TextDecoder().decode(payload)) as unknown
  const reader = createShellFrameReader((kind, payload) => {
    if (kind === 'output') output += decoder.decode(payload, { stream: true })
    if (kind === 'mode') mode = json(payload) as ShellMode
    if (kind === 'exit') exit = json(payload) as ShellExit
  })
  socket.on('error', () => undefined)
  socket.on('open', () => socket.send(shellFrame('size', sizePayload(size))))
  socket.on('message', (data: Buffer) => {
    if (!reader.push(data)) socket.terminate()
    for (const look of waiters) look()
  })
  socket.on('close', (code, reason) => {
    done = true
    over.resolve({ code, reason: reason.toString(), exit })
    for (const look of waiters) look()
  })
  return {
    get mode() {
      return mode
    },
    get output() {
      return output
    },
    type: (text) => socket.send(shellFrame('input', Buffer.from(text))),
    endInput: () => socket.send(shellFrame('end', new Uint8Array())),
    resize: (next) => socket.send(shellFrame('size', sizePayload(next))),
    until: (text) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (typeof text === 'string' ? output.includes(text) : text.test(output)) resolve(output)
          else if (done) reject(new Error(`ended before ${String(text)}: ${JSON.stringify(output)}`))
          else return
          waiters.delete(look)
        }
        waiters.add(look)
        look()
      }),
    ended: over.promise,
  }
}
