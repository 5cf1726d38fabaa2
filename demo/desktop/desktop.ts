import type { Clock } from '../clock.ts'
import { createCanvas, moveRect, type Canvas, type Rect } from './canvas.ts'
import { differences, isDamaged, type Damage } from './damage.ts'
import { drawScene } from './scene/draw-scene.ts'
import { movePointer, pressKey, resizeScene, type Effect, type Scene } from './scene/scene.ts'

export interface Copy {
  from: Rect
  x: number
  y: number
}

/** What became of the picture: first what moved as it is, then what is to be seen anew. */
export interface Change {
  copies: Copy[]
  damage: Damage
}

/** Somebody who looks at a desktop. */
export interface Viewer {
  /** Whether the viewer shows a pointer of its own. */
  drawsPointer(): boolean
  changed(change: Change): void
  /** The picture has another size; `own` when it was this viewer's wish. */
  resized(own: boolean): void
  copied(text: string): void
}

/** A desktop that lives as long as somebody looks at it, and rests in between. */
export interface Desktop {
  readonly name: string
  screen(): Canvas
  join(viewer: Viewer): void
  leave(viewer: Viewer): void
  key(keysym: number, down: boolean): void
  pointer(x: number, y: number, buttons: number): void
  cut(text: string, from: Viewer): void
  /** Whether the desktop can have that size, which it then takes. */
  resize(width: number, height: number, from: Viewer): boolean
}

const FRAME_MS = 40
const TICK_MS = 1000
const SMALLEST = 200
const LARGEST = { width: 3840, height: 2400 }

/** A desktop around a scene; nothing is drawn, and no timer runs, until the first viewer comes. */
export function createDesktop(scene: Scene, clock: Clock): Desktop {
  const viewers = new Set<Viewer>()
  let current = createCanvas(0, 0)
  let spare = createCanvas(0, 0)
  let copies: Copy[] = []
  let lastFrame = -Infinity
  let cancelFrame: (() => void) | undefined
  let cancelTick: (() => void) | undefined

  const draw = (canvas: Canvas) => {
    const everybody = [...viewers].every((viewer) => viewer.drawsPointer())
    drawScene(canvas, scene, clock.now(), !everybody)
  }
  const begin = () => {
    current = createCanvas(scene.width, scene.height)
    spare = createCanvas(scene.width, scene.height)
    copies = []
    draw(current)
  }
  const soon = () => {
    if (cancelFrame || viewers.size === 0) return
    cancelFrame = clock.after(Math.max(0, lastFrame + FRAME_MS - clock.now()), nextFrame)
  }
  const nextFrame = () => {
    cancelFrame = undefined
    lastFrame = clock.now()
    draw(spare)
    for (const { from, x, y } of copies) moveRect(current, from, x, y)
    const change = { copies, damage: differences(current, spare) }
    copies = []
    const shown = current
    current = spare
    spare = shown
    if (change.copies.length > 0 || isDamaged(change.damage))
      for (const viewer of viewers) viewer.changed(change)
    if (scene.trail.length > 0) soon()
  }
  const tick = () => {
    soon()
    // On the second, as clocks do.
    cancelTick = clock.after(TICK_MS - (clock.now() % TICK_MS), tick)
  }
  const tell = (text: string, from?: Viewer) => {
    for (const viewer of viewers) if (viewer !== from) viewer.copied(text)
  }
  const apply = ({ copied, moved }: Effect) => {
    if (copied !== undefined) tell(copied)
    if (moved) copies.push(moved)
    soon()
  }
  return {
    name: scene.name,
    screen: () => current,
    join(viewer) {
      viewers.add(viewer)
      if (viewers.size > 1) return
      begin()
      tick()
    },
    leave(viewer) {
      viewers.delete(viewer)
      if (viewers.size > 0) return
      cancelFrame?.()
      cancelTick?.()
      cancelFrame = undefined
      current = createCanvas(0, 0)
      spare = current
    },
    key: (keysym, down) => apply(pressKey(scene, keysym, down, clock.now())),
    pointer: (x, y, buttons) => apply(movePointer(scene, x, y, buttons, clock.now())),
    cut(text, from) {
      scene.clipboard = text
      tell(text, from)
    },
    resize(width, height, from) {
      if (width < SMALLEST || height < SMALLEST) return false
      if (width > LARGEST.width || height > LARGEST.height) return false
      resizeScene(scene, width, height)
      begin()
      for (const viewer of viewers) viewer.resized(viewer === from)
      return true
    },
  }
}
