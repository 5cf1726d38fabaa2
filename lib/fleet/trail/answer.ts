import type { TrailEntry } from './entry.ts'

/** `GET /api/audit`: what the cluster remembers of who did what through the dashboard. */
export interface TrailAnswer {
  /** Those wanted, the latest first. */
  entries: TrailEntry[]
  /** How many are wanted, on this page or not. */
  found: number
  /** How many were read, wanted or not. */
  read: number
  /** The namespaces whose events were read; null for all. */
  namespaces: string[] | null
  /** The cluster has more than were read. */
  more: boolean
  /** Asks for those after the last, as `after`; null when these are all. */
  next: string | null
  /** ISO 8601. */
  asOf: string
}

/** The most entries that one answer has. */
export const MOST_ENTRIES = 1_000

const placeOf = ({ at, id }: TrailEntry) => `${at} ${id}`

/** One page of what is wanted: `after` is what an answer gave as `next`, or '' for the first. */
export function trailPage(
  entries: readonly TrailEntry[],
  after: string,
  limit: number,
): Pick<TrailAnswer, 'entries' | 'next'> {
  const [at = '', id = ''] = after.split(' ')
  const isAfter = (entry: TrailEntry) => entry.at < at || (entry.at === at && entry.id > id)
  const rest = after === '' ? entries : entries.filter(isAfter)
  const page = rest.slice(0, limit)
  const last = page.at(-1)
  return { entries: page, next: last !== undefined && rest.length > limit ? placeOf(last) : null }
}
