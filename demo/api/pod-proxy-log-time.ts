import { badRequest } from './status.ts'

const LAYOUT = '2006-01-02T15:04:05Z07:00'

/** The pieces of an RFC 3339 time, each with what Go's layout calls it. */
const PIECES: readonly (readonly [RegExp, string, string?, number?, number?])[] = [
  [/^\d{4}/, '2006'],
  [/^-/, '-'],
  [/^\d\d/, '01', 'month', 1, 12],
  [/^-/, '-'],
  [/^\d\d/, '02', 'day', 1, 31],
  [/^T/, 'T'],
  [/^\d\d/, '15', 'hour', 0, 23],
  [/^:/, ':'],
  [/^\d\d/, '04', 'minute', 0, 59],
  [/^:/, ':'],
  [/^\d\d(\.\d+)?/, '05', 'second', 0, 59],
  [/^(Z|[+-]\d\d:\d\d)/, 'Z07:00'],
]

/** Reads a time as Go does, to whole seconds in UTC. Throws 400 in the words of Go's time package. */
export function goTime(text: string): string {
  const quoted = JSON.stringify(text)
  let rest = text
  for (const [pattern, name, unit, low = 0, high = 0] of PIECES) {
    const found = pattern.exec(rest)?.[0]
    if (found === undefined) {
      throw badRequest(
        `parsing time ${quoted} as "${LAYOUT}": cannot parse ${JSON.stringify(rest)} as "${name}"`,
      )
    }
    const value = Number.parseInt(found, 10)
    if (unit && (value < low || value > high))
      throw badRequest(`parsing time ${quoted}: ${unit} out of range`)
    rest = rest.slice(found.length)
  }
  if (rest !== '') throw badRequest(`parsing time ${quoted}: extra text: ${JSON.stringify(rest)}`)
  const at = new Date(text)
  // JavaScript counts on where a month has no such day; Go does not.
  if (
    Number.isNaN(at.getTime()) ||
    new Date(`${text.slice(0, 10)}T00:00:00Z`).getUTCDate() !== Number(text.slice(8, 10))
  ) {
    throw badRequest(`parsing time ${quoted}: day out of range`)
  }
  return `${at.toISOString().slice(0, 19)}Z`
}
