import { applyMessage } from '../../../lib/live/apply-message.ts'
import { createLiveStore } from '../../../lib/live/live-store.ts'
import type { LiveStore } from '../../../lib/live/live-store.ts'
import { sseMessages } from '../../promises/sse-messages.ts'

/** An open stream as a browser reads it, and every byte that came by it. */
export interface OpenEye {
  store: LiveStore
  /** Everything that was ever sent, as text, and the rows as they were read. */
  seen(): string
  /** How many events came, by their name. */
  counts: Record<string, number>
  /** The rows as they are. */
  rows(): string
  /** What ended it; null while it is open. */
  ended(): string | null
  close(): void
}

export function openEye(url: string, headers: Record<string, string>): OpenEye {
  const store = createLiveStore()
  const gone = new AbortController()
  const counts: Record<string, number> = {}
  const parts: string[] = []
  let end: string | null = null
  const rows = () => {
    const { vms, sets, nodes, operations, usual } = store.index()
    const tables: ReadonlyMap<string, unknown>[] = [vms, sets, nodes, operations, usual]
    return JSON.stringify(tables.flatMap((table) => Array.from(table.values())))
  }
  const read = async () => {
    const response = await fetch(url, { headers, signal: gone.signal })
    if (!response.ok) return `${response.status} ${await response.text()}`
    for await (const message of sseMessages(response)) {
      counts[message.event] = (counts[message.event] ?? 0) + 1
      parts.push(message.data)
      applyMessage(store, message)
      // Columns may hold texts in pieces: what they say is read as a browser reads it.
      if (message.event === 'snapshot') parts.push(rows())
    }
    return 'it ended'
  }
  read().then(
    (how) => (end = how),
    (error: unknown) => (end = String(error)),
  )
  return {
    store,
    counts,
    rows,
    seen: () => parts.join('\n'),
    ended: () => end,
    close: () => gone.abort(),
  }
}
