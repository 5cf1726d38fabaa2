import type { Canvas, Rect } from './canvas.ts'

/** Pixels of a tile's side: what has changed is remembered in tiles. */
const TILE = 32

/** Which tiles of a screen differ from what somebody has seen of it. */
export interface Damage {
  readonly columns: number
  readonly rows: number
  readonly tiles: Uint8Array
}

type Size = Pick<Canvas, 'width' | 'height'>

/** No damage, or damage all over. */
export function damageOf({ width, height }: Size, all = false): Damage {
  const columns = Math.ceil(width / TILE)
  const rows = Math.ceil(height / TILE)
  return { columns, rows, tiles: new Uint8Array(columns * rows).fill(all ? 1 : 0) }
}

/** Whether there is anything to be sent. */
export const isDamaged = ({ tiles }: Damage) => tiles.includes(1)

/** Adds damage of the same size. */
export function addDamage(to: Damage, more: Damage): void {
  for (let index = 0; index < to.tiles.length; index++) {
    if (more.tiles[index] === 1) to.tiles[index] = 1
  }
}

/** Adds every tile that a rectangle of the screen touches. */
export function addRect(damage: Damage, { x, y, width, height }: Rect): void {
  if (width <= 0 || height <= 0) return
  const last = { column: Math.floor((x + width - 1) / TILE), row: Math.floor((y + height - 1) / TILE) }
  for (let row = Math.floor(y / TILE); row <= Math.min(last.row, damage.rows - 1); row++) {
    const start = row * damage.columns
    const end = Math.min(last.column, damage.columns - 1)
    damage.tiles.fill(1, start + Math.floor(x / TILE), start + end + 1)
  }
}

function tileDiffers(before: Canvas, after: Canvas, left: number, top: number): boolean {
  const right = Math.min(left + TILE, after.width)
  const bottom = Math.min(top + TILE, after.height)
  for (let y = top; y < bottom; y++) {
    for (let at = y * after.width + left, end = y * after.width + right; at < end; at++) {
      if (before.pixels[at] !== after.pixels[at]) return true
    }
  }
  return false
}

/** The tiles in which two pictures of one size differ. */
export function differences(before: Canvas, after: Canvas): Damage {
  const damage = damageOf(after)
  for (let row = 0; row < damage.rows; row++) {
    for (let column = 0; column < damage.columns; column++) {
      if (tileDiffers(before, after, column * TILE, row * TILE))
        damage.tiles[row * damage.columns + column] = 1
    }
  }
  return damage
}

/** Takes the damage that lies in `within` out, as few rectangles on the screen: runs of tiles, joined downwards. */
export function takeRects(damage: Damage, screen: Size, within: Rect): Rect[] {
  const { columns, rows, tiles } = damage
  const done: Rect[] = []
  let open: Rect[] = []
  const touched = (index: number, row: number) => {
    const left = index * TILE
    const top = row * TILE
    return (
      tiles[row * columns + index] === 1 &&
      left < within.x + within.width &&
      left + TILE > within.x &&
      top < within.y + within.height &&
      top + TILE > within.y
    )
  }
  for (let row = 0; row < rows; row++) {
    const runs: Rect[] = []
    for (let column = 0; column < columns; column++) {
      if (!touched(column, row)) continue
      const from = column
      while (column < columns && touched(column, row)) tiles[row * columns + column++] = 0
      const x = from * TILE
      const y = row * TILE
      const width = Math.min(column * TILE, screen.width) - x
      const height = Math.min(y + TILE, screen.height) - y
      const above = open.find((each) => each.x === x && each.width === width)
      if (above) above.height += height
      runs.push(above ?? { x, y, width, height })
    }
    done.push(...open.filter((each) => !runs.includes(each)))
    open = runs
  }
  return [...done, ...open]
}
