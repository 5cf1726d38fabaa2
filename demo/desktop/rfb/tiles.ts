import type { Canvas, Rect } from '../canvas.ts'

/** The tiles of a rectangle as encodings walk them: left to right, top to bottom, the last ones smaller. */
export function* tilesOf(rect: Rect, side: number): Generator<Rect> {
  for (let y = rect.y; y < rect.y + rect.height; y += side) {
    const height = Math.min(side, rect.y + rect.height - y)
    for (let x = rect.x; x < rect.x + rect.width; x += side) {
      yield { x, y, width: Math.min(side, rect.x + rect.width - x), height }
    }
  }
}

/** The pixels of a tile, row by row. */
export function pixelsOf(canvas: Canvas, { x, y, width, height }: Rect): Uint32Array {
  const out = new Uint32Array(width * height)
  for (let row = 0; row < height; row++) {
    const from = (y + row) * canvas.width + x
    out.set(canvas.pixels.subarray(from, from + width), row * width)
  }
  return out
}

/** The colours of a tile, the most frequent one first; null when there are more than `most`. */
export function paletteOf(pixels: Uint32Array, most: number): number[] | null {
  const counts = new Map<number, number>()
  for (const colour of pixels) {
    const count = counts.get(colour)
    if (count === undefined && counts.size === most) return null
    counts.set(colour, (count ?? 0) + 1)
  }
  return [...counts].sort((a, b) => b[1] - a[1]).map(([colour]) => colour)
}
