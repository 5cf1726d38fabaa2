import { connect } from 'node:net'
import type { Socket } from 'node:net'
import type { VncEndpoint } from '../../fleet/can/vnc-endpoint.ts'
import { createGreeting } from '../relay/greeting.ts'
import { authenticate } from './authenticate.ts'
import { CaptureFailed } from './capture-failed.ts'
import { createSource, type Source } from './source.ts'

export interface DialOptions {
  /** Where the target policy said that the screen is: dialled exactly as it is. */
  endpoint: VncEndpoint
  /** '' when none is configured. */
  password: string
  /** Ends the connection; what is waited for then fails. */
  signal: AbortSignal
}

/** A connection on which a server shares its screen with us. Nothing but requests for pictures is ever sent on it. */
export interface ScreenConnection {
  width: number
  height: number
  input: Source
  send(bytes: Buffer): void
  isOpen(): boolean
  close(): void
}

/** Larger screens are somebody's mistake, or attack. */
const MOST_PIXELS = 40_000_000
const MOST_NAME = 64 * 1024
/** Others may look as well: never anything else, so that no viewer is put out. */
const SHARED = Buffer.of(1)

function dial({ endpoint, signal }: DialOptions): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ ...endpoint, autoSelectFamily: false, noDelay: true })
    const give = () => socket.destroy(new Error('It took too long.'))
    if (signal.aborted) give()
    signal.addEventListener('abort', give, { once: true })
    socket.once('close', () => {
      signal.removeEventListener('abort', give)
      reject(new CaptureFailed('unreachable', `Nothing answers at ${endpoint.host}:${endpoint.port}.`))
    })
    // Whoever reads learns of it; what is listened for here is that there is an answer.
    socket.on('error', () => {})
    socket.once('connect', () => resolve(socket))
  })
}

/** The minor version to speak. */
async function greet(input: Source): Promise<number> {
  const greeting = createGreeting()
  const chunk = await input.read(12)
  if (greeting.read(chunk).state !== 'rfb')
    throw new CaptureFailed('not-vnc', 'What answers is no VNC server.')
  const minor = Number(chunk.toString('latin1', 8, 11))
  const major = Number(chunk.toString('latin1', 4, 7))
  return major > 3 || minor >= 8 ? 8 : minor === 7 ? 7 : 3
}

/** Everything up to the picture itself. */
async function introduce(input: Source, send: (bytes: Buffer) => void, password: string) {
  const minor = await greet(input)
  send(Buffer.from(`RFB 003.00${minor}\n`))
  await authenticate(input, send, minor, password)
  send(SHARED)
  const init = await input.read(24).catch(() => {
    // It had let us in, until it heard that we would share.
    throw new CaptureFailed('not-shared', 'The VNC server shows itself to one viewer only.')
  })
  const [width, height, name] = [init.readUInt16BE(0), init.readUInt16BE(2), init.readUInt32BE(20)]
  if (name > MOST_NAME) throw new CaptureFailed('not-vnc', 'The name of the screen has no end.')
  await input.read(name)
  if (width * height > MOST_PIXELS)
    throw new CaptureFailed('not-vnc', `A screen of ${width} by ${height} is too large.`)
  return { width, height }
}

/** Dials a screen and is let in. @throws CaptureFailed */
export async function connectScreen(options: DialOptions): Promise<ScreenConnection> {
  const socket = await dial(options)
  const input = createSource(socket)
  const send = (bytes: Buffer) => void socket.write(bytes)
  try {
    const size = await introduce(input, send, options.password)
    return {
      ...size,
      input,
      send,
      isOpen: () => !socket.destroyed && !socket.readableEnded,
      close: () => socket.destroy(),
    }
  } catch (error) {
    socket.destroy()
    throw error
  }
}
