/** A picture in memory: rows from the top, each pixel the bytes red, green, blue and nothing. */
export interface Frame {
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

/** A black picture. Sizes in pixels. */
export const createFrame = (width: number, height: number): Frame => ({
  width,
  height,
  pixels: new Uint32Array(width * height),
})

/** The pixel of three bytes, as ZRLE and Tight send them. */
export const pixelAt = (bytes: Buffer, at: number) => bytes.readUIntLE(at, 3)

/** Whether a rectangle lies on the frame. */
export const isInside = ({ width, height }: Frame, rect: Rect) =>
  rect.x + rect.width <= width && rect.y + rect.height <= height

/** Paints a rectangle that lies on the frame. */
export function fillRect(frame: Frame, { x, y, width, height }: Rect, pixel: number): void {
  for (let row = y; row < y + height; row++) {
    const at = row * frame.width + x
    frame.pixels.fill(pixel, at, at + width)
  }
}

/** Copies a part of the frame to a place that it may overlap. */
export function copyRect(frame: Frame, fromX: number, fromY: number, { x, y, width, height }: Rect): void {
  for (let step = 0; step < height; step++) {
    const row = y > fromY ? height - 1 - step : step
    const from = (fromY + row) * frame.width + fromX
    frame.pixels.copyWithin((y + row) * frame.width + x, from, from + width)
  }
}

/** The tiles of a rectangle, left to right and top to bottom; the last ones are smaller. */
export function* tilesOf(rect: Rect, side: number): Generator<Rect> {
  for (let y = rect.y; y < rect.y + rect.height; y += side) {
    const height = Math.min(side, rect.y + rect.height - y)
    for (let x = rect.x; x < rect.x + rect.width; x += side) {
      yield { x, y, width: Math.min(side, rect.x + rect.width - x), height }
    }
  }
}
