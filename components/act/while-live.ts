import type { Verdict } from '../../lib/fleet/can/verdict.ts'
import type { ConnectionState } from '../../lib/live/live-state.ts'

const REASONS: Record<ConnectionState, string | null> = {
  live: null,
  connecting: 'The page is still connecting to the cluster: wait until it is live.',
  stale: 'The cluster does not answer, so what the page shows may be old: wait until it is live again.',
  lost: 'The dashboard’s server does not answer, so nothing can be asked for: wait until it is back.',
}

/** The verdict while what the page shows is of now; nobody decides on old data (look: states). */
export function whileLive(state: ConnectionState, verdict: Verdict): Verdict {
  const reason = REASONS[state]
  return reason === null ? verdict : { ok: false, reason }
}
