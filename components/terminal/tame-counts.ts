import type { Terminal } from '@xterm/xterm'

/**
 * Sequences that xterm.js carries out one by one as often as they say: tabs, lines, scrolling, and the last character
 * again. Two thousand million of them are a tab that never answers again.
 */
const COUNTED = ['I', 'Z', 'L', 'M', 'S', 'T', 'b']

/** No screen has more rows or columns, so more often changes nothing. */
const MOST = 5_000

/** Passes over what a guest asks to be done so often that the page would stand still (promise D11). */
export function tameCounts({ parser }: Terminal): void {
  for (const final of COUNTED) {
    parser.registerCsiHandler({ final }, (params) => params.flat().some((count) => count > MOST))
  }
}
