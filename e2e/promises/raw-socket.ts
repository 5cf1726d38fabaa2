import { connect } from 'node:net'

/** What came of bytes that were sent to a server. */
export interface RawAnswer {
  /** The status of every answer on this connection, in order. */
  statuses: number[]
  /** The server, not this side's patience, ended it. */
  ended: boolean
}

/** Bytes to send; a stream of them for what is too large to hold. */
export type RawBytes = string | Buffer | Iterable<Buffer>

interface RawOptions {
  /** Cuts the connection (RST) when all is sent, instead of waiting for an answer. */
  cut?: boolean
}

const PATIENCE_MS = 20_000
/** A request that is cut short is waited for in vain: then this side ends it. */
const SILENCE_MS = 250

const statusesIn = (text: string) =>
  [...text.matchAll(/^HTTP\/1\.1 (\d{3}) /gm)].map((match) => Number(match[1]))

/** Sends bytes over a connection of their own, and reads what the server says until it ends, or falls silent. */
export function sendRaw(port: number, bytes: RawBytes, { cut = false }: RawOptions = {}): Promise<RawAnswer> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' })
    let text = ''
    let ended = true
    let silence: NodeJS.Timeout | undefined
    const giveUp = setTimeout(() => {
      ended = false
      socket.destroy()
    }, PATIENCE_MS)
    const parts = (typeof bytes === 'string' || Buffer.isBuffer(bytes) ? [Buffer.from(bytes)] : bytes)[
      Symbol.iterator
    ]()
    const write = () => {
      while (!socket.destroyed) {
        const { value, done } = parts.next()
        if (done) {
          if (cut) socket.resetAndDestroy()
          else silence = setTimeout(() => socket.end(), SILENCE_MS)
          return
        }
        if (!socket.write(value)) {
          socket.once('drain', write)
          return
        }
      }
    }
    socket.on('connect', write)
    socket.on('data', (chunk: Buffer) => {
      // Heads are at the beginning of answers; pages behind them are not kept.
      if (text.length < 65_536) text += chunk.toString('latin1')
      silence?.refresh()
    })
    // A server that has heard enough may cut the connection: that is an end, too.
    socket.on('error', () => socket.destroy())
    socket.on('close', () => {
      clearTimeout(giveUp)
      clearTimeout(silence)
      resolve({ statuses: statusesIn(text), ended })
    })
  })
}
