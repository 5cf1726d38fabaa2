import { blend, disc, textWidth, write, type Canvas } from '../canvas.ts'
import type { Scene } from './scene.ts'
import type { SceneWindow } from './windows.ts'

function hand(
  canvas: Canvas,
  x: number,
  y: number,
  turn: number,
  length: number,
  width: number,
  colour: number,
) {
  const angle = (turn - 0.25) * 2 * Math.PI
  for (let step = 0; step <= length; step++) {
    disc(
      canvas,
      Math.round(x + Math.cos(angle) * step),
      Math.round(y + Math.sin(angle) * step),
      width,
      colour,
    )
  }
}

/** A clock with hands, and the time in digits (UTC). */
export function drawClock(
  canvas: Canvas,
  { x, y, width, height }: SceneWindow,
  { look }: Scene,
  now: number,
) {
  const centre = { x: x + Math.floor(width / 2), y: y + Math.floor((height - 24) / 2) }
  const radius = Math.floor(Math.min(width, height - 24) / 2) - 10
  disc(canvas, centre.x, centre.y, radius, blend(look.window, look.ink, 0.08))
  for (let hour = 0; hour < 12; hour++) {
    const angle = (hour / 12) * 2 * Math.PI
    const at = {
      x: Math.round(centre.x + Math.cos(angle) * (radius - 6)),
      y: Math.round(centre.y + Math.sin(angle) * (radius - 6)),
    }
    disc(canvas, at.x, at.y, 2, look.ink)
  }
  const seconds = Math.floor(now / 1000)
  hand(canvas, centre.x, centre.y, (seconds % 43_200) / 43_200, radius * 0.5, 3, look.ink)
  hand(canvas, centre.x, centre.y, (seconds % 3600) / 3600, radius * 0.75, 2, look.ink)
  hand(canvas, centre.x, centre.y, (seconds % 60) / 60, radius * 0.8, 1, look.accent)
  const digits = new Date(now).toISOString().slice(11, 19)
  const left = centre.x - Math.floor(textWidth(digits, 2) / 2)
  write(canvas, digits, { x: left, y: y + height - 26, colour: look.ink, scale: 2 })
}
