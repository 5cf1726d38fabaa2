import { clip, type Rect } from '../canvas.ts'
import { characterOf, keyName, modifierOf } from './keys.ts'
import type { Look } from './looks.ts'
import { newTerminal, print, typeText, type Around, type Terminal } from './terminal.ts'
import {
  buttonAt,
  firstWindows,
  keepOnScreen,
  windowAt,
  type BarButton,
  type SceneWindow,
} from './windows.ts'

/** Everything that a desktop shows. */
export interface Scene {
  readonly name: string
  /** The line below the name. */
  readonly place: string
  readonly look: Look
  width: number
  height: number
  paper: number
  windows: SceneWindow[]
  terminal: Terminal
  clipboard: string
  pointer: { x: number; y: number; buttons: number }
  trail: { x: number; y: number; at: number }[]
  pressed?: BarButton
  drag?: { window: SceneWindow; x: number; y: number }
  clicks: number
  /** Modifiers that are down, and what was pressed last. */
  modifiers: Set<string>
  lastKey: string
}

/** What an act did besides changing the scene. */
export interface Effect {
  /** New text in the clipboard, for everybody who looks. */
  copied?: string
  /** A part of the picture that moved as it is. */
  moved?: { from: Rect; x: number; y: number }
}

const MOST_TRAIL = 40

/** The desktop of a VM as it comes up. */
export function newScene(name: string, place: string, look: Look): Scene {
  const { width, height } = look
  return {
    name,
    place,
    look,
    width,
    height,
    paper: 0,
    windows: firstWindows(look),
    terminal: newTerminal(name),
    clipboard: '',
    pointer: { x: Math.round(width / 2), y: Math.round(height / 2), buttons: 0 },
    trail: [],
    clicks: 0,
    modifiers: new Set(),
    lastKey: '',
  }
}

function around(scene: Scene, now: number, effect: Effect): Around {
  return {
    name: scene.name,
    size: `${scene.width}x${scene.height}`,
    clipboard: scene.clipboard,
    now,
    copy(text) {
      scene.clipboard = text
      effect.copied = text
    },
  }
}

/** A key goes down or up: letters are typed into the terminal, Ctrl+V pastes, Ctrl+C copies its typed line. */
export function pressKey(scene: Scene, keysym: number, down: boolean, now: number): Effect {
  const effect: Effect = {}
  const modifier = modifierOf(keysym)
  if (modifier !== '') {
    if (down) scene.modifiers.add(modifier)
    else scene.modifiers.delete(modifier)
    return effect
  }
  if (!down) return effect
  const { terminal, modifiers } = scene
  const held = [...modifiers].filter((each) => each !== 'Shift' || characterOf(keysym) === '')
  scene.lastKey = [...held, keyName(keysym)].join('+')
  const name = keyName(keysym)
  const tools = around(scene, now, effect)
  if (modifiers.has('Ctrl')) {
    if (name.toLowerCase() === 'v') typeText(terminal, scene.clipboard, tools)
    if (name.toLowerCase() === 'c') tools.copy(terminal.typed)
  } else if (name === 'Backspace') terminal.typed = terminal.typed.slice(0, -1)
  else if (name === 'Enter') typeText(terminal, '\n', tools)
  else if (!modifiers.has('Alt')) typeText(terminal, characterOf(keysym), tools)
  return effect
}

function release(scene: Scene, button: BarButton): Effect {
  const { look, terminal } = scene
  if (button === 'paper') scene.paper = (scene.paper + 1) % look.papers.length
  if (button === 'hello') print(terminal, `Hello from ${scene.name}!`)
  if (button !== 'copy') return {}
  scene.clipboard = terminal.lines.findLast((line) => line !== '') ?? ''
  return { copied: scene.clipboard }
}

function pressDown(scene: Scene, x: number, y: number): void {
  scene.clicks++
  const button = buttonAt(scene, x, y)
  if (button) scene.pressed = button
  const hit = windowAt(scene.windows, x, y)
  if (!hit || button) return
  scene.windows = [...scene.windows.filter((each) => each !== hit.window), hit.window]
  if (hit.inTitle) scene.drag = { window: hit.window, x: x - hit.window.x, y: y - hit.window.y }
}

function dragWindow(scene: Scene, x: number, y: number): Effect {
  if (!scene.drag) return {}
  const { window } = scene.drag
  const { x: left, y: top, width, height } = window
  window.x = x - scene.drag.x
  window.y = y - scene.drag.y
  keepOnScreen(window, scene)
  if (window.x === left && window.y === top) return {}
  const before = clip(scene, { x: left, y: top, width, height })
  const after = clip(scene, window)
  const moved = { from: { ...before, height: Math.min(before.height, after.height) }, x: after.x, y: after.y }
  return { moved }
}

/** The pointer moves or its buttons change: windows are raised and dragged, buttons of the bar pressed. */
export function movePointer(scene: Scene, x: number, y: number, buttons: number, now: number): Effect {
  const before = scene.pointer
  const at = { x: Math.min(x, scene.width - 1), y: Math.min(y, scene.height - 1), buttons }
  scene.pointer = at
  if (at.x !== before.x || at.y !== before.y) scene.trail.push({ x: at.x, y: at.y, at: now })
  scene.trail.splice(0, scene.trail.length - MOST_TRAIL)
  const down = (buttons & 1) !== 0
  const was = (before.buttons & 1) !== 0
  if (down && !was) pressDown(scene, at.x, at.y)
  if (down) return dragWindow(scene, at.x, at.y)
  const { pressed } = scene
  delete scene.drag
  delete scene.pressed
  return pressed && buttonAt(scene, at.x, at.y) === pressed ? release(scene, pressed) : {}
}

/** Gives the desktop another size; windows that would be lost come along. */
export function resizeScene(scene: Scene, width: number, height: number): void {
  scene.width = width
  scene.height = height
  for (const window of scene.windows) keepOnScreen(window, scene)
  delete scene.drag
}
