const KEY = 'console-dock'

/** Pixels: enough for a toolbar, and what leaves a list beside it. */
export const LEAST_WIDTH = 380
const USUAL_WIDTH = 640
export const MOST_WIDTH = 2_400

/** A width in pixels that leaves room for both, the usual one for what is none. */
export const fitWidth = (width: number): number =>
  Number.isFinite(width) ? Math.round(Math.min(MOST_WIDTH, Math.max(LEAST_WIDTH, width))) : USUAL_WIDTH

/** How wide somebody wanted the console beside the list, the last time. */
export function storedWidth(): number {
  try {
    return fitWidth(Number(localStorage.getItem(KEY) ?? USUAL_WIDTH))
  } catch {
    return USUAL_WIDTH
  }
}

/** Remembers it for the next time, in pixels. */
export function storeWidth(width: number): void {
  try {
    localStorage.setItem(KEY, String(width))
  } catch {
    // Storage may be forbidden: the width then lasts as long as the page.
  }
}
