import { blend, disc, fill, frame, lineHeight, textWidth, write, type Canvas } from '../canvas.ts'
import { drawClock } from './draw-clock.ts'
import { drawLoad } from './draw-load.ts'
import type { Scene } from './scene.ts'
import { shownRows } from './terminal.ts'
import { BAR_HEIGHT, barButtons, TITLE_HEIGHT, type SceneWindow, type WindowKind } from './windows.ts'

const TRAIL_MS = 900
const WHITE = 0xffffff

/** The arrow, a row per string: `#` is its edge, `.` its body. */
export const ARROW = [
  '#',
  '##',
  '#.#',
  '#..#',
  '#...#',
  '#....#',
  '#.....#',
  '#......#',
  '#.......#',
  '#....#####',
  '#..#..#',
  '#.# #..#',
  '##  #..#',
  '#    #..#',
  '     #..#',
  '      ##',
] as const

function drawPaper(canvas: Canvas, { look, paper, name, place }: Scene): void {
  const [top, bottom] = look.papers[paper] ?? [0, 0]
  for (let y = 0; y < canvas.height; y++) {
    // In steps, so that encodings find runs of one colour.
    const share = Math.floor((y / canvas.height) * 16) / 16
    fill(canvas, { x: 0, y, width: canvas.width, height: 1 }, blend(top, bottom, share))
  }
  const scale = Math.max(2, Math.min(6, Math.floor((canvas.width - 48) / textWidth(name, 1))))
  write(canvas, name, { x: 24, y: 32, colour: WHITE, scale })
  write(canvas, place, { x: 24, y: 44 + lineHeight(scale), colour: blend(WHITE, top, 0.35), scale: 2 })
}

function drawTerminal(canvas: Canvas, { x, y, width, height }: SceneWindow, scene: Scene): void {
  const ground = 0x12161c
  fill(canvas, { x: x + 1, y, width: width - 2, height: height - 1 }, ground)
  const columns = Math.max(8, Math.floor((width - 20) / textWidth('x', 2)))
  const rows = Math.max(1, Math.floor((height - 12) / lineHeight(2)))
  shownRows(scene.terminal, columns, rows).forEach((row, index) => {
    const at = { x: x + 10, y: y + 8 + index * lineHeight(2) }
    const [text = '', ...rest] = row.split('\u0001')
    write(canvas, text, { ...at, colour: 0x8fe3a4, scale: 2 })
    if (rest.length === 0) return
    fill(canvas, { x: at.x + textWidth(text, 2), y: at.y - 2, width: 10, height: 18 }, 0x8fe3a4)
  })
}

const CONTENT: Record<WindowKind, (canvas: Canvas, inside: SceneWindow, scene: Scene, now: number) => void> =
  {
    terminal: drawTerminal,
    clock: drawClock,
    load: drawLoad,
  }

function drawWindow(canvas: Canvas, window: SceneWindow, scene: Scene, now: number, active: boolean): void {
  const { look } = scene
  const { x, y, width, height } = window
  fill(canvas, window, look.window)
  const title = active ? look.accent : blend(look.accent, 0x808890, 0.7)
  fill(canvas, { x, y, width, height: TITLE_HEIGHT }, title)
  write(canvas, window.title, { x: x + 10, y: y + 6, colour: WHITE, scale: 2 })
  frame(canvas, window, blend(title, 0, 0.4))
  const inside = { ...window, y: y + TITLE_HEIGHT, height: height - TITLE_HEIGHT }
  CONTENT[window.kind](canvas, inside, scene, now)
}

function drawBar(canvas: Canvas, scene: Scene, now: number): void {
  const { look, pressed, clicks, lastKey } = scene
  const top = canvas.height - BAR_HEIGHT
  fill(canvas, { x: 0, y: top, width: canvas.width, height: BAR_HEIGHT }, look.bar)
  let left = 0
  for (const { button, label, ...place } of barButtons(canvas)) {
    const down = button === pressed
    fill(canvas, place, down ? look.accent : blend(look.bar, look.barInk, 0.14))
    write(canvas, label, { x: place.x + 10, y: place.y + 7, colour: down ? WHITE : look.barInk, scale: 2 })
    left = place.x + place.width
  }
  const time = new Date(now).toISOString().slice(11, 16)
  const right = canvas.width - textWidth(time, 2) - 10
  write(canvas, time, { x: right, y: top + 13, colour: look.barInk, scale: 2 })
  const said = `${clicks} ${clicks === 1 ? 'click' : 'clicks'}${lastKey === '' ? '' : `  ${lastKey}`}`
  const at = right - textWidth(said, 2) - 24
  if (at > left + 8)
    write(canvas, said, { x: at, y: top + 13, colour: blend(look.barInk, look.bar, 0.3), scale: 2 })
}

function drawArrow(canvas: Canvas, x: number, y: number): void {
  ARROW.forEach((row, dy) => {
    for (let dx = 0; dx < row.length; dx++) {
      if (row[dx] === ' ') continue
      fill(canvas, { x: x + dx, y: y + dy, width: 1, height: 1 }, row[dx] === '#' ? 0 : WHITE)
    }
  })
}

/** Draws a desktop as it is at a moment; the arrow only for those whose viewer shows none of its own. */
export function drawScene(canvas: Canvas, scene: Scene, now: number, arrow: boolean): void {
  drawPaper(canvas, scene)
  scene.windows.forEach((window, index) => {
    drawWindow(canvas, window, scene, now, index === scene.windows.length - 1)
  })
  drawBar(canvas, scene, now)
  scene.trail = scene.trail.filter(({ at }) => now - at < TRAIL_MS)
  for (const { x, y, at } of scene.trail) {
    disc(canvas, x, y, Math.max(1, Math.round(5 * (1 - (now - at) / TRAIL_MS))), scene.look.accent)
  }
  if (arrow) drawArrow(canvas, scene.pointer.x, scene.pointer.y)
}
