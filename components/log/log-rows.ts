import { printable } from '../../lib/fleet/log/log-lines.ts'
import type { LogRead } from './log-query.ts'

/** One row of the page: a line, or a place where some are missing. */
export interface LogRow {
  key: string
  /** Null where lines are missing. */
  text: string | null
}

/** The lines as they are shown, with the one that is being written, and the gaps between them. */
export function logRows({ lines, gaps, dropped, open }: LogRead): LogRow[] {
  const missing = new Set(gaps)
  const shown = open === '' ? lines : [...lines, open]
  return shown.flatMap((line, place) => {
    const row = { key: `${dropped + place}`, text: printable(line) }
    return missing.has(place) ? [{ key: `${row.key} gap`, text: null }, row] : [row]
  })
}

/** The places of the rows that have the text, whatever its case; none for no text. */
export function rowsWith(rows: readonly LogRow[], find: string): number[] {
  if (find === '') return []
  const wanted = find.toLowerCase()
  return rows.flatMap(({ text }, place) => (text?.toLowerCase().includes(wanted) ? [place] : []))
}

/** A line in pieces: every second one is what is looked for. */
export function pieces(text: string, find: string): string[] {
  if (find === '') return [text]
  const lower = text.toLowerCase()
  // A few letters change their length with their case; then nothing is marked rather than the wrong thing.
  if (lower.length !== text.length) return [text]
  const wanted = find.toLowerCase()
  const found: string[] = []
  let from = 0
  for (let at = lower.indexOf(wanted); at >= 0; at = lower.indexOf(wanted, from)) {
    found.push(text.slice(from, at), text.slice(at, at + wanted.length))
    from = at + wanted.length
  }
  return [...found, text.slice(from)]
}
