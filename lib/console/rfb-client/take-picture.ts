import { CaptureFailed } from './capture-failed.ts'
import type { ScreenConnection } from './connect-screen.ts'
import { decodeHextile } from './decode-hextile.ts'
import { decodeTight } from './decode-tight.ts'
import { decodeZrle } from './decode-zrle.ts'
import { decodeCopyRect, decodeRaw, type Decoder } from './decoder.ts'
import { createFrame, isInside, type Frame, type Rect } from './frame.ts'
import { createInflater, type Inflater } from './inflater.ts'

const DESKTOP_SIZE = -223
const LAST_RECT = -224
const JPEG_QUALITY = -26
const MOST_PIXELS = 40_000_000

const DECODERS: Readonly<Record<number, Decoder>> = {
  7: decodeTight,
  16: decodeZrle,
  5: decodeHextile,
  1: decodeCopyRect,
  0: decodeRaw,
}

/** The best one first. */
const ENCODINGS = [7, 16, 5, 1, 0, JPEG_QUALITY, LAST_RECT, DESKTOP_SIZE]

/** 32 bits, the little end first: the bytes are red, green, blue and nothing. */
const PIXEL_FORMAT = Buffer.of(0, 0, 0, 0, 32, 24, 0, 1, 0, 255, 0, 255, 0, 255, 0, 8, 16, 0, 0, 0)

function setEncodings(encodings: readonly number[]): Buffer {
  const out = Buffer.alloc(4 + encodings.length * 4)
  out.writeUInt8(2, 0)
  out.writeUInt16BE(encodings.length, 2)
  encodings.forEach((encoding, index) => out.writeInt32BE(encoding, 4 + index * 4))
  return out
}

/** Asks for a part of the picture, whether it has changed or not. */
function request({ width, height }: Frame, incremental: boolean): Buffer {
  const out = Buffer.alloc(10)
  out.writeUInt8(3, 0)
  out.writeUInt8(incremental ? 1 : 0, 1)
  out.writeUInt16BE(width, 6)
  out.writeUInt16BE(height, 8)
  return out
}

/**
 * One whole picture of a screen. `encodings` are those to ask for, for tests.
 * @throws CaptureFailed
 */
export async function takePicture(connection: ScreenConnection, encodings = ENCODINGS): Promise<Frame> {
  const { input, send } = connection
  const streams = new Map<number, Inflater>()
  let frame = createFrame(connection.width, connection.height)
  let painted = 0

  const reset = (index: number) => {
    streams.get(index)?.close()
    streams.delete(index)
  }
  const stream = (index: number) => {
    const known = streams.get(index)
    if (known) return known
    const fresh = createInflater()
    streams.set(index, fresh)
    return fresh
  }
  const ask = (incremental: boolean) => send(request(frame, incremental))
  const resize = ({ width, height }: Rect) => {
    if (width * height > MOST_PIXELS)
      throw new CaptureFailed('not-vnc', `A screen of ${width} by ${height} is too large.`)
    frame = createFrame(width, height)
    painted = 0
  }
  /** Whether it was the last one of its update. */
  const rectangle = async (): Promise<boolean> => {
    const head = await input.read(12)
    const encoding = head.readInt32BE(8)
    const rect = {
      x: head.readUInt16BE(0),
      y: head.readUInt16BE(2),
      width: head.readUInt16BE(4),
      height: head.readUInt16BE(6),
    }
    if (encoding === LAST_RECT) return true
    if (encoding === DESKTOP_SIZE) {
      resize(rect)
      return false
    }
    const decode = DECODERS[encoding]
    if (!decode)
      throw new CaptureFailed('not-vnc', `The server used the encoding ${encoding}, which nobody asked for.`)
    if (!isInside(frame, rect)) throw new CaptureFailed('not-vnc', 'A part lies outside of the screen.')
    await decode(input, rect, { frame, stream, reset })
    painted += rect.width * rect.height
    return false
  }
  const update = async () => {
    const count = (await input.read(3)).readUInt16BE(1)
    for (let index = 0; index < count; index++) if (await rectangle()) break
  }
  const skip: Readonly<Record<number, () => Promise<unknown>>> = {
    1: async () => input.read((await input.read(5)).readUInt16BE(3) * 6),
    2: async () => {},
    3: async () => input.read(Math.abs((await input.read(7)).readInt32BE(3))),
  }
  try {
    send(Buffer.concat([PIXEL_FORMAT, setEncodings(encodings)]))
    ask(false)
    while (frame.width * frame.height > painted) {
      const [type = 0] = await input.read(1)
      if (type === 0) {
        const before = frame
        await update()
        // Some show a new screen piece by piece, and one of another size has yet to be asked for.
        if (painted < frame.width * frame.height) ask(frame === before)
        continue
      }
      const rest = skip[type]
      if (!rest) throw new CaptureFailed('not-vnc', `The server sent a message of the unknown type ${type}.`)
      await rest()
    }
    return frame
  } catch (error) {
    // What lies outside of a buffer was never sent.
    if (error instanceof RangeError) throw new CaptureFailed('not-vnc', error.message)
    throw error
  } finally {
    for (const index of streams.keys()) reset(index)
  }
}
