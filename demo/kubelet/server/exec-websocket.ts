import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer, type RawData, type WebSocket } from 'ws'
import { byteQueue } from './byte-queue.ts'
import { statusOfOutcome, translatedStatusOf, type Outcome, type StreamStatus } from './exec-outcome.ts'
import type { ExecOptions, RunSession } from './exec-session.ts'

const V4 = 'v4.channel.k8s.io'
const V5 = 'v5.channel.k8s.io'
type Protocol = typeof V4 | typeof V5

const STATUS: Record<Protocol, (outcome: Outcome) => StreamStatus> = {
  [V4]: statusOfOutcome,
  [V5]: translatedStatusOf,
}

/** The first byte of every message. The last one ends the channel that the second byte names; only v5 has it. */
const CHANNEL = { stdin: 0, stdout: 1, stderr: 2, error: 3, resize: 4, close: 255 } as const

const NORMAL_CLOSURE = 1000

const bytesOf = (data: RawData): Buffer =>
  Array.isArray(data) ? Buffer.concat(data) : Buffer.isBuffer(data) ? data : Buffer.from(data)

function protocolOf(offered: Iterable<string>): Protocol | undefined {
  for (const one of offered) if (one === V4 || one === V5) return one
  return undefined
}

const server = new WebSocketServer({
  noServer: true,
  perMessageDeflate: false,
  maxPayload: 8 * 1024 * 1024,
  handleProtocols: (offered) => protocolOf(offered) ?? false,
})

/** Whether a WebSocket client speaks a protocol that exec has; the original answers 403 otherwise. */
export const speaksChannels = (request: IncomingMessage) =>
  protocolOf((request.headers['sec-websocket-protocol'] ?? '').split(',').map((one) => one.trim())) !==
  undefined

function serve(socket: WebSocket, options: ExecOptions, run: RunSession): void {
  const gone = new AbortController()
  const stdin = byteQueue()
  if (!options.stdin) stdin.end()
  // One after the other, and the socket pauses meanwhile: a program that does not read makes its client wait.
  let fed = Promise.resolve()

  socket.on('message', (data) => {
    const message = bytesOf(data)
    const [channel, second] = message
    if (channel === CHANNEL.close && socket.protocol === V5 && second === CHANNEL.stdin) {
      fed = fed.then(() => stdin.end())
    }
    if (channel !== CHANNEL.stdin || !options.stdin) return
    socket.pause()
    fed = fed.then(() => stdin.push(message.subarray(1))).then(() => socket.resume())
  })
  socket.on('error', () => socket.terminate())
  socket.on('close', () => {
    gone.abort(new Error('the client has closed the connection'))
    stdin.close()
  })

  const send = (channel: number, bytes: Uint8Array) =>
    new Promise<void>((resolve, reject) => {
      const message = Buffer.concat([Buffer.from([channel]), bytes])
      socket.send(message, (error) => (error ? reject(error) : resolve()))
    })
  const output = (wanted: boolean, channel: number) => async (bytes: Uint8Array) => {
    if (wanted && bytes.length > 0) await send(channel, bytes)
  }
  // Clients take an empty message as the sign that the session stands.
  const first = options.stdout ? CHANNEL.stdout : options.stderr ? CHANNEL.stderr : CHANNEL.error

  const session = {
    stdin,
    stdout: output(options.stdout, CHANNEL.stdout),
    stderr: output(options.stderr, CHANNEL.stderr),
    signal: gone.signal,
    async finish(outcome: Outcome) {
      const protocol = protocolOf([socket.protocol]) ?? V4
      await send(CHANNEL.error, Buffer.from(JSON.stringify(STATUS[protocol](outcome))))
      stdin.close()
      socket.resume()
      socket.close(NORMAL_CLOSURE)
    },
  }
  send(first, Buffer.alloc(0))
    .then(() => run(session))
    .catch(() => socket.terminate())
}

/** Takes the connection over as WebSocket channels (v4 and v5 of the remote command protocol) and runs the session. */
export function execOverWebSocket(
  upgrade: { request: IncomingMessage; socket: Duplex; head: Buffer },
  options: ExecOptions,
  run: RunSession,
): void {
  server.handleUpgrade(upgrade.request, upgrade.socket, upgrade.head, (socket) => serve(socket, options, run))
}
