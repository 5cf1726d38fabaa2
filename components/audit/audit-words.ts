import { counted } from '../../lib/fleet/can/wording.ts'
import type { TrailEntry } from '../../lib/fleet/trail/entry.ts'
import type { TrailMeans, TrailResult } from '../../lib/fleet/trail/record.ts'
import { ACTION_WORDS, whoWords } from '../../lib/fleet/trail/words.ts'
import type { VmPhase } from '../../lib/fleet/vm.ts'

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
export const meansOfEntry = ({ means }: TrailEntry) => MEANS[means]

/** What was done, in a word or two; of a later version's Events their reason. */
export const whatOfEntry = ({ action, reason }: TrailEntry) =>
  action === '' ? reason : ACTION_WORDS[action].label

/** "12 entries", "3 of 12 entries". */
export const countWords = (shown: number, read: number) =>
  shown === read ? counted(read, 'deed') : `${shown} of ${counted(read, 'deed')}`
