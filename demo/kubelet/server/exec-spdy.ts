import type { Duplex } from 'node:stream'
import { byteQueue } from './byte-queue.ts'
import { statusOfOutcome, type Outcome } from './exec-outcome.ts'
import type { ExecOptions, ExecSession, RunSession } from './exec-session.ts'
import { writeTo } from '../../api/upgrade-socket.ts'
import { spdyConnection, type SpdyStream } from './spdy/connection.ts'

const V4 = 'v4.channel.k8s.io'
/** How long a client may take to open its streams. */
const CREATION_MS = 30_000

const wantedStreams = (options: ExecOptions): string[] => [
  'error',
  ...(options.stdin ? ['stdin'] : []),
  ...(options.stdout ? ['stdout'] : []),
  ...(options.stderr ? ['stderr'] : []),
  ...(options.tty ? ['resize'] : []),
]

/** The protocols that a client offers, over one or several headers. */
export const offeredProtocols = (header: string | string[] | undefined): string[] =>
  [header ?? []]
    .flat()
    .flatMap((line) => line.split(','))
    .map((one) => one.trim())
    .filter((one) => one !== '')

/** The answer to a client that offers none of the protocols; undefined when there is one in common. */
export function spdyRefusal(offered: readonly string[], accepted: string): string | undefined {
  if (offered.includes(accepted)) return undefined
  const supports = `client supports [${offered.join(' ')}], server accepts [${accepted}]`
  return `unable to upgrade: unable to negotiate protocol: ${supports}`
}

/** Says that the connection is SPDY from here on. */
export const switchToSpdy = (socket: Duplex, protocol: string) =>
  writeTo(
    socket,
    Buffer.from(
      `HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: SPDY/3.1\r\nX-Stream-Protocol-Version: ${protocol}\r\n\r\n`,
    ),
  )

function sessionOf(
  streams: ReadonlyMap<string, SpdyStream>,
  connection: ReturnType<typeof spdyConnection>,
): ExecSession {
  const none = byteQueue()
  none.end()
  const output = (name: string) => async (bytes: Uint8Array) => {
    if (bytes.length > 0) await streams.get(name)?.write(bytes)
  }
  return {
    stdin: streams.get('stdin')?.received ?? none,
    stdout: output('stdout'),
    stderr: output('stderr'),
    signal: connection.signal,
    async finish(outcome: Outcome) {
      await streams.get('error')?.write(Buffer.from(JSON.stringify(statusOfOutcome(outcome))))
      for (const name of ['stdout', 'stderr', 'error']) await streams.get(name)?.end()
      await connection.close()
    },
  }
}

/** Takes the connection over as SPDY/3.1 with protocol v4, waits for the streams and runs the session. */
export async function execOverSpdy(
  upgrade: { socket: Duplex; head: Buffer },
  options: ExecOptions,
  run: RunSession,
): Promise<void> {
  const { socket, head } = upgrade
  const missing = new Set(wantedStreams(options))
  const streams = new Map<string, SpdyStream>()
  await switchToSpdy(socket, V4)
  const complete = Promise.withResolvers<void>()
  const timer = setTimeout(
    () => complete.reject(new Error('timed out waiting for client to create streams')),
    CREATION_MS,
  )
  const connection = spdyConnection(socket, head, (stream) => {
    const name = stream.headers.streamtype ?? ''
    if (!missing.delete(name)) return
    streams.set(name, stream)
    if (missing.size === 0) complete.resolve()
  })
  connection.signal.addEventListener('abort', () => complete.reject(connection.signal.reason))
  try {
    await complete.promise
    clearTimeout(timer)
    await run(sessionOf(streams, connection))
  } catch {
    // Nobody is left to tell, or somebody who never asked for anything.
    socket.destroy()
  } finally {
    clearTimeout(timer)
  }
}
