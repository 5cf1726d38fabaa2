import { ARROW } from '../scene/draw-scene.ts'
import type { Canvas, Rect } from '../canvas.ts'
import type { Copy } from '../desktop.ts'
import { encodeHextile } from './encode-hextile.ts'
import { encodeRaw } from './encode-raw.ts'
import { zrleTiles, type Compressor } from './encode-zrle.ts'
import { ENCODING, rectHead } from './encodings.ts'
import { compactWriter, pixelWriter, type PixelFormat } from './pixel-format.ts'

/** The encodings of pixels, of which a client gets the one that it named first. */
export type PixelEncoding = 'raw' | 'hextile' | 'zrle'

const QUESTION_MARK = 63

const uint32 = (value: number) => {
  const out = Buffer.alloc(4)
  out.writeUInt32BE(value, 0)
  return out
}

/** One rectangle of pixels; what is compressed later stands as it was when this was called. */
export async function encodePixels(
  canvas: Canvas,
  rect: Rect,
  format: PixelFormat,
  encoding: PixelEncoding,
  zlib: () => Compressor,
): Promise<Buffer[]> {
  const head = rectHead(rect, ENCODING[encoding])
  if (encoding === 'zrle') {
    const { put, size } = compactWriter(format)
    const packed = await zlib().compress(zrleTiles(canvas, rect, put, size))
    return [head, uint32(packed.length), packed]
  }
  const encode = encoding === 'hextile' ? encodeHextile : encodeRaw
  return [head, encode(canvas, rect, pixelWriter(format), format.bytes)]
}

/** CopyRect: where the pixels are that moved. */
export function encodeCopy({ from, x, y }: Copy): Buffer {
  const source = Buffer.alloc(4)
  source.writeUInt16BE(from.x, 0)
  source.writeUInt16BE(from.y, 2)
  return Buffer.concat([
    rectHead({ x, y, width: from.width, height: from.height }, ENCODING.copyRect),
    source,
  ])
}

/** The arrow, for clients that draw the pointer themselves: pixels, then a mask of one bit each. */
export function encodeCursor(format: PixelFormat): Buffer {
  const width = Math.max(...ARROW.map((row) => row.length))
  const height = ARROW.length
  const put = pixelWriter(format)
  const stride = Math.ceil(width / 8)
  const pixels = Buffer.alloc(width * height * format.bytes)
  const mask = Buffer.alloc(stride * height)
  ARROW.forEach((row, y) => {
    for (let x = 0; x < width; x++) {
      const dot = row[x] ?? ' '
      put(pixels, (y * width + x) * format.bytes, dot === '.' ? 0xffffff : 0)
      const at = y * stride + (x >> 3)
      if (dot !== ' ') mask[at] = (mask[at] ?? 0) | (128 >> (x & 7))
    }
  })
  return Buffer.concat([rectHead({ x: 0, y: 0, width, height }, ENCODING.cursor), pixels, mask])
}

/** Who asked for the size, and whether it was granted, as ExtendedDesktopSize tells it. */
export interface SizeNews {
  reason: 0 | 1 | 2
  status: 0 | 3
}

/** ExtendedDesktopSize: one screen, as large as the frame. */
export function encodeLayout({ width, height }: Canvas, { reason, status }: SizeNews): Buffer {
  const body = Buffer.alloc(20)
  body.writeUInt8(1, 0)
  body.writeUInt16BE(width, 12)
  body.writeUInt16BE(height, 14)
  return Buffer.concat([
    rectHead({ x: reason, y: status, width, height }, ENCODING.extendedDesktopSize),
    body,
  ])
}

const latinOf = (letter: string) => {
  const code = letter.codePointAt(0) ?? 0
  return code > 255 ? QUESTION_MARK : code
}

/** ServerCutText; what Latin-1 does not have becomes a question mark (RFC 6143, 7.6.4). */
export function cutMessage(text: string): Buffer {
  const latin = Buffer.from(Array.from(text, latinOf))
  return Buffer.concat([Buffer.of(3, 0, 0, 0), uint32(latin.length), latin])
}

/** The head of an update of so many rectangles. */
export function updateHead(count: number): Buffer {
  const head = Buffer.alloc(4)
  head.writeUInt16BE(count, 2)
  return head
}
