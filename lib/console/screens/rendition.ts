import { createHash } from 'node:crypto'
import sharp from 'sharp'
import type { ScreenWidth } from '../../fleet/console/screen.ts'
import type { Frame } from '../rfb-client/frame.ts'

/** The last picture of a screen, small enough to be kept. */
export interface Rendition {
  /** The same for the same picture. */
  hash: string
  /** WebP, at most so wide, and never wider than the screen. */
  image(width: ScreenWidth): Promise<Buffer>
  /** Bytes in memory. */
  size(): number
}

const LARGEST = 640
const WEBP = { quality: 74, effort: 2 } as const

/** Scales a picture down to what is kept of it. */
export async function render({ width, height, pixels }: Frame): Promise<Rendition> {
  // The fourth byte says nothing, and sharp would take it for how opaque a pixel is, before it can be told not to.
  const opaque = pixels.map((pixel) => pixel | 0xff00_0000)
  const bytes = Buffer.from(opaque.buffer)
  const kept = await sharp(bytes, { raw: { width, height, channels: 4 } })
    .removeAlpha()
    .resize({ width: LARGEST, height: LARGEST, fit: 'inside', withoutEnlargement: true })
    .webp(WEBP)
    .toBuffer()
  const images = new Map<number, Promise<Buffer>>([[LARGEST, Promise.resolve(kept)]])
  return {
    hash: createHash('sha256').update(kept).digest('base64url').slice(0, 22),
    image(wanted) {
      const known = images.get(wanted)
      if (known) return known
      const made = sharp(kept).resize({ width: wanted, withoutEnlargement: true }).webp(WEBP).toBuffer()
      images.set(wanted, made)
      return made
    },
    // The smaller ones are together less than that again.
    size: () => kept.length * 2,
  }
}
