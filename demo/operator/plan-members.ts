import { planSubAgents } from './plan-sub-agents.ts'
import { planToolboxes } from './plan-toolboxes.ts'
import type { Seats, SetPlan, SetState } from './set-state.ts'
import { derivePhase } from './set-status.ts'
import { statusAction } from './status-action.ts'

/**
 * Sub-agents, then toolboxes (contract 4.2 step 8, 4.7). Undefined when all seats are as they should be; the status is
 * only written when nothing changed.
 */
export function planMembers(state: SetState, seats: Seats): SetPlan | undefined {
  const plans = [...planSubAgents(state, seats), ...planToolboxes(state, seats)]
  const actions = plans.flatMap((plan) => plan.actions)
  const waits = plans.flatMap((plan) => (plan.again === undefined ? [] : [plan.again]))
  const again = waits.length === 0 ? undefined : Math.min(...waits)
  if (actions.length > 0) return again === undefined ? { actions } : { actions, again }
  if (again === undefined) return undefined
  return { actions: statusAction(state, derivePhase(state.set, seats)), again }
}
