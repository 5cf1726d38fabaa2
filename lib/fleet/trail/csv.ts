import { csvCell } from '../csv-cell.ts'
import type { TrailEntry } from './entry.ts'

const COLUMNS = [
  'at',
  'since',
  'count',
  'who',
  'means',
  'action',
  'kind',
  'namespace',
  'name',
  'uid',
  'result',
  'code',
  'detail',
  'from',
  'requestId',
  'durationMs',
  'message',
] as const satisfies readonly (keyof TrailEntry)[]

/** The entries as a table with a head, lines ended by CRLF (RFC 4180). */
export function trailCsv(entries: readonly TrailEntry[]): string {
  const lines = entries.map((entry) =>
    COLUMNS.map((column) => csvCell(String(entry[column] ?? ''))).join(','),
  )
  return [COLUMNS.join(','), ...lines, ''].join('\r\n')
}
