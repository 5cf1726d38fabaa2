import type { Rect } from '../canvas.ts'

export const TITLE_HEIGHT = 28
export const BAR_HEIGHT = 40

export type WindowKind = 'terminal' | 'clock' | 'load'

export interface SceneWindow extends Rect {
  kind: WindowKind
  title: string
}

interface Size {
  width: number
  height: number
}

const inside = (value: number, most: number) => Math.max(0, Math.min(value, most))

/** Keeps a window where its title can be grabbed. */
export function keepOnScreen(window: SceneWindow, { width, height }: Size): void {
  window.x = inside(window.x, Math.max(0, width - window.width))
  window.y = inside(window.y, Math.max(0, height - BAR_HEIGHT - TITLE_HEIGHT))
}

/** The windows of a new desktop, the last one on top: side by side, or below each other on a narrow one. */
export function firstWindows({ width, height }: Size): SceneWindow[] {
  const narrow = width < 800
  const terminal = { kind: 'terminal' as const, title: 'Terminal', x: 24, y: 150 }
  if (narrow) {
    const top = Math.min(height - 280, 500)
    return [
      { ...terminal, width: width - 48, height: Math.max(120, top - 174) },
      { kind: 'load', title: 'Load', x: 208, y: top, width: width - 232, height: 200 },
      { kind: 'clock', title: 'Clock', x: 24, y: top, width: 160, height: 200 },
    ]
  }
  return [
    { kind: 'load', title: 'Load', x: width - 344, y: height - 290, width: 304, height: 200 },
    { kind: 'clock', title: 'Clock', x: width - 250, y: 150, width: 190, height: 230 },
    { ...terminal, x: 48, width: Math.min(640, width - 430), height: Math.min(440, height - 280) },
  ]
}

const holds = (rect: Rect, x: number, y: number) =>
  x >= rect.x && y >= rect.y && x < rect.x + rect.width && y < rect.y + rect.height

/** The topmost window at a point, and whether the point is in its title. */
export function windowAt(windows: SceneWindow[], x: number, y: number) {
  const window = windows.findLast((each) => holds(each, x, y))
  return window && { window, inTitle: y < window.y + TITLE_HEIGHT }
}

export type BarButton = 'paper' | 'hello' | 'copy'

const LABELS: Readonly<Record<BarButton, string>> = { paper: 'Wallpaper', hello: 'Hello', copy: 'Copy' }

/** The buttons of the bar at the bottom. */
export function barButtons({ height }: Size): (Rect & { button: BarButton; label: string })[] {
  let x = 8
  return (['paper', 'hello', 'copy'] as const).map((button) => {
    const label = LABELS[button]
    const width = label.length * 12 + 20
    const place = { button, label, x, y: height - BAR_HEIGHT + 5, width, height: BAR_HEIGHT - 10 }
    x += width + 8
    return place
  })
}

/** The button at a point, if there is one. */
export const buttonAt = (size: Size, x: number, y: number) =>
  barButtons(size).find((each) => holds(each, x, y))?.button
