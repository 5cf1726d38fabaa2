import { deflateSync, constants } from 'node:zlib'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { CaptureFailed } from './capture-failed.ts'
import { decodeHextile } from './decode-hextile.ts'
import { decodeTight } from './decode-tight.ts'
import { decodeZrle } from './decode-zrle.ts'
import { decodeCopyRect, decodeRaw } from './decoder.ts'
import type { Decoder } from './decoder.ts'
import { createFrame } from './frame.ts'
import type { Frame, Rect } from './frame.ts'
import { createInflater } from './inflater.ts'
import type { Inflater } from './inflater.ts'
import { createSource } from './source.ts'

/** Pixels of the tests, as the bytes red, green, blue and nothing. */
const PIXELS: Readonly<Record<string, readonly number[]>> = {
  r: [200, 0, 0],
  g: [0, 180, 0],
  b: [0, 0, 220],
  k: [1, 2, 3],
}
const three = (letters: string) => letters.split('').flatMap((letter) => PIXELS[letter] ?? [])
const four = (letters: string) => letters.split('').flatMap((letter) => (PIXELS[letter] ?? []).concat(0))

/** Sends bytes in two pieces, and at the end hangs up. */
async function* pieces(bytes: Buffer) {
  const middle = Math.floor(bytes.length / 2)
  yield bytes.subarray(0, middle)
  yield bytes.subarray(middle)
}

async function decoded(decode: Decoder, bytes: readonly number[], frame: Frame, rect: Rect) {
  const streams = new Map<number, Inflater>()
  const stream = (index: number) => {
    const known = streams.get(index) ?? createInflater()
    streams.set(index, known)
    return known
  }
  const reset = (index: number) => void streams.delete(index)
  await decode(createSource(pieces(Buffer.from(bytes))), rect, { frame, stream, reset })
  return frame
}

/** The rows of a frame as letters; '.' is what was never painted. */
function rowsOf({ width, height, pixels }: Frame): string[] {
  const letterOf = (pixel: number) =>
    Object.entries(PIXELS).find(
      ([, [r = 0, g = 0, b = 0]]) => (pixel & 0xff_ff_ff) === (r | (g << 8) | (b << 16)),
    )?.[0] ?? (pixel === 0 ? '.' : '?')
  return Array.from({ length: height }, (_, y) =>
    Array.from(pixels.subarray(y * width, (y + 1) * width), letterOf).join(''),
  )
}

const all = ({ width, height }: Frame): Rect => ({ x: 0, y: 0, width, height })
const synced = (bytes: readonly number[]) => [
  ...deflateSync(Buffer.from(bytes), { finishFlush: constants.Z_SYNC_FLUSH }),
]
const uint32 = (value: number) => [0, 0, value >> 8, value & 255]
const zrle = (bytes: readonly number[]) => {
  const packed = synced(bytes)
  return [...uint32(packed.length), ...packed]
}
const tight = (bytes: readonly number[]) => {
  const packed = synced(bytes)
  return [packed.length, ...packed]
}

type Case = [what: string, decode: Decoder, bytes: number[], rows: string[]]

const CASES: Case[] = [
  ['raw', decodeRaw, four('rgbkrgbk'), ['rgbk', 'rgbk']],
  ['a Hextile of one colour', decodeHextile, [2, ...four('r')], ['rrrr', 'rrrr']],
  ['a raw Hextile', decodeHextile, [1, ...four('rgbkkbgr')], ['rgbk', 'kbgr']],
  [
    'a Hextile with parts of one colour',
    decodeHextile,
    [2 | 4 | 8, ...four('r'), ...four('g'), 2, 0x00, 0x00, 0x21, 0x10],
    ['grrr', 'rrgg'],
  ],
  [
    'a Hextile with parts of their own colours',
    decodeHextile,
    [2 | 8 | 16, ...four('r'), 2, ...four('g'), 0x10, 0x01, ...four('b'), 0x31, 0x00],
    ['rgrr', 'rgrb'],
  ],
  ['a raw ZRLE', decodeZrle, zrle([0, ...three('rgbkkbgr')]), ['rgbk', 'kbgr']],
  ['a ZRLE of one colour', decodeZrle, zrle([1, ...three('b')]), ['bbbb', 'bbbb']],
  [
    'a ZRLE of two colours',
    decodeZrle,
    zrle([2, ...three('rg'), 0b0110_0000, 0b1001_0000]),
    ['rggr', 'grrg'],
  ],
  [
    'a ZRLE of three colours',
    decodeZrle,
    zrle([3, ...three('rgb'), 0b0001_1000, 0b1010_0100]),
    ['rgbr', 'bbgr'],
  ],
  [
    'a ZRLE of five entries',
    decodeZrle,
    zrle([5, ...three('rgbkk'), 0x01, 0x23, 0x32, 0x10]),
    ['rgbk', 'kbgr'],
  ],
  ['a ZRLE of runs', decodeZrle, zrle([128, ...three('r'), 4, ...three('g'), 2]), ['rrrr', 'rggg']],
  [
    'a ZRLE of runs from a palette',
    decodeZrle,
    zrle([130, ...three('rg'), 0, 129, 3, 0, 128, 1]),
    ['rggg', 'grrr'],
  ],
  ['a Tight fill', decodeTight, [0x80, ...three('k')], ['kkkk', 'kkkk']],
  ['a Tight copy', decodeTight, [0x00, ...tight(three('rgbkkbgr'))], ['rgbk', 'kbgr']],
  [
    'a Tight copy with a filter that does nothing',
    decodeTight,
    [0x50, 0, ...tight(three('rgbkkbgr'))],
    ['rgbk', 'kbgr'],
  ],
  [
    'a Tight palette of two, too short to compress',
    decodeTight,
    [0x40, 1, 1, ...three('rg'), 0x60, 0x90],
    ['rggr', 'grrg'],
  ],
  [
    'a Tight palette of three',
    decodeTight,
    [0x40, 1, 2, ...three('rgb'), 0, 1, 2, 0, 2, 2, 1, 0],
    ['rgbr', 'bbgr'],
  ],
]

describe('a rectangle', () => {
  it.each(CASES)('of %s is painted', async (_, decode, bytes, rows) => {
    const frame = createFrame(4, 2)
    expect(rowsOf(await decoded(decode, bytes, frame, all(frame)))).toEqual(rows)
  })

  it('is painted where it is, and nowhere else', async () => {
    const frame = createFrame(4, 3)
    await decoded(decodeRaw, four('rg'), frame, { x: 1, y: 1, width: 2, height: 1 })
    expect(rowsOf(frame)).toEqual(['....', '.rg.', '....'])
  })

  it.each<[number[], string[]]>([
    [
      [0, 0, 0, 0],
      ['rgrg', 'bkbk'],
    ],
    [
      [0, 1, 0, 0],
      ['rg..', 'bk..'],
    ],
  ])('may be copied over itself: from %j', async (from) => {
    const frame = createFrame(4, 2)
    await decoded(decodeRaw, four('rgrgbkbk'), frame, all(frame))
    const [, x = 0] = from
    await decoded(decodeCopyRect, [0, x, 0, 0], frame, { x: 1, y: 0, width: 3, height: 2 })
    expect(rowsOf(frame)).toEqual(x === 0 ? ['rrgr', 'bbkb'] : ['rgrg', 'bkbk'])
  })

  it('of a Tight gradient is what its neighbours let expect, and the difference', async () => {
    const frame = createFrame(2, 2)
    // 10, then 10 + 5, then 10 + 1, then 15 + 11 - 10 + 2.
    const differences = [10, 10, 10, 5, 5, 5, 1, 1, 1, 2, 2, 2]
    await decoded(decodeTight, [0x40, 2, ...tight(differences)], frame, all(frame))
    expect([...frame.pixels].map((pixel) => pixel & 255)).toEqual([10, 15, 11, 18])
  })

  it('of a JPEG has its colours', async () => {
    const frame = createFrame(16, 16)
    const create = { width: 16, height: 16, channels: 3, background: { r: 200, g: 40, b: 90 } } as const
    const bytes = await sharp({ create }).jpeg({ quality: 95 }).toBuffer()
    const length = [(bytes.length & 127) | 128, bytes.length >> 7]
    await decoded(decodeTight, [0x90, ...length, ...bytes], frame, all(frame))
    const pixel = frame.pixels[100] ?? 0
    const off = [pixel & 255, (pixel >> 8) & 255, (pixel >> 16) & 255].map((level, at) =>
      Math.abs(level - ([200, 40, 90][at] ?? 0)),
    )
    expect(Math.max(...off)).toBeLessThan(8)
  })

  it('goes on in the zlib stream of the one before, until that is begun anew', async () => {
    const frame = createFrame(4, 2)
    const first = synced(three('rgbkkbgr'))
    await decoded(
      async (input, rect, decoding) => {
        await decodeTight(input, rect, decoding)
        await decodeTight(input, rect, decoding)
      },
      [0x00, first.length, ...first, 0x01, ...tight(three('kkkkrrrr'))],
      frame,
      all(frame),
    )
    expect(rowsOf(frame)).toEqual(['kkkk', 'rrrr'])
  })

  const HOSTILE: [string, Decoder, number[]][] = [
    ['a part of a tile outside of it', decodeHextile, [8, 1, 0xf0, 0xf0]],
    ['a copy from outside', decodeCopyRect, [0, 9, 0, 9]],
    ['a ZRLE of a kind that is none', decodeZrle, zrle([129, 0, 0])],
    ['a run beyond its tile', decodeZrle, zrle([128, ...three('r'), 255, 255, 0])],
    ['no zlib at all', decodeZrle, [0, 0, 0, 4, 1, 2, 3, 4]],
    ['a bomb', decodeZrle, zrle(Array.from({ length: 60_000 }, () => 0))],
    ['a Tight of a kind that is none', decodeTight, [0xb0]],
    ['a filter that is none', decodeTight, [0x40, 9]],
    ['too few pixels', decodeTight, [0x00, ...tight(three('rgb'))]],
    ['a JPEG that is none', decodeTight, [0x90, 4, 1, 2, 3, 4]],
    ['an end in the middle', decodeRaw, four('rgb')],
  ]
  it.each(HOSTILE)('with %s is refused', async (_, decode, bytes) => {
    const frame = createFrame(4, 2)
    await expect(decoded(decode, bytes, frame, all(frame))).rejects.toBeInstanceOf(CaptureFailed)
  })
})
