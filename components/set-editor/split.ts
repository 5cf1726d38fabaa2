const KEY = 'set-editor-split'
const USUAL = 50

/** How much of the width the form may have, in percent: neither side goes away. */
export const LEAST_SPLIT = 25
export const MOST_SPLIT = 75

/** The percentage that a split may have nearest to this one; the usual one for what is no number. */
export const fitSplit = (percent: number): number =>
  Number.isFinite(percent) ? Math.round(Math.min(MOST_SPLIT, Math.max(LEAST_SPLIT, percent))) : USUAL

/** How somebody shared the width between form and YAML, the last time. */
export function storedSplit(): number {
  try {
    return fitSplit(Number(localStorage.getItem(KEY) ?? USUAL))
  } catch {
    return USUAL
  }
}

/** Keeps a split for the next time, where the browser keeps anything. */
export function storeSplit(percent: number): void {
  try {
    localStorage.setItem(KEY, String(percent))
  } catch {
    // Storage may be forbidden: the split then lasts as long as the page.
  }
}
