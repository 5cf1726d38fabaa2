import type { Connection, FleetIndex } from '../../lib/live/live-state.ts'

/** What the page can show: the fleet, or which reason there is for not showing one. */
export type FleetCondition = 'loading' | 'lost' | 'forbidden' | 'missing' | 'empty' | 'no-match' | 'shown'

/** The first condition that holds decides. `items` is how many rows the search leaves. */
export function fleetCondition(index: FleetIndex, connection: Connection, items: number): FleetCondition {
  const { state, freshness } = connection
  if (!index.loaded) return state === 'lost' ? 'lost' : 'loading'
  const empty = index.vms.size === 0 && index.sets.size === 0
  // Who may not list pods may still see sets.
  if (empty && freshness?.pods.state === 'forbidden') return 'forbidden'
  if (!empty) return items === 0 ? 'no-match' : 'shown'
  if (freshness?.pods.state === 'starting' || freshness?.cocoonsets.state === 'starting') return 'loading'
  return freshness?.cocoonsets.state === 'missing' ? 'missing' : 'empty'
}
