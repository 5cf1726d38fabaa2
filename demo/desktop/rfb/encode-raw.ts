import type { Canvas, Rect } from '../canvas.ts'
import type { PutPixel } from './pixel-format.ts'

/** The pixels of a rectangle, row by row. */
export function encodeRaw(canvas: Canvas, rect: Rect, put: PutPixel, size: number): Buffer {
  const out = Buffer.allocUnsafe(rect.width * rect.height * size)
  let at = 0
  for (let y = rect.y; y < rect.y + rect.height; y++) {
    const row = y * canvas.width
    for (let x = rect.x; x < rect.x + rect.width; x++) at = put(out, at, canvas.pixels[row + x] ?? 0)
  }
  return out
}
