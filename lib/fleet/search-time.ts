const UNITS = new Map([
  ['s', 1000],
  ['m', 60_000],
  ['min', 60_000],
  ['h', 3_600_000],
  ['d', 86_400_000],
  ['w', 604_800_000],
  ['wk', 604_800_000],
])

/** A bound on a length of time, in milliseconds. */
export interface TimeLimit {
  more: boolean
  milliseconds: number
}

const LIMIT = /^([<>]?)=?\s*(\d{1,9}(?:\.\d{1,3})?)\s*([a-z]{1,3})$/

/** Reads `>2d`, `<30s`, `10m` (at least); undefined when it is none of these. */
export function parseLimit(text: string): TimeLimit | undefined {
  const match = LIMIT.exec(text.toLowerCase())
  const unit = UNITS.get(match?.[3] ?? '')
  if (match === null || unit === undefined) return undefined
  return { more: match[1] !== '<', milliseconds: Number(match[2]) * unit }
}
