import { blend, fill, write, type Canvas } from '../canvas.ts'
import type { Scene } from './scene.ts'
import type { SceneWindow } from './windows.ts'

const BAR = 5
const GAP = 1

/** The load of a VM in a second, from 0 to 1: always the same for the same second, so that nobody has to keep it. */
export function loadAt(name: string, second: number): number {
  const phase = name.length * 7 + (name.codePointAt(name.length - 1) ?? 0)
  const slow = Math.sin((second + phase) / 11) + Math.sin((second + phase * 3) / 29)
  const jump = Math.imul(second ^ phase, 0x9e37_79b1) >>> 0
  return Math.min(1, Math.max(0.03, 0.42 + slow * 0.18 + (jump / 4_294_967_296 - 0.5) * 0.3))
}

/** The load of the last minute, a bar for each second. */
export function drawLoad(
  canvas: Canvas,
  { x, y, width, height }: SceneWindow,
  scene: Scene,
  now: number,
): void {
  const { look, name } = scene
  const second = Math.floor(now / 1000)
  const inner = { x: x + 12, y: y + 36, width: width - 24, height: height - 48 }
  fill(canvas, inner, blend(look.window, look.ink, 0.06))
  const count = Math.floor(inner.width / (BAR + GAP))
  for (let back = 0; back < count; back++) {
    const tall = Math.round(loadAt(name, second - back) * inner.height)
    const left = inner.x + inner.width - (back + 1) * (BAR + GAP)
    fill(canvas, { x: left, y: inner.y + inner.height - tall, width: BAR, height: tall }, look.accent)
  }
  const percent = `${Math.round(loadAt(name, second) * 100)} %`
  write(canvas, percent, { x: inner.x, y: y + 11, colour: look.ink, scale: 2 })
}
