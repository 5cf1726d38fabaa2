const UNITS: Readonly<Record<string, number>> = {
  h: 3_600_000,
  m: 60_000,
  s: 1000,
  ms: 1,
  us: 0.001,
  µs: 0.001,
  ns: 0.000_001,
}
const WHOLE = /^[+-]?(?:(?:\d+\.?\d*|\.\d+)(?:h|ms|m|us|µs|ns|s))+$/
const PART = /(\d+\.?\d*|\.\d+)(h|ms|m|us|µs|ns|s)/g

/** A duration as Go writes it, such as `1h30m`, in milliseconds; undefined for anything else. */
export function parseDuration(text: string): number | undefined {
  if (/^[+-]?0$/.test(text)) return 0
  if (!WHOLE.test(text)) return undefined
  const sum = [...text.matchAll(PART)].reduce(
    (total, [, amount, unit = '']) => total + Number(amount) * (UNITS[unit] ?? 0),
    0,
  )
  return text.startsWith('-') ? -sum : sum
}
