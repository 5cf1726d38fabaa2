import { isJsonObject } from './schema.ts'

/** How often a sub-agent was rebuilt, and when last, as an RFC 3339 text (contract 1.3). */
export interface Rebuild {
  count: number
  lastDeleted: string
}

/**
 * The rebuild-history annotation of a set by slot text. Malformed texts and `null` read as no history, and
 * malformed entries as none (contract 11, 18).
 */
export function parseRebuildHistory(text: string): Map<string, Rebuild> {
  const history = parseJson(text)
  const rebuilds = new Map<string, Rebuild>()
  for (const [slot, entry] of Object.entries(isJsonObject(history) ? history : {})) {
    if (!isJsonObject(entry) || typeof entry.count !== 'number') continue
    const lastDeleted = typeof entry.lastDeleted === 'string' ? entry.lastDeleted : ''
    rebuilds.set(slot, { count: entry.count, lastDeleted })
  }
  return rebuilds
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    // Anybody may have written the annotation: the contract reads what is not JSON as no history.
    if (error instanceof SyntaxError) return null
    throw error
  }
}
