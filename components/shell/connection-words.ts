import type { Freshness } from '../../lib/fleet/freshness.ts'
import type { Connection } from '../../lib/live/live-state.ts'
import { CONNECTION_LOOKS } from './connection-looks.ts'

const unended = (text: string) => text.trim().replace(/[.!]+$/, '')

/** What is wrong with the connection and why, as whole sentences; '' while nothing is. */
export function connectionTrouble({
  state,
  message,
  refusal,
}: Pick<Connection, 'state' | 'message' | 'refusal'>): string {
  const { meaning } = CONNECTION_LOOKS[state]
  if (state === 'live' || state === 'connecting' || message === '') return meaning
  if (state === 'stale') return `${unended(message)}.`
  if (refusal === 'signed-out') return `${unended(message)}.`
  if (refusal === 'refused') return `${unended(message)}. The page keeps trying.`
  return `The dashboard’s server cannot be reached: ${unended(message)}. The page keeps trying.`
}

/** False while nobody can say how many VMs there are: counts are then not shown, rather than shown as zero. */
export function vmsAreKnown(loaded: boolean, freshness: Freshness | null): boolean {
  const state = freshness?.pods.state
  return loaded && state !== undefined && state !== 'forbidden' && state !== 'starting'
}
