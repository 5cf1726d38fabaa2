import type { CocoonSetPhase } from '../../lib/cocoon/enums.ts'
import type { SetAction, SetState } from './set-state.ts'
import { sameStatus, statusOf } from './set-status.ts'

/** The status write for a phase, or nothing when the set already says so. */
export function statusAction(state: SetState, phase: CocoonSetPhase): SetAction[] {
  const status = statusOf(state.set, state.pods, phase, state.now)
  return sameStatus(status, state.set.status) ? [] : [{ do: 'status', status }]
}
