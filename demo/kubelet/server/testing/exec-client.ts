import type { ClientOptions } from 'ws'
import { WebSocket } from 'ws'

/** One exec over WebSocket channels, as a browser or client-node would do it. */
export interface ExecClient {
  socket: WebSocket
  send(text: string): void
  /** Ends stdin (v5). */
  endInput(): void
  /** Everything that came until the server closed. */
  done: Promise<{ stdout: Buffer; stderr: string; status: unknown; code: number; first: string }>
  /** Resolves when stdout has this text. */
  saw(text: string): Promise<void>
}

/** Opens a session; `done` rejects when the server does not upgrade. */
export function execClient(url: string, protocols: string[], options: ClientOptions): ExecClient {
  const socket = new WebSocket(url, protocols, options)
  const parts: Record<number, Buffer[]> = { 1: [], 2: [], 3: [] }
  const waiting: (() => void)[] = []
  let first = ''
  const text = (channel: number) => Buffer.concat(parts[channel] ?? []).toString()
  socket.on('message', (data: Buffer) => {
    if (first === '') first = data.toString('hex')
    parts[data[0] ?? 0]?.push(data.subarray(1))
    for (const look of waiting) look()
  })
  const done = new Promise<Awaited<ExecClient['done']>>((resolve, reject) => {
    socket.on('error', reject)
    socket.on('close', (code) => {
      const status: unknown = text(3) === '' ? undefined : JSON.parse(text(3))
      resolve({ stdout: Buffer.concat(parts[1] ?? []), stderr: text(2), status, code, first })
    })
  })
  return {
    socket,
    send: (input) => socket.send(Buffer.concat([Buffer.from([0]), Buffer.from(input)])),
    endInput: () => socket.send(Buffer.from([255, 0])),
    done,
    saw: (wanted) =>
      new Promise((resolve) => {
        const look = () => void (text(1).includes(wanted) && resolve())
        waiting.push(look)
        look()
      }),
  }
}
