import type { RawData } from 'ws'
import type { ShellExit } from '../../fleet/console/shell-frames.ts'
import type { Transport } from '../../kube/transport.ts'
import { exitOf } from './exec-outcome.ts'

const CHANNEL = { stdin: 0, stdout: 1, stderr: 2, status: 3 } as const
/** Since v5 a stream can be closed alone. */
const CLOSE = 255
const V5 = 'v5.channel.k8s.io'
const PROTOCOLS = [V5, 'v4.channel.k8s.io']

export interface ExecListener {
  onOutput(bytes: Buffer): void
  /** Told once, after all output; null when the connection ended without a word. */
  onEnd(exit: ShellExit | null): void
}

function bytesOf(data: RawData): Buffer {
  if (Array.isArray(data)) return Buffer.concat(data)
  return Buffer.isBuffer(data) ? data : Buffer.from(data)
}

/** A command that runs in a VM, through the API server. */
export interface ExecStream {
  /** `taken` is told when it has left this process. */
  write(bytes: Uint8Array, taken: () => void): void
  /** Nothing more comes. */
  endInput(): void
  hold(held: boolean): void
  /** Ends it, whatever it is doing: a shell without input ends by itself. */
  close(): void
}

/**
 * Runs a command in a pod (contract 6.7). Nothing is sent before the API server has switched protocols.
 * @throws NoSocket, or Error when there is no answer
 */
export async function startExec(
  transport: Transport,
  { namespace, name }: { namespace: string; name: string },
  command: readonly string[],
  listener: ExecListener,
  signal: AbortSignal,
): Promise<ExecStream> {
  const query = new URLSearchParams({ stdin: 'true', stdout: 'true', stderr: 'true', tty: 'false' })
  for (const word of command) query.append('command', word)
  const path = `/api/v1/namespaces/${namespace}/pods/${name}/exec`
  const socket = await transport.openSocket({ path, query, protocols: PROTOCOLS, signal })
  let exit: ShellExit | null = null
  let over = false
  const end = () => {
    if (over) return
    over = true
    listener.onEnd(exit)
  }
  socket.on('message', (data: RawData) => {
    const message = bytesOf(data)
    const [channel] = message
    const bytes = message.subarray(1)
    if (channel === CHANNEL.status) exit = exitOf(bytes.toString('utf8'))
    else if ((channel === CHANNEL.stdout || channel === CHANNEL.stderr) && bytes.length > 0) {
      listener.onOutput(bytes)
    }
  })
  socket.on('close', end)
  socket.resume()
  const say = (channel: number, bytes: Uint8Array, taken: () => void) =>
    void (socket.readyState === socket.OPEN && socket.send(Buffer.concat([Buffer.of(channel), bytes]), taken))
  const endInput = () => {
    if (socket.protocol === V5) say(CLOSE, Buffer.of(CHANNEL.stdin), () => undefined)
  }
  return {
    write: (bytes, taken) => say(CHANNEL.stdin, bytes, taken),
    endInput,
    hold: (held) => (held ? socket.pause() : socket.resume()),
    close() {
      over = true
      endInput()
      socket.close(1000)
      // An API server that does not answer keeps nothing of ours.
      setTimeout(() => socket.terminate(), 1_000).unref()
    },
  }
}
