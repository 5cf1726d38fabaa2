import { createInflate, constants, type Inflate } from 'node:zlib'
import { createCanvas, fill, moveRect, type Canvas, type Rect } from '../desktop/canvas.ts'
import type { ByteReader } from '../desktop/rfb/byte-reader.ts'
import type { PixelFormat } from '../desktop/rfb/pixel-format.ts'
import { tilesOf } from '../desktop/rfb/tiles.ts'

/** What a test's viewer knows while it decodes: written plainly, from the RFC and not from the encoders. */
export interface Decoding {
  screen: Canvas
  format: PixelFormat
  inflate: Inflate
}

/** The colour 0xRRGGBB of a pixel. */
function colourAt(bytes: Buffer, at: number, { bytes: size, bigEndian, max, shift }: PixelFormat): number {
  const pixel = bigEndian ? bytes.readUIntBE(at, size) : bytes.readUIntLE(at, size)
  const parts = max.map((top, index) => Math.round((((pixel >>> (shift[index] ?? 0)) & top) / top) * 255))
  return ((parts[0] ?? 0) << 16) | ((parts[1] ?? 0) << 8) | (parts[2] ?? 0)
}

const set = ({ screen }: Decoding, x: number, y: number, colour: number) => {
  screen.pixels[y * screen.width + x] = colour
}

export async function decodeRaw(input: ByteReader, rect: Rect, decoding: Decoding): Promise<void> {
  const { bytes: size } = decoding.format
  const bytes = await input.read(rect.width * rect.height * size)
  for (let index = 0; index < rect.width * rect.height; index++) {
    const colour = colourAt(bytes, index * size, decoding.format)
    set(decoding, rect.x + (index % rect.width), rect.y + Math.floor(index / rect.width), colour)
  }
}

export async function decodeCopyRect(input: ByteReader, rect: Rect, { screen }: Decoding): Promise<void> {
  const source = await input.read(4)
  const from = {
    x: source.readUInt16BE(0),
    y: source.readUInt16BE(2),
    width: rect.width,
    height: rect.height,
  }
  moveRect(screen, from, rect.x, rect.y)
}

export async function decodeHextile(input: ByteReader, rect: Rect, decoding: Decoding): Promise<void> {
  const { format, screen } = decoding
  const colour = async () => colourAt(await input.read(format.bytes), 0, format)
  let background = 0
  let foreground = 0
  for (const tile of tilesOf(rect, 16)) {
    const kind = (await input.read(1)).readUInt8(0)
    if ((kind & 1) !== 0) {
      await decodeRaw(input, tile, decoding)
      continue
    }
    if ((kind & 2) !== 0) background = await colour()
    fill(screen, tile, background)
    if ((kind & 4) !== 0) foreground = await colour()
    const count = (kind & 8) === 0 ? 0 : (await input.read(1)).readUInt8(0)
    for (let index = 0; index < count; index++) {
      const own = (kind & 16) === 0 ? foreground : await colour()
      const [place = 0, size = 0] = await input.read(2)
      const at = { x: tile.x + (place >> 4), y: tile.y + (place & 15) }
      fill(screen, { ...at, width: (size >> 4) + 1, height: (size & 15) + 1 }, own)
    }
  }
}

function inflated(inflate: Inflate, bytes: Buffer): Promise<Buffer> {
  const parts: Buffer[] = []
  inflate.removeAllListeners('data').on('data', (part: Buffer) => void parts.push(part))
  return new Promise((resolve) => {
    inflate.write(bytes)
    inflate.flush(constants.Z_SYNC_FLUSH, () => resolve(Buffer.concat(parts)))
  })
}

/** Of 32-bit pixels in their usual places, and of the tiles that the desktops send: no run lengths. */
export async function decodeZrle(input: ByteReader, rect: Rect, decoding: Decoding): Promise<void> {
  const length = (await input.read(4)).readUInt32BE(0)
  const bytes = await inflated(decoding.inflate, await input.read(length))
  let at = 0
  const colour = () => {
    at += 3
    return bytes.readUIntLE(at - 3, 3)
  }
  for (const tile of tilesOf(rect, 64)) {
    const kind = bytes.readUInt8(at++)
    if (kind > 16) throw new Error(`a ZRLE tile of the kind ${kind}`)
    const palette = Array.from({ length: kind }, colour)
    const bits = kind <= 1 ? 0 : kind === 2 ? 1 : kind <= 4 ? 2 : 4
    for (let y = 0; y < tile.height; y++) {
      for (let x = 0; x < tile.width; x++) {
        const shift = 8 - bits - ((x * bits) % 8)
        const index = bits === 0 ? 0 : (bytes.readUInt8(at + ((x * bits) >> 3)) >> shift) & ((1 << bits) - 1)
        set(decoding, tile.x + x, tile.y + y, kind === 0 ? colour() : (palette[index] ?? 0))
      }
      at += Math.ceil((tile.width * bits) / 8)
    }
  }
  if (at !== bytes.length) throw new Error(`${bytes.length - at} bytes too many in ZRLE`)
}

/** Somebody who has seen nothing yet. */
export const newDecoding = (width: number, height: number, format: PixelFormat): Decoding => ({
  screen: createCanvas(width, height),
  format,
  inflate: createInflate(),
})
