import { CaptureFailed } from './capture-failed.ts'
import type { Decoder } from './decoder.ts'
import { fillRect, pixelAt, tilesOf, type Frame, type Rect } from './frame.ts'

export const ZRLE_STREAM = 4
const SIDE = 64
const PLAIN_RLE = 128

/** Walks inflated bytes; beyond their end it throws a RangeError, as Buffer does. */
interface Cursor {
  bytes: Buffer
  at: number
}

const byte = (cursor: Cursor) => cursor.bytes.readUInt8(cursor.at++)
function pixel(cursor: Cursor): number {
  cursor.at += 3
  return pixelAt(cursor.bytes, cursor.at - 3)
}

function runLength(cursor: Cursor): number {
  let length = 1
  for (;;) {
    const more = byte(cursor)
    length += more
    if (more !== 255) return length
  }
}

/** Paints a tile pixel by pixel in reading order. */
function painter(frame: Frame, tile: Rect) {
  let index = 0
  const total = tile.width * tile.height
  return {
    done: () => index >= total,
    paint(colour: number, count: number) {
      if (index + count > total) throw new CaptureFailed('not-vnc', 'A run goes on beyond its tile.')
      for (const end = index + count; index < end; index++) {
        const y = tile.y + Math.floor(index / tile.width)
        frame.pixels[y * frame.width + tile.x + (index % tile.width)] = colour
      }
    },
  }
}

function packedTile(cursor: Cursor, frame: Frame, tile: Rect, palette: number[]): void {
  const bits = palette.length === 2 ? 1 : palette.length <= 4 ? 2 : 4
  const stride = Math.ceil((tile.width * bits) / 8)
  for (let y = 0; y < tile.height; y++) {
    for (let x = 0; x < tile.width; x++) {
      const packed = cursor.bytes.readUInt8(cursor.at + ((x * bits) >> 3))
      const index = (packed >> (8 - bits - ((x * bits) & 7))) & ((1 << bits) - 1)
      frame.pixels[(tile.y + y) * frame.width + tile.x + x] = palette[index] ?? 0
    }
    cursor.at += stride
  }
}

function paintTile(cursor: Cursor, frame: Frame, tile: Rect): void {
  const kind = byte(cursor)
  const { paint, done } = painter(frame, tile)
  if (kind === 0) while (!done()) paint(pixel(cursor), 1)
  else if (kind === 1) fillRect(frame, tile, pixel(cursor))
  else if (kind === PLAIN_RLE) {
    while (!done()) {
      const colour = pixel(cursor)
      paint(colour, runLength(cursor))
    }
  } else if (kind <= 16 || kind > 129) {
    const palette = Array.from({ length: kind & 127 }, () => pixel(cursor))
    if (kind <= 16) return packedTile(cursor, frame, tile, palette)
    while (!done()) {
      const index = byte(cursor)
      paint(palette[index & 127] ?? 0, index < 128 ? 1 : runLength(cursor))
    }
  } else throw new CaptureFailed('not-vnc', `ZRLE knows no tile of the kind ${kind}.`)
}

/** ZRLE (RFC 6143, 7.7.6), all kinds of tiles. */
export const decodeZrle: Decoder = async (input, rect, { frame, stream }) => {
  const length = (await input.read(4)).readUInt32BE(0)
  const most = rect.width * rect.height * 5 + 1024
  const bytes = await stream(ZRLE_STREAM).inflate(await input.read(length), most)
  const cursor = { bytes, at: 0 }
  for (const tile of tilesOf(rect, SIDE)) paintTile(cursor, frame, tile)
}
