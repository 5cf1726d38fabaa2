const DIGITS = /\d+/g
const LONGEST_RUN = 0xff_ff

/** A run of digits so that more digits sort later: a digit (to stand where digits stand), its length, itself. */
function runKey(run: string): string {
  const value = run.replace(/^0+/, '')
  return `0${String.fromCharCode(Math.min(value.length, LONGEST_RUN))}${value}`
}

/**
 * A text that sorts by code unit as people expect of names: `web-2` before `web-10`. Not by locale, which
 * must not change the order of what a cluster calls plain letters. Comparing keys is several times
 * faster than comparing names, so lists keep them.
 */
export function naturalKey(text: string): string {
  return text.replace(DIGITS, runKey)
}

/** The order by code unit. */
export const compareTexts = (a: string, b: string): number => (a < b ? -1 : Number(a > b))
