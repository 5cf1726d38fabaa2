import sharp from 'sharp'
import { CaptureFailed } from './capture-failed.ts'
import type { Decoder, Decoding } from './decoder.ts'
import { fillRect, pixelAt, type Frame, type Rect } from './frame.ts'
import type { Source } from './source.ts'

const FILL = 8
const JPEG = 9
const EXPLICIT_FILTER = 4
const PALETTE = 1
const GRADIENT = 2
/** Less than this is not compressed. */
const SHORT = 12

/** A length of one to three bytes, seven bits each. */
async function compactLength(input: Source): Promise<number> {
  let length = 0
  for (let shift = 0; shift <= 14; shift += 7) {
    const [part = 0] = await input.read(1)
    length |= (shift === 14 ? part : part & 127) << shift
    if (part < 128) break
  }
  return length
}

async function unpacked(input: Source, size: number, index: number, { stream }: Decoding): Promise<Buffer> {
  if (size < SHORT) return input.read(size)
  const bytes = await stream(index).inflate(await input.read(await compactLength(input)), size)
  if (bytes.length !== size)
    throw new CaptureFailed('not-vnc', 'A Tight rectangle has not as many pixels as it says.')
  return bytes
}

/** Paints bytes red, green, blue, row by row. */
function paint(frame: Frame, rect: Rect, bytes: Buffer): void {
  for (let y = 0, at = 0; y < rect.height; y++) {
    const row = (rect.y + y) * frame.width + rect.x
    for (let x = 0; x < rect.width; x++, at += 3) frame.pixels[row + x] = pixelAt(bytes, at)
  }
}

function paintIndices(frame: Frame, rect: Rect, bytes: Buffer, palette: number[]): void {
  const stride = palette.length === 2 ? Math.ceil(rect.width / 8) : rect.width
  for (let y = 0; y < rect.height; y++) {
    const row = (rect.y + y) * frame.width + rect.x
    for (let x = 0; x < rect.width; x++) {
      const index =
        palette.length === 2
          ? ((bytes[y * stride + (x >> 3)] ?? 0) >> (7 - (x & 7))) & 1
          : (bytes[y * stride + x] ?? 0)
      frame.pixels[row + x] = palette[index] ?? 0
    }
  }
}

/** Turns differences from what the neighbours let expect into colours, in place. */
function addGradient(bytes: Buffer, width: number): void {
  const stride = width * 3
  for (let at = 0; at < bytes.length; at++) {
    const up = at >= stride ? (bytes[at - stride] ?? 0) : 0
    const inRow = at % stride >= 3
    const left = inRow ? (bytes[at - 3] ?? 0) : 0
    const corner = inRow && at >= stride ? (bytes[at - stride - 3] ?? 0) : 0
    const expected = Math.max(0, Math.min(255, up + left - corner))
    bytes[at] = (expected + (bytes[at] ?? 0)) & 255
  }
}

async function basic(input: Source, rect: Rect, kind: number, decoding: Decoding): Promise<void> {
  const { frame } = decoding
  const index = kind & 3
  const [filter = 0] = (kind & EXPLICIT_FILTER) === 0 ? [0] : await input.read(1)
  const count = rect.width * rect.height
  if (filter === PALETTE) {
    const size = ((await input.read(1))[0] ?? 0) + 1
    const colours = await input.read(size * 3)
    const palette = Array.from({ length: size }, (_, each) => pixelAt(colours, each * 3))
    const packed = size === 2 ? Math.ceil(rect.width / 8) * rect.height : count
    return paintIndices(frame, rect, await unpacked(input, packed, index, decoding), palette)
  }
  if (filter > GRADIENT) throw new CaptureFailed('not-vnc', `Tight knows no filter ${filter}.`)
  const bytes = await unpacked(input, count * 3, index, decoding)
  if (filter === GRADIENT) addGradient(bytes, rect.width)
  paint(frame, rect, bytes)
}

async function jpeg(input: Source, rect: Rect, { frame }: Decoding): Promise<void> {
  const bytes = await input.read(await compactLength(input))
  const decoded = await sharp(bytes, { limitInputPixels: rect.width * rect.height })
    .toColourspace('srgb')
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
    .catch((error: unknown) => {
      throw new CaptureFailed('not-vnc', error instanceof Error ? error.message : String(error))
    })
  const { width, height, channels } = decoded.info
  if (width !== rect.width || height !== rect.height || channels !== 3) {
    throw new CaptureFailed('not-vnc', 'A JPEG has not the size of its rectangle.')
  }
  paint(frame, rect, decoded.data)
}

/** Tight (rfbproto, 7.7.5): one colour, palettes, gradients, JPEG. */
export const decodeTight: Decoder = async (input, rect, decoding) => {
  const [control = 0] = await input.read(1)
  for (let index = 0; index < 4; index++) if (((control >> index) & 1) !== 0) decoding.reset(index)
  const kind = control >> 4
  if (kind === FILL) return fillRect(decoding.frame, rect, pixelAt(await input.read(3), 0))
  if (kind === JPEG) return jpeg(input, rect, decoding)
  if (kind > JPEG) throw new CaptureFailed('not-vnc', `Tight knows no rectangle of the kind ${kind}.`)
  return basic(input, rect, kind, decoding)
}
