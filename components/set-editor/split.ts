const KEY = 'set-editor-split'
const USUAL = 50

/** How much of the width the form may have, in percent: neither side goes away. */
export const LEAST_SPLIT = 25
export const MOST_SPLIT = 75

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

export function storeSplit(percent: number): void {
  try {
    localStorage.setItem(KEY, String(percent))
  } catch {
    // Storage may be forbidden: the split then lasts as long as the page.
  }
}
