import { constants, createDeflate } from 'node:zlib'
import type { Canvas, Rect } from '../canvas.ts'
import { encodeRaw } from './encode-raw.ts'
import type { PutPixel } from './pixel-format.ts'
import { paletteOf, pixelsOf, tilesOf } from './tiles.ts'

const MOST_PACKED = 16
const bitsFor = (colours: number) => (colours <= 2 ? 1 : colours <= 4 ? 2 : 4)

/** A tile of few colours: the palette, then indices of one, two or four bits, each row from a new byte. */
function packed(pixels: Uint32Array, width: number, palette: number[], put: PutPixel, size: number): Buffer {
  const bits = bitsFor(palette.length)
  const stride = Math.ceil((width * bits) / 8)
  const out = Buffer.alloc(1 + palette.length * size + stride * (pixels.length / width))
  let at = out.writeUInt8(palette.length, 0)
  for (const colour of palette) at = put(out, at, colour)
  const indices = new Map(palette.map((colour, index) => [colour, index]))
  pixels.forEach((colour, index) => {
    const x = index % width
    const byte = at + Math.floor(index / width) * stride + Math.floor((x * bits) / 8)
    out[byte] = (out[byte] ?? 0) | ((indices.get(colour) ?? 0) << (8 - bits - ((x * bits) % 8)))
  })
  return out
}

/** The tiles of a rectangle as ZRLE writes them before it compresses: one colour, a few, or raw. */
export function zrleTiles(canvas: Canvas, rect: Rect, put: PutPixel, size: number): Buffer {
  const parts: Buffer[] = []
  for (const tile of tilesOf(rect, 64)) {
    const pixels = pixelsOf(canvas, tile)
    const palette = paletteOf(pixels, MOST_PACKED)
    const [only = 0, second] = palette ?? []
    if (palette === null) parts.push(Buffer.of(0), encodeRaw(canvas, tile, put, size))
    else if (second === undefined) {
      const out = Buffer.alloc(1 + size)
      put(out, out.writeUInt8(1, 0), only)
      parts.push(out)
    } else parts.push(packed(pixels, tile.width, palette, put, size))
  }
  return Buffer.concat(parts)
}

/** Compresses what it is given into one zlib stream that lasts as long as the connection (RFC 6143, 7.7.6). */
export interface Compressor {
  compress(bytes: Buffer): Promise<Buffer>
  close(): void
}

/** A compressor that is ready for its first bytes; what it is given at once is compressed in turn. */
export function compressor(): Compressor {
  const deflate = createDeflate({ level: 3 })
  const run = async (bytes: Buffer) => {
    const parts: Buffer[] = []
    const take = (part: Buffer) => void parts.push(part)
    deflate.on('data', take)
    try {
      await new Promise<void>((resolve, reject) => {
        deflate.once('close', reject)
        deflate.write(bytes)
        deflate.flush(constants.Z_SYNC_FLUSH, () => {
          deflate.off('close', reject)
          resolve()
        })
      })
    } finally {
      deflate.off('data', take)
    }
    return Buffer.concat(parts)
  }
  let last: Promise<unknown> = Promise.resolve()
  return {
    compress(bytes) {
      const result = last.then(() => run(bytes))
      last = result.catch(() => {})
      return result
    },
    close: () => void deflate.destroy(),
  }
}
