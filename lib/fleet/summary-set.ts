import type { CocoonSetPhase } from '../cocoon/enums.ts'
import type { PhaseCounts } from './summary.ts'
import type { VmPhase, VmSet } from './vm.ts'

/** The phases that the operator writes (contract 1.5), and '' for a set that it has not touched yet. */
type SetPhase = '' | CocoonSetPhase

/** How a chip shows a set: the look of a VM's phase, and the cluster's own word. */
export interface SetState {
  look: VmPhase
  word: string
}

const LOOKS: Record<SetPhase, SetState> = {
  '': { look: 'scheduling', word: 'New' },
  Pending: { look: 'creating', word: 'Pending' },
  Running: { look: 'ready', word: 'Running' },
  Scaling: { look: 'creating', word: 'Scaling' },
  Suspending: { look: 'hibernating', word: 'Suspending' },
  Suspended: { look: 'hibernated', word: 'Suspended' },
  Failed: { look: 'failed', word: 'Failed' },
  Migrating: { look: 'migrating', word: 'Migrating' },
  Waking: { look: 'waking', word: 'Waking' },
}

const isSetPhase = (phase: string): phase is SetPhase => Object.hasOwn(LOOKS, phase)

const ASLEEP: SetState = { look: 'hibernated', word: 'Hibernated' }
const PARTLY: SetState = { look: 'ready', word: 'Partly hibernated' }
const DELETING: SetState = { look: 'deleting', word: 'Deleting' }

/**
 * The chip of a set. The operator says Pending or Scaling for as long as a VM sleeps on request (contract
 * 11.4): when nothing is moving, that is told as the sleep that it is. A phase that this version does not know
 * keeps the cluster's word.
 */
export function setState(set: VmSet, counts: PhaseCounts, total: number): SetState {
  if (set.deletedAt !== null) return DELETING
  const settled = counts.hibernated > 0 && counts.hibernated + counts.ready === total
  if (settled && (set.phase === 'Pending' || set.phase === 'Scaling')) {
    return counts.ready === 0 ? ASLEEP : PARTLY
  }
  return isSetPhase(set.phase) ? LOOKS[set.phase] : { look: 'unknown', word: set.phase }
}

/** VMs that a set asks for: the main agent, its sub-agents and its toolboxes (contract 3.1). */
export function desiredVms(set: VmSet): number {
  return 1 + set.replicas + set.toolboxes
}
