import type { Canvas, Rect } from '../canvas.ts'
import { encodeRaw } from './encode-raw.ts'
import { paletteOf, pixelsOf, tilesOf } from './tiles.ts'
import type { PutPixel } from './pixel-format.ts'

const RAW = 1
const BACKGROUND = 2
const FOREGROUND = 4
const SUBRECTS = 8
const COLOURED = 16
const MOST_SUBRECTS = 255

interface Subrect extends Rect {
  colour: number
}

/** Cuts what is not background into rectangles of one colour: as far right as it goes, then as far down. */
function subrectsOf(pixels: Uint32Array, width: number, height: number, background: number): Subrect[] {
  const left = Uint32Array.from(pixels)
  const found: Subrect[] = []
  const isRun = (x: number, y: number, across: number, colour: number) =>
    left.subarray(y * width + x, y * width + x + across).every((each) => each === colour)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const colour = left[y * width + x] ?? background
      if (colour === background) continue
      let across = 1
      while (x + across < width && left[y * width + x + across] === colour) across++
      let down = 1
      while (y + down < height && isRun(x, y + down, across, colour)) down++
      for (let row = y; row < y + down; row++)
        left.fill(background, row * width + x, row * width + x + across)
      found.push({ x, y, width: across, height: down, colour })
    }
  }
  return found
}

/**
 * Hextile (RFC 6143, 7.7.4): tiles of 16 by 16, each a background with rectangles on it, or raw where that is shorter.
 * `size` is the number of bytes that `put` writes.
 */
export function encodeHextile(canvas: Canvas, rect: Rect, put: PutPixel, size: number): Buffer {
  const parts: Buffer[] = []
  let background: number | undefined
  for (const tile of tilesOf(rect, 16)) {
    const pixels = pixelsOf(canvas, tile)
    const colours = paletteOf(pixels, 32)
    const ground = colours?.[0]
    const subrects = ground === undefined ? null : subrectsOf(pixels, tile.width, tile.height, ground)
    const coloured = (colours?.length ?? 0) > 2
    const each = 2 + (coloured ? size : 0)
    const long = subrects === null ? Infinity : 2 + 2 * size + subrects.length * each
    if (
      ground === undefined ||
      subrects === null ||
      subrects.length > MOST_SUBRECTS ||
      long >= pixels.length * size
    ) {
      parts.push(Buffer.of(RAW), encodeRaw(canvas, tile, put, size))
      // After a raw tile the client remembers no colours.
      background = undefined
      continue
    }
    const out = Buffer.allocUnsafe(2 + 2 * size + subrects.length * each)
    let kind = 0
    let at = 1
    if (ground !== background) {
      kind |= BACKGROUND
      at = put(out, at, ground)
      background = ground
    }
    if (subrects.length > 0) {
      kind |= SUBRECTS
      if (coloured) kind |= COLOURED
      else {
        kind |= FOREGROUND
        at = put(out, at, subrects[0]?.colour ?? 0)
      }
      at = out.writeUInt8(subrects.length, at)
      for (const { x, y, width, height, colour } of subrects) {
        if (coloured) at = put(out, at, colour)
        at = out.writeUInt8((x << 4) | y, at)
        at = out.writeUInt8(((width - 1) << 4) | (height - 1), at)
      }
    }
    out.writeUInt8(kind, 0)
    parts.push(out.subarray(0, at))
  }
  return Buffer.concat(parts)
}
