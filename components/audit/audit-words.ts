import { agree } from '../../lib/fleet/can/wording.ts'
import { formatDuration } from '../../lib/fleet/duration.ts'
import type { TrailEntry } from '../../lib/fleet/trail/entry.ts'
import type { TrailMeans, TrailResult } from '../../lib/fleet/trail/record.ts'
import { ACTION_WORDS, whoWords } from '../../lib/fleet/trail/words.ts'
import type { VmPhase } from '../../lib/fleet/vm.ts'
import { formatCount } from '../ui/format-count.ts'

/** A result's word, and the phase whose colour it has. */
export const RESULT_LOOKS: Record<TrailResult | '', { word: string; tone: VmPhase }> = {
  done: { word: 'done', tone: 'ready' },
  tried: { word: 'tried', tone: 'unknown' },
  refused: { word: 'refused', tone: 'unreachable' },
  failed: { word: 'failed', tone: 'failed' },
  unknown: { word: 'not known', tone: 'unreachable' },
  '': { word: 'not said', tone: 'unknown' },
}

const MEANS: Record<TrailMeans | '', string> = {
  token: 'with their own token',
  impersonation: 'the dashboard spoke for them',
  dashboard: 'with the dashboard’s own account',
  '': '',
}

/** Who, and in small how the cluster came to see them. */
export const whoOfEntry = ({ who }: TrailEntry) => whoWords(who)
/** By whose credentials, as people say it; '' when the Event does not tell. */
export const meansOfEntry = ({ means }: TrailEntry) => MEANS[means]

/** What was done, in a word or two; of a later version's Events their reason. */
export const whatOfEntry = ({ action, reason }: TrailEntry) =>
  action === '' ? reason : ACTION_WORDS[action].label

/** How long it took; '' when nobody knows. */
export const tookWords = ({ durationMs }: TrailEntry) =>
  durationMs === null ? '' : formatDuration(durationMs)

/** How many deeds are in the list, fit the filters, and are remembered by the cluster. */
export interface TrailCount {
  shown: number
  found: number
  read: number
}

/** "12 deeds", "3 of 12 deeds", "the latest 1,000 of 5,002 deeds", "the latest 1,000 of 1,249 that fit, of 5,002 deeds". */
export function countWords({ shown, found, read }: TrailCount): string {
  const all = `${formatCount(read)} ${agree(read, 'deed', 'deeds')}`
  const fitting = found === read ? all : `${formatCount(found)} of ${all}`
  if (shown === found) return fitting
  const latest = `the latest ${formatCount(shown)} of`
  return found === read ? `${latest} ${all}` : `${latest} ${formatCount(found)} that fit, of ${all}`
}
