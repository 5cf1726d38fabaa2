import type { ConsoleAnswer } from '../../lib/fleet/console/answer.ts'
import { endOf } from '../../lib/fleet/console/close-codes.ts'
import type { ConsoleEnd } from '../../lib/fleet/console/close-codes.ts'
import type { ShellExit, ShellMode, ShellSize } from '../../lib/fleet/console/shell-frames.ts'
import { createShellFrameReader, shellFrame, sizePayload } from '../../lib/fleet/console/shell-frames.ts'
import type { Vm } from '../../lib/fleet/vm.ts'
import { askTicket } from '../console/session/ask-ticket.ts'

export interface ShellListener {
  onMode(mode: ShellMode): void
  onOutput(bytes: Uint8Array): void
  /** Told once. `refusal` is why there was no ticket. */
  onOver(over: { end: ConsoleEnd; exit: ShellExit | null } | { refusal: unknown }): void
}

/** One shell in a VM, from this page. */
export interface ShellSession {
  type(text: string): void
  endInput(): void
  /** Tells the shell how large the page is now. */
  resize(size: ShellSize): void
  /** Nothing is told after it. */
  close(): void
}

const json = (payload: Uint8Array): unknown => JSON.parse(new TextDecoder().decode(payload))

function connect(answer: ConsoleAnswer, size: ShellSize, listener: ShellListener): WebSocket {
  const socket = new WebSocket(answer.path, answer.protocols)
  socket.binaryType = 'arraybuffer'
  let opened = false
  let exit: ShellExit | null = null
  const reader = createShellFrameReader((kind, payload) => {
    if (kind === 'output') listener.onOutput(payload)
    if (kind === 'mode') listener.onMode(json(payload) as ShellMode)
    if (kind === 'exit') exit = json(payload) as ShellExit
  })
  socket.addEventListener('open', () => {
    opened = true
    socket.send(shellFrame('size', sizePayload(size)))
  })
  socket.addEventListener('message', ({ data }: MessageEvent<ArrayBuffer>) => {
    if (!reader.push(new Uint8Array(data))) socket.close()
  })
  socket.addEventListener('close', ({ code }) => listener.onOver({ end: endOf(code, opened), exit }))
  return socket
}

/** Opens a shell of the size of the page: asks for a ticket, then for the shell. It is never opened again by itself. */
export function openShellSession(
  vm: Pick<Vm, 'uid' | 'namespace' | 'name'>,
  size: ShellSize,
  listener: ShellListener,
): ShellSession {
  let socket: WebSocket | null = null
  let closed = false
  const unlessClosed: ShellListener = {
    onMode: (mode) => closed || listener.onMode(mode),
    onOutput: (bytes) => closed || listener.onOutput(bytes),
    onOver: (over) => closed || listener.onOver(over),
  }
  askTicket(vm, 'exec').then(
    (answer) => {
      if (!closed) socket = connect(answer, size, unlessClosed)
    },
    (refusal: unknown) => unlessClosed.onOver({ refusal }),
  )
  const send = (frame: Uint8Array<ArrayBuffer>) => {
    if (socket?.readyState === WebSocket.OPEN) socket.send(frame)
  }
  return {
    type: (text) => send(shellFrame('input', new TextEncoder().encode(text))),
    endInput: () => send(shellFrame('end', new Uint8Array())),
    resize: (next) => send(shellFrame('size', sizePayload(next))),
    close() {
      closed = true
      socket?.close()
    },
  }
}
