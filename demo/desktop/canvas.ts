import { CELL_HEIGHT, CELL_WIDTH, glyphOf } from './bitmap-font.ts'

/** A picture in memory: rows from the top, each pixel 0xRRGGBB. */
export interface Canvas {
  readonly width: number
  readonly height: number
  readonly pixels: Uint32Array
}

export interface Rect {
  x: number
  y: number
  width: number
  height: number
}

/** A black canvas. */
export function createCanvas(width: number, height: number): Canvas {
  return { width, height, pixels: new Uint32Array(width * height) }
}

/** The part of a rectangle that lies on the canvas; it may be empty. */
export function clip({ width, height }: Pick<Canvas, 'width' | 'height'>, rect: Rect): Rect {
  const x = Math.min(width, Math.max(0, rect.x))
  const y = Math.min(height, Math.max(0, rect.y))
  return {
    x,
    y,
    width: Math.max(0, Math.min(width, rect.x + rect.width) - x),
    height: Math.max(0, Math.min(height, rect.y + rect.height) - y),
  }
}

/** Paints a rectangle, as far as it lies on the canvas. */
export function fill(canvas: Canvas, rect: Rect, colour: number): void {
  const { x, y, width, height } = clip(canvas, rect)
  for (let row = y; row < y + height; row++) {
    const at = row * canvas.width + x
    canvas.pixels.fill(colour, at, at + width)
  }
}

/** Paints the border of a rectangle, one pixel wide. */
export function frame(canvas: Canvas, { x, y, width, height }: Rect, colour: number): void {
  fill(canvas, { x, y, width, height: 1 }, colour)
  fill(canvas, { x, y: y + height - 1, width, height: 1 }, colour)
  fill(canvas, { x, y, width: 1, height }, colour)
  fill(canvas, { x: x + width - 1, y, width: 1, height }, colour)
}

/** Paints a disc around a point. */
export function disc(canvas: Canvas, x: number, y: number, radius: number, colour: number): void {
  for (let row = -radius; row <= radius; row++) {
    const half = Math.floor(Math.sqrt(radius * radius - row * row))
    fill(canvas, { x: x - half, y: y + row, width: 2 * half + 1, height: 1 }, colour)
  }
}

export interface Writing {
  x: number
  y: number
  colour: number
  /** Pixels per dot. */
  scale: number
}

/** Writes one line of text; what does not fit on the canvas is cut off. */
export function write(canvas: Canvas, text: string, { x, y, colour, scale }: Writing): void {
  for (let index = 0; index < text.length; index++) {
    const left = x + index * CELL_WIDTH * scale
    if (left >= canvas.width) return
    const rows = glyphOf(text.charCodeAt(index))
    for (let row = 0; row < rows.length; row++) {
      const bits = rows[row] ?? 0
      for (let dot = 0; dot < 5; dot++) {
        if ((bits & (16 >> dot)) === 0) continue
        fill(canvas, { x: left + dot * scale, y: y + row * scale, width: scale, height: scale }, colour)
      }
    }
  }
}

/** In pixels. */
export const textWidth = (text: string, scale: number) => text.length * CELL_WIDTH * scale
/** In pixels. */
export const lineHeight = (scale: number) => CELL_HEIGHT * scale

/** Moves a part of the picture, which may overlap its new place; both must lie on the canvas. */
export function moveRect(canvas: Canvas, from: Rect, x: number, y: number): void {
  const down = y > from.y
  for (let step = 0; step < from.height; step++) {
    const row = down ? from.height - 1 - step : step
    const source = (from.y + row) * canvas.width + from.x
    canvas.pixels.copyWithin((y + row) * canvas.width + x, source, source + from.width)
  }
}

/** Between two colours: `share` 0 is the first, 1 the second. */
export function blend(first: number, second: number, share: number): number {
  const mix = (shift: number) => {
    const a = (first >> shift) & 255
    return Math.round(a + (((second >> shift) & 255) - a) * share) << shift
  }
  return mix(16) | mix(8) | mix(0)
}
