import { CaptureFailed } from './capture-failed.ts'
import { decodeRaw, type Decoder } from './decoder.ts'
import { fillRect, tilesOf, type Rect } from './frame.ts'

const RAW = 1
const BACKGROUND = 2
const FOREGROUND = 4
const SUBRECTS = 8
const COLOURED = 16
const PIXEL = 4

/** Hextile (RFC 6143, 7.7.4). */
export const decodeHextile: Decoder = async (input, rect, { frame }) => {
  let background = 0
  let foreground = 0
  for (const tile of tilesOf(rect, 16)) {
    const [kind = 0] = await input.read(1)
    if ((kind & RAW) !== 0) {
      await decodeRaw(input, tile, { frame })
      continue
    }
    if ((kind & BACKGROUND) !== 0) background = (await input.read(PIXEL)).readUInt32LE(0)
    if ((kind & FOREGROUND) !== 0) foreground = (await input.read(PIXEL)).readUInt32LE(0)
    fillRect(frame, tile, background)
    if ((kind & SUBRECTS) === 0) continue
    const [count = 0] = await input.read(1)
    const coloured = (kind & COLOURED) !== 0
    const size = 2 + (coloured ? PIXEL : 0)
    const bytes = await input.read(count * size)
    for (let at = 0; at < bytes.length; at += size) {
      const pixel = coloured ? bytes.readUInt32LE(at) : foreground
      fillRect(frame, subrect(tile, bytes.readUInt16BE(at + size - 2)), pixel)
    }
  }
}

function subrect(tile: Rect, packed: number): Rect {
  const [x, y, width, height] = [
    packed >> 12,
    (packed >> 8) & 15,
    ((packed >> 4) & 15) + 1,
    (packed & 15) + 1,
  ]
  if (x + width > tile.width || y + height > tile.height) {
    throw new CaptureFailed('not-vnc', 'A part of a tile lies outside of it.')
  }
  return { x: tile.x + x, y: tile.y + y, width, height }
}
