import type { TrailEntry } from './entry.ts'
import { TRAIL_ACTIONS, TRAIL_RESULTS } from './record.ts'
import type { TrailAction, TrailResult } from './record.ts'

/** How far back one may look, in milliseconds; the cluster forgets Events after about an hour unless told otherwise. */
export const TRAIL_SPANS = {
  '5m': 5 * 60_000,
  '15m': 15 * 60_000,
  '1h': 60 * 60_000,
  '24h': 24 * 60 * 60_000,
} as const

export type TrailSpan = keyof typeof TRAIL_SPANS

/** Which entries are wanted; '' for any. */
export interface TrailFilter {
  who: string
  action: TrailAction | ''
  namespace: string
  /** A part of `kind/name`. */
  object: string
  result: TrailResult | ''
  span: TrailSpan | ''
  /** Words that all stand somewhere in the entry. */
  text: string
}

export const NO_TRAIL_FILTER: TrailFilter = {
  who: '',
  action: '',
  namespace: '',
  object: '',
  result: '',
  span: '',
  text: '',
}

const has = (whole: string, part: string) => whole.toLowerCase().includes(part.toLowerCase())

const everything = (entry: TrailEntry) =>
  [
    entry.who,
    entry.action,
    entry.reason,
    entry.kind,
    `${entry.namespace}/${entry.name}`,
    entry.uid,
    entry.result,
    entry.code,
    entry.detail,
    entry.from,
    entry.requestId,
    entry.message,
  ].join('\n')

/** Whether an entry is among those wanted; `now` in epoch milliseconds. */
export function fitsTrail(entry: TrailEntry, filter: TrailFilter, now: number): boolean {
  const { who, action, namespace, object, result, span, text } = filter
  if (who !== '' && entry.who !== who) return false
  if (action !== '' && entry.action !== action) return false
  if (namespace !== '' && entry.namespace !== namespace) return false
  if (result !== '' && entry.result !== result) return false
  if (span !== '' && now - Date.parse(entry.at) > TRAIL_SPANS[span]) return false
  if (object !== '' && !has(`${entry.kind}/${entry.name}`, object)) return false
  const words = text.split(/\s+/).filter((word) => word !== '')
  if (words.length === 0) return true
  const all = everything(entry)
  return words.every((word) => has(all, word))
}

/** The choices that there are, of what there is. */
export function trailChoices(entries: readonly TrailEntry[]) {
  const sorted = (texts: readonly string[]) => [...new Set(texts)].filter((each) => each !== '').sort()
  const acted = new Set(entries.map(({ action }) => action))
  const ended = new Set(entries.map(({ result }) => result))
  return {
    who: sorted(entries.map((entry) => entry.who)),
    namespaces: sorted(entries.map((entry) => entry.namespace)),
    actions: TRAIL_ACTIONS.filter((action) => acted.has(action)),
    results: TRAIL_RESULTS.filter((result) => ended.has(result)),
  }
}
