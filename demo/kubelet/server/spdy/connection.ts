import type { Duplex } from 'node:stream'
import { byteQueue, type ByteQueue } from '../byte-queue.ts'
import { endGently, writeTo } from '../../../api/upgrade-socket.ts'
import { FramingError, frameReader } from './frame-reader.ts'
import { encodeFrame, RESET, type Frame } from './frames.ts'
import { headerDeflater, headerInflater, type Headers } from './header-block.ts'

/** One stream that the client has opened. */
export interface SpdyStream {
  headers: Headers
  /** What the client sends. */
  received: ByteQueue
  /** Resolves when the connection has taken the bytes. */
  write(bytes: Uint8Array): Promise<void>
  /** Says that nothing more comes from this side. */
  end(): Promise<void>
}

export interface SpdyConnection {
  /** Aborted when the client is gone, or when it breaks the protocol. */
  signal: AbortSignal
  /** Sends GOAWAY and ends the connection; what was written before still arrives. */
  close(): Promise<void>
}

/** Data goes out in frames of this size at most. */
const PIECE = 64 * 1024

/**
 * The server's side of SPDY/3.1 over a socket that has been upgraded: answers every stream with an empty SYN_REPLY and
 * hands it over. There is no flow control per stream, as in the library of the original: the socket's own holds for all,
 * so a client that sends faster than its bytes are read is not read from.
 */
export function spdyConnection(
  socket: Duplex,
  head: Buffer,
  opened: (stream: SpdyStream) => void,
): SpdyConnection {
  const gone = new AbortController()
  const streams = new Map<number, SpdyStream>()
  const inflater = headerInflater()
  const deflater = headerDeflater()
  let lastStreamId = 0
  let leaving = false

  const send = (frame: Frame) => writeTo(socket, encodeFrame(frame))
  const end = (reason: Error) => {
    gone.abort(reason)
    for (const stream of streams.values()) stream.received.close()
    streams.clear()
    inflater.close()
    deflater.close()
  }

  const streamOf = (streamId: number, headers: Headers): SpdyStream => ({
    headers,
    received: byteQueue(),
    async write(bytes) {
      for (let at = 0; at < bytes.length; at += PIECE) {
        const data = Buffer.from(bytes.subarray(at, at + PIECE))
        await send({ type: 'data', streamId, fin: false, data })
      }
    },
    end: () => send({ type: 'data', streamId, fin: true, data: Buffer.alloc(0) }),
  })

  const open = async (frame: Extract<Frame, { type: 'syn-stream' }>) => {
    const headers = await inflater.headers(frame.block)
    if (leaving) return
    // The client's streams have odd numbers that grow.
    if (frame.streamId % 2 === 0 || frame.streamId <= lastStreamId) {
      await send({ type: 'rst-stream', streamId: frame.streamId, status: RESET.protocolError })
      return
    }
    lastStreamId = frame.streamId
    const stream = streamOf(frame.streamId, headers)
    if (frame.fin) stream.received.end()
    streams.set(frame.streamId, stream)
    const block = await deflater.block({})
    await send({ type: 'syn-reply', streamId: frame.streamId, fin: false, block })
    opened(stream)
  }

  const take = async (frame: Frame): Promise<void> => {
    switch (frame.type) {
      case 'syn-stream':
        return open(frame)
      case 'data': {
        const stream = streams.get(frame.streamId)
        await stream?.received.push(frame.data)
        if (frame.fin) stream?.received.end()
        return undefined
      }
      case 'rst-stream':
        streams.get(frame.streamId)?.received.close()
        streams.delete(frame.streamId)
        return undefined
      case 'ping':
        // Odd pings are the client's, and go back as they are.
        return frame.id % 2 === 1 ? send(frame) : undefined
      case 'go-away':
        return end(new Error('the client has said good-bye'))
      case 'headers':
      case 'syn-reply':
        // Not used here, but their compression goes on from them.
        await inflater.headers(frame.block)
        return undefined
      case 'settings':
      case 'window-update':
        return undefined
    }
  }

  const serve = async () => {
    const read = frameReader()
    for (const frame of read(head)) await take(frame)
    for await (const chunk of socket) {
      if (leaving) continue
      for (const frame of read(chunk as Buffer)) await take(frame)
    }
  }
  socket.on('error', () => socket.destroy())
  serve().then(
    () => {
      end(new Error('the client has closed the connection'))
      socket.destroy()
    },
    (error: unknown) => {
      end(error instanceof Error ? error : new FramingError(String(error)))
      socket.destroy()
    },
  )

  return {
    signal: gone.signal,
    async close() {
      if (leaving || socket.destroyed) return
      leaving = true
      for (const stream of streams.values()) stream.received.close()
      await send({ type: 'go-away', lastStreamId, status: 0 })
      endGently(socket)
    },
  }
}
