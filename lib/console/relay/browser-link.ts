import type { Duplex } from 'node:stream'
import type { CloseReason } from '../../fleet/console/close-codes.ts'
import { CLOSE_CODES } from '../../fleet/console/close-codes.ts'
import { createFrameReader } from '../web-socket/frame-reader.ts'
import { closeFrame, frameOf, OPCODE } from '../web-socket/frames.ts'

export interface BrowserListener {
  onBytes(bytes: Buffer): void
  /** All that waited is taken. */
  onDrain(): void
  /** The browser closed it, broke the protocol, or is gone. Told once, and not after `end`. */
  onOver(): void
}

/** The browser's end of a console, by our own framing over the upgraded socket. */
export interface BrowserLink {
  /** Bytes that it has not taken. */
  readonly waiting: number
  readonly over: boolean
  /** From now on the browser is heard. */
  listen(listener: BrowserListener): void
  /** Sends bytes that are a frame already; `sent` is told when they may be overwritten. */
  write(frame: Buffer, sent?: () => void): void
  /** Stops or goes on reading what the browser sends. */
  hold(held: boolean): void
  ping(): void
  /** How much it has sent and got so far, our framing of what it gets included. */
  traffic(): { sent: number; received: number }
  /** When it last sent anything at all, pongs included. */
  lastHeardAt(): number
  /** Says goodbye, with the reason. */
  end(reason: CloseReason): void
}

/** After a close frame the browser has so long (ms) to close. */
const GOODBYE = 1_000
/** Who pings while so many bytes wait is answered by them. */
const PONG_BEHIND = 64 * 1024
const NOTHING = Buffer.alloc(0)
const NOBODY: BrowserListener = { onBytes() {}, onDrain() {}, onOver() {} }

/** `head` is what came with the request, behind it. */
export function createBrowserLink(socket: Duplex, head: Buffer, now: () => number): BrowserLink {
  let listener = NOBODY
  let heardAt = now()
  let over = false
  let sent = 0
  let received = 0
  const finish = (frame: Buffer | null, tell: boolean) => {
    if (over) return
    over = true
    if (frame === null) socket.destroy()
    else {
      socket.end(frame)
      const timer = setTimeout(() => socket.destroy(), GOODBYE)
      socket.once('close', () => clearTimeout(timer))
      // Or its own goodbye would never be read.
      socket.resume()
    }
    if (tell) listener.onOver()
  }
  const gone = () => finish(null, true)
  const write = (frame: Buffer, taken?: () => void) => {
    received += frame.length
    socket.write(frame, taken)
  }
  const reader = createFrameReader({
    onBytes(bytes) {
      sent += bytes.length
      listener.onBytes(bytes)
    },
    onPing: (payload) => socket.writableLength > PONG_BEHIND || write(frameOf(OPCODE.pong, payload)),
    onClose: (code) => finish(code === 1005 ? frameOf(OPCODE.close, NOTHING) : closeFrame(code, ''), true),
    onFault: (code) => finish(closeFrame(code, ''), true),
  })
  const hear = (chunk: Buffer) => {
    heardAt = now()
    if (!over) reader.push(chunk)
  }
  for (const event of ['error', 'end', 'close']) socket.on(event, gone)

  return {
    get waiting() {
      return socket.writableLength
    },
    get over() {
      return over
    },
    listen(next) {
      listener = next
      socket.on('drain', () => over || listener.onDrain())
      if (head.length > 0) hear(head)
      socket.on('data', hear)
    },
    write,
    hold: (held) => void (over || (held ? socket.pause() : socket.resume())),
    ping: () => void (over || write(frameOf(OPCODE.ping, NOTHING))),
    traffic: () => ({ sent, received }),
    lastHeardAt: () => heardAt,
    end: (reason) => finish(closeFrame(CLOSE_CODES[reason], reason), false),
  }
}
