import { WATCHED_RESOURCES } from '../../lib/fleet/freshness.ts'
import type { Freshness } from '../../lib/fleet/freshness.ts'
import { RESOURCE_WORDS, STATE_WORDS } from './resource-words.ts'

/** The parts of the cluster that are not live, and what they are instead. */
export function ResourceList({ freshness }: { freshness: Freshness | null }) {
  if (freshness === null) return null
  const parts = WATCHED_RESOURCES.filter((name) => STATE_WORDS[freshness[name].state] !== null)
  if (parts.length === 0) return null
  return (
    <ul className="mt-1.5 border-t border-line pt-1.5 text-2xs text-muted">
      {parts.map((name) => (
        <li key={name} className="flex justify-between gap-2" data-tip={freshness[name].message || undefined}>
          <span>{RESOURCE_WORDS[name].what}</span>
          <span>{STATE_WORDS[freshness[name].state]}</span>
        </li>
      ))}
    </ul>
  )
}
