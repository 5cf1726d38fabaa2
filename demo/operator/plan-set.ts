import { FINALIZER_COCOON_SET } from '../../lib/cocoon/component-keys.ts'
import { readCocoonSetGeneration } from '../../lib/cocoon/generation.ts'
import { readHibernateState } from '../../lib/cocoon/hibernate-state.ts'
import { ANNOTATION_COCOON_SET_GENERATION, ANNOTATION_HIBERNATE } from '../../lib/cocoon/keys.ts'
import type { Pod } from '../../lib/cocoon/kube-json.ts'
import { readLifecycleState, readLifecycleStatus } from '../../lib/cocoon/lifecycle.ts'
import { isPodReady } from '../../lib/cocoon/pod-state.ts'
import { markRestoreFromHibernate } from '../../lib/cocoon/snapshot-marks.ts'
import { driftOf } from '../../lib/fleet/drift/drift.ts'
import { planDeletion } from './plan-deletion.ts'
import { planMembers } from './plan-members.ts'
import { planMigration } from './plan-migration.ts'
import { planReleasedWake } from './plan-released-wake.ts'
import { planSuspend } from './plan-suspend.ts'
import { agentPod, agentPodName, agentVMName } from '../../lib/fleet/drift/pod-shape.ts'
import {
  isFailed,
  isKeptAsleep,
  mustRestore,
  POLL,
  seatsOf,
  type Seats,
  type SetAction,
  type SetPlan,
  type SetState,
} from './set-state.ts'
import { derivePhase } from './set-status.ts'
import { statusAction } from './status-action.ts'

/**
 * What the operator does next for one CocoonSet, in its order (contract 4.2). Each pass ends at the first stage that
 * has something to say; the writes of a pass bring about the next one.
 */
export function planSet(state: SetState): SetPlan {
  const { metadata, spec } = state.set
  if (metadata?.deletionTimestamp) return planDeletion(state)
  const finalizers = metadata?.finalizers ?? []
  if (!finalizers.includes(FINALIZER_COCOON_SET)) {
    return { actions: [{ do: 'finalizers', finalizers: [...finalizers, FINALIZER_COCOON_SET] }] }
  }
  const seats = seatsOf(state.pods)
  const prelude = [...stampGenerations(state, seats), ...recovered(state, seats)]
  const ahead = (plan: SetPlan): SetPlan => ({ ...plan, actions: [...prelude, ...plan.actions] })

  const failed = planFailedMain(state, seats)
  if (failed) return ahead(failed)
  if (spec?.suspend) return ahead(planSuspend(state, seats))
  const moving = planMigration(state, seats) ?? planReleasedWake(state, seats)
  if (moving) return ahead(moving)
  prelude.push(...unsuspend(state, seats))
  return ahead(planMain(state, seats) ?? planMembers(state, seats) ?? settle(state, seats))
}

/** Every owned pod carries the set's generation (contract 4.2, step 2). */
function stampGenerations(state: SetState, seats: Seats): SetAction[] {
  const generation = state.set.metadata?.generation ?? 0
  return seats.live
    .filter((pod) => readCocoonSetGeneration(pod) !== generation)
    .map((pod) => ({
      do: 'annotatePod',
      pod,
      annotations: { [ANNOTATION_COCOON_SET_GENERATION]: String(generation) },
    }))
}

function recovered(state: SetState, seats: Seats): SetAction[] {
  if (state.set.status?.phase !== 'Failed' || !seats.main || !isPodReady(seats.main)) return []
  if (isFailed(seats.main)) return []
  const message = `main agent ${seats.main.metadata?.name ?? ''} is ready again`
  return [{ do: 'event', event: { type: 'Normal', reason: 'RecoveredFromFailure', message } }]
}

/** A failed main stops everything, unless the spec has changed since (contract 4.2, step 3). */
function planFailedMain(state: SetState, seats: Seats): SetPlan | undefined {
  const { main } = seats
  if (!main || !isFailed(main)) return undefined
  if (driftOf(agentPod(state.set, 0), main, state.set).length > 0) {
    return { actions: [{ do: 'deletePod', pod: main }] }
  }
  const byLifecycle = readLifecycleState(main) === 'failed'
  const reason = byLifecycle ? 'PodLifecycleFailed' : 'MainAgentFailed'
  const told = byLifecycle ? readLifecycleStatus(main).message : (main.status?.message ?? '')
  const message = `main agent ${main.metadata?.name ?? ''} failed: ${told || 'no message'}`
  const actions: SetAction[] = [...statusAction(state, 'Failed')]
  // The event belongs to the transition: a set that stays failed is not reported again and again.
  if (state.set.status?.phase !== 'Failed') {
    actions.push({ do: 'event', event: { type: 'Warning', reason, message } })
  }
  return { actions }
}

/** Wakes every pod that nothing keeps asleep (contract 4.2, step 5). */
function unsuspend(state: SetState, seats: Seats): SetAction[] {
  return seats.live
    .filter((pod) => readHibernateState(pod))
    .filter((pod) => !isKeptAsleep(state.hibernations.get(pod.metadata?.name ?? '')))
    .map((pod) => ({ do: 'annotatePod', pod, annotations: { [ANNOTATION_HIBERNATE]: null } }))
}

/** The main agent comes first: nothing else is touched until it is Ready (contract 4.2, steps 6 and 7). */
function planMain(state: SetState, seats: Seats): SetPlan | undefined {
  const { set } = state
  const { main } = seats
  if (!main) return createMain(state, seats)
  if (driftOf(agentPod(set, 0), main, set).length > 0) {
    return { actions: [{ do: 'deletePod', pod: main }] }
  }
  if (isPodReady(main)) return undefined
  return { actions: statusAction(state, 'Pending'), again: POLL }
}

function createMain(state: SetState, seats: Seats): SetPlan {
  const name = agentPodName(state.set, 0)
  // The old pod of this name is still terminating.
  if (seats.taken.has(name)) return { actions: [], again: POLL }
  const pod: Pod = agentPod(state.set, 0)
  if (mustRestore(state, name, agentVMName(state.set, 0))) markRestoreFromHibernate(pod)
  return { actions: [{ do: 'createPod', pod }, ...statusAction(state, 'Pending')], again: POLL }
}

function settle(state: SetState, seats: Seats): SetPlan {
  return { actions: statusAction(state, derivePhase(state.set, seats)) }
}
