/** How often each sub-agent slot was rebuilt, as the operator keeps it on the CocoonSet (contract 1.3). */
export type RebuildHistory = Record<string, { count: number; lastDeleted: string }>

/** Milliseconds to wait before rebuild attempts 1 to 4; after them the pod is dead-lettered (contract 4.7). */
export const REBUILD_DELAYS = [0, 1_000, 5_000, 30_000] as const

function entriesOf(value: unknown): [string, unknown][] {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : []
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Anybody may have written the annotation: what is not JSON is no history.
    return undefined
  }
}

/** Reads the annotation of a set; anything malformed counts as an empty history (contract 11.18). */
export function readRebuildHistory(text: string | undefined): RebuildHistory {
  const history: RebuildHistory = {}
  for (const [slot, entry] of entriesOf(parsed(text ?? '{}'))) {
    const { count, lastDeleted } = Object.fromEntries(entriesOf(entry))
    if (typeof count !== 'number' || !Number.isInteger(count) || count < 0) continue
    history[slot] = { count, lastDeleted: typeof lastDeleted === 'string' ? lastDeleted : '' }
  }
  return history
}

/** The annotation's text, without the slots that the set no longer has; null when nothing is left. */
export function writeRebuildHistory(history: RebuildHistory, replicas: number): string | null {
  const kept = Object.entries(history).filter(([slot]) => Number(slot) <= replicas)
  return kept.length === 0 ? null : JSON.stringify(Object.fromEntries(kept))
}
