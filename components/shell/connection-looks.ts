import type { VmPhase } from '../../lib/fleet/vm.ts'
import type { ConnectionState } from '../../lib/live/live-state.ts'

export interface ConnectionLook {
  word: string
  /** The phase whose colour the dot borrows. */
  tone: VmPhase
  /** Said when the connection itself has no message. */
  meaning: string
}

/** How each state of the connection looks and reads. */
export const CONNECTION_LOOKS: Record<ConnectionState, ConnectionLook> = {
  connecting: { word: 'Connecting', tone: 'scheduling', meaning: 'Waiting for the first answer.' },
  live: { word: 'Live', tone: 'ready', meaning: '' },
  stale: {
    word: 'Stale',
    tone: 'unreachable',
    meaning: 'The cluster’s API has stopped answering, so this may be out of date.',
  },
  lost: {
    word: 'Disconnected',
    tone: 'failed',
    meaning: 'The dashboard’s server cannot be reached. The page keeps trying.',
  },
}
