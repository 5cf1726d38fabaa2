/** How a client wants its pixels (RFC 6143, 7.4). */
export interface PixelFormat {
  bytes: 1 | 2 | 4
  bigEndian: boolean
  trueColour: boolean
  max: readonly [red: number, green: number, blue: number]
  shift: readonly [red: number, green: number, blue: number]
}

/** What the servers offer first, and screens are kept in. */
export const NATIVE: PixelFormat = {
  bytes: 4,
  bigEndian: false,
  trueColour: true,
  max: [255, 255, 255],
  shift: [16, 8, 0],
}

const MAP_MAX = [7, 7, 3] as const
const MAP_SHIFT = [0, 3, 6] as const

/** Reads the 16 bytes of a pixel format; null when no pixel can have it. */
export function readPixelFormat(bytes: Buffer): PixelFormat | null {
  const size = bytes.readUInt8(0) / 8
  if (size !== 1 && size !== 2 && size !== 4) return null
  const trueColour = bytes.readUInt8(3) !== 0
  const bigEndian = bytes.readUInt8(2) !== 0
  if (!trueColour)
    return size === 1 ? { bytes: 1, bigEndian, trueColour, max: MAP_MAX, shift: MAP_SHIFT } : null
  const max = [bytes.readUInt16BE(4), bytes.readUInt16BE(6), bytes.readUInt16BE(8)] as const
  const shift = [bytes.readUInt8(10), bytes.readUInt8(11), bytes.readUInt8(12)] as const
  const fits = max.every((each, index) => each > 0 && (shift[index] ?? 0) + Math.log2(each + 1) <= size * 8)
  return fits ? { bytes: size, bigEndian, trueColour, max, shift } : null
}

/** The 16 bytes of a pixel format. */
export function pixelFormatBytes(format: PixelFormat): Buffer {
  const out = Buffer.alloc(16)
  out.writeUInt8(format.bytes * 8, 0)
  out.writeUInt8(format.bytes === 4 ? 24 : format.bytes * 8, 1)
  out.writeUInt8(format.bigEndian ? 1 : 0, 2)
  out.writeUInt8(format.trueColour ? 1 : 0, 3)
  format.max.forEach((max, index) => out.writeUInt16BE(max, 4 + 2 * index))
  format.shift.forEach((shift, index) => out.writeUInt8(shift, 10 + index))
  return out
}

/** SetColourMapEntries for clients without true colour: all 256 colours that three, three and two bits give. */
export function colourMapMessage(): Buffer {
  const out = Buffer.alloc(6 + 256 * 6)
  out.writeUInt8(1, 0)
  out.writeUInt16BE(256, 4)
  for (let entry = 0; entry < 256; entry++) {
    MAP_MAX.forEach((max, index) => {
      const level = (entry >> (MAP_SHIFT[index] ?? 0)) & max
      out.writeUInt16BE(Math.round((level / max) * 65_535), 6 + entry * 6 + 2 * index)
    })
  }
  return out
}

/** Turns a colour 0xRRGGBB into the number that the client's pixel holds. */
export function converter({ max, shift }: PixelFormat): (colour: number) => number {
  const [red, green, blue] = max
  const [toRed, toGreen, toBlue] = shift
  const part = (level: number, top: number) => (top === 255 ? level : Math.round((level * top) / 255))
  return (colour) =>
    ((part((colour >> 16) & 255, red) << toRed) |
      (part((colour >> 8) & 255, green) << toGreen) |
      (part(colour & 255, blue) << toBlue)) >>>
    0
}

/** Writes one pixel; returns where the next one goes. */
export type PutPixel = (out: Buffer, at: number, colour: number) => number

/** What writes pixels in a format. */
export function pixelWriter(format: PixelFormat): PutPixel {
  const convert = converter(format)
  if (format.bytes === 1) return (out, at, colour) => out.writeUInt8(convert(colour) & 255, at)
  if (format.bytes === 2) {
    return format.bigEndian
      ? (out, at, colour) => out.writeUInt16BE(convert(colour) & 65_535, at)
      : (out, at, colour) => out.writeUInt16LE(convert(colour) & 65_535, at)
  }
  return format.bigEndian
    ? (out, at, colour) => out.writeUInt32BE(convert(colour), at)
    : (out, at, colour) => out.writeUInt32LE(convert(colour), at)
}

/**
 * The same for ZRLE's CPIXEL (RFC 6143, 7.7.5): three bytes where the fourth says nothing. `size` is how many it writes.
 */
export function compactWriter(format: PixelFormat): { put: PutPixel; size: number } {
  const bits = format.shift.map((shift, index) => shift + Math.ceil(Math.log2((format.max[index] ?? 0) + 1)))
  const low = Math.max(...bits) <= 24
  const high = Math.min(...format.shift) >= 8
  if (format.bytes !== 4 || !format.trueColour || (!low && !high))
    return { put: pixelWriter(format), size: format.bytes }
  const convert = converter(format)
  return {
    size: 3,
    put: (out, at, colour) => {
      const pixel = low ? convert(colour) : convert(colour) >>> 8
      return format.bigEndian ? out.writeUIntBE(pixel, at, 3) : out.writeUIntLE(pixel, at, 3)
    },
  }
}
