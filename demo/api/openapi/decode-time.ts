/** Go's layouts of times: RFC 3339 in seconds, and with microseconds. */
export type TimeLayout = 'seconds' | 'micros'

const LAYOUTS: Record<TimeLayout, string> = {
  seconds: '2006-01-02T15:04:05Z07:00',
  micros: '2006-01-02T15:04:05.000000Z07:00',
}

interface Step {
  /** The part of the layout, as errors name it. */
  name: string
  pattern: RegExp
  range?: readonly [string, number, number]
}

const literal = (text: string): Step => ({ name: text, pattern: new RegExp(`^${text}`) })
const BEFORE_ZONE: readonly Step[] = [
  { name: '2006', pattern: /^\d{4}/ },
  literal('-'),
  { name: '01', pattern: /^\d\d/, range: ['month', 1, 12] },
  literal('-'),
  { name: '02', pattern: /^\d\d/, range: ['day', 1, 31] },
  literal('T'),
  { name: '15', pattern: /^\d\d?/, range: ['hour', 0, 23] },
  literal(':'),
  { name: '04', pattern: /^\d\d/, range: ['minute', 0, 59] },
  literal(':'),
  { name: '05', pattern: /^\d\d/, range: ['second', 0, 59] },
]
const FRACTION: Record<TimeLayout, Step> = {
  // Go takes a fraction even where the layout has none.
  seconds: { name: '', pattern: /^(?:[.,]\d+)?/ },
  micros: { name: '.000000', pattern: /^\.\d{6}/ },
}
const ZONE: Step = { name: 'Z07:00', pattern: /^(?:Z|[+-]\d\d:\d\d)/ }

/** Milliseconds of an RFC 3339 text, or why it is none in the words of Go's time package. */
export function parseTime(text: string, layout: TimeLayout): number | { error: string } {
  let rest = text
  const fail = (why: string) => ({ error: `parsing time ${JSON.stringify(text)}${why}` })
  const cannot = (name: string) =>
    fail(` as "${LAYOUTS[layout]}": cannot parse ${JSON.stringify(rest)} as "${name}"`)
  for (const { name, pattern, range } of [...BEFORE_ZONE, FRACTION[layout], ZONE]) {
    const found = pattern.exec(rest)?.[0]
    if (found === undefined) return cannot(name)
    if (range) {
      const [what, low, high] = range
      if (Number(found) < low || Number(found) > high) return fail(`: ${what} out of range`)
    }
    rest = rest.slice(found.length)
  }
  if (rest !== '') return fail(`: extra text: ${JSON.stringify(rest)}`)
  const day = text.slice(0, '2006-01-02'.length)
  const midnight = new Date(`${day}T00:00:00Z`)
  // JavaScript would take 30 February for 2 March.
  if (Number.isNaN(midnight.getTime()) || !midnight.toISOString().startsWith(day))
    return fail(': day out of range')
  return Date.parse(text.replace(/T(\d):/, 'T0$1:'))
}

/** A time as the server writes it: in UTC, to the second or with the microseconds that it came with. */
export function timeText(text: string, at: number, layout: TimeLayout): string {
  const seconds = new Date(at).toISOString().slice(0, 'YYYY-MM-DDThh:mm:ss'.length)
  return layout === 'seconds' ? `${seconds}Z` : `${seconds}.${/\.(\d{6})/.exec(text)?.[1] ?? '000000'}Z`
}
