import { CaptureFailed } from './capture-failed.ts'
import { copyRect, isInside, type Frame, type Rect } from './frame.ts'
import type { Inflater } from './inflater.ts'
import type { Source } from './source.ts'

/** What a decoder paints on, and what lasts from one rectangle to the next. */
export interface Decoding {
  frame: Frame
  /** The zlib stream of that number: Tight has 0 to 3, ZRLE has 4. */
  stream(index: number): Inflater
  /** Begins that stream anew. */
  reset(index: number): void
}

/** Reads one rectangle of an encoding and paints it. @throws CaptureFailed for what is none */
export type Decoder = (input: Source, rect: Rect, decoding: Decoding) => Promise<void>

/** Raw (RFC 6143, 7.7.1): rows at a time, so that no large buffer is held twice. */
export async function decodeRaw(
  input: Source,
  rect: Rect,
  { frame }: Pick<Decoding, 'frame'>,
): Promise<void> {
  for (let row = 0; row < rect.height; row++) {
    const bytes = await input.read(rect.width * 4)
    const at = (rect.y + row) * frame.width + rect.x
    for (let x = 0; x < rect.width; x++) frame.pixels[at + x] = bytes.readUInt32LE(x * 4)
  }
}

/** CopyRect (RFC 6143, 7.7.2). */
export const decodeCopyRect: Decoder = async (input, rect, { frame }) => {
  const source = await input.read(4)
  const from = { ...rect, x: source.readUInt16BE(0), y: source.readUInt16BE(2) }
  if (!isInside(frame, from))
    throw new CaptureFailed('not-vnc', 'A part was copied from outside of the screen.')
  copyRect(frame, from.x, from.y, rect)
}
