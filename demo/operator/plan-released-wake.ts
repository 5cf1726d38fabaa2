import { ANNOTATION_HIBERNATED_ON_NODE, HIBERNATE_SNAPSHOT_TAG } from '../../lib/cocoon/keys.ts'
import type { Pod } from '../../lib/cocoon/kube-json.ts'
import { markRestoreFromHibernate, readRestoreFromHibernate } from '../../lib/cocoon/snapshot-marks.ts'
import { agentPod, agentPodName, agentVMName, preferHost } from '../../lib/fleet/drift/pod-shape.ts'
import { isLive, POLL, type Seats, type SetAction, type SetPlan, type SetState } from './set-state.ts'
import { derivePhase } from './set-status.ts'
import { statusAction } from './status-action.ts'

/** Brings a released set back: recreates its main from the registry and waits until it lives (contract 4.5). */
export function planReleasedWake(state: SetState, seats: Seats): SetPlan | undefined {
  const phase = state.set.status?.phase ?? ''
  const hint = state.set.metadata?.annotations?.[ANNOTATION_HIBERNATED_ON_NODE]
  if (!seats.main) {
    const slept =
      phase === 'Suspended' || phase === 'Waking' || (phase === 'Suspending' && hint !== undefined)
    return slept ? recreate(state, seats, hint ?? '') : undefined
  }
  if (phase !== 'Waking' || !readRestoreFromHibernate(seats.main)) return undefined
  if (!isLive(seats.main)) {
    return { actions: [...statusAction(state, 'Waking'), ...noCapacity(seats.main)], again: POLL }
  }
  const vmName = agentVMName(state.set, 0)
  const clearHint: SetAction = { do: 'annotateSet', annotations: { [ANNOTATION_HIBERNATED_ON_NODE]: null } }
  return {
    actions: [
      { do: 'deleteTag', vmName, tag: HIBERNATE_SNAPSHOT_TAG },
      ...(hint === undefined ? [] : [clearHint]),
      ...statusAction(state, derivePhase(state.set, seats)),
    ],
  }
}

function recreate(state: SetState, seats: Seats, hint: string): SetPlan | undefined {
  // Without a snapshot there is nothing to wake: the ordinary path boots it afresh.
  if (!state.hasTag(agentVMName(state.set, 0), HIBERNATE_SNAPSHOT_TAG)) return undefined
  const waking = statusAction(state, 'Waking')
  if (seats.taken.has(agentPodName(state.set, 0))) return { actions: waking, again: POLL }
  const pod = agentPod(state.set, 0)
  markRestoreFromHibernate(pod)
  const placed = hint !== '' && !state.set.spec?.nodeName ? preferHost(pod, hint) : pod
  return { actions: [...waking, { do: 'createPod', pod: placed }], again: POLL }
}

function noCapacity(main: Pod): SetAction[] {
  const scheduled = main.status?.conditions?.find((condition) => condition.type === 'PodScheduled')
  if (scheduled?.status !== 'False' || scheduled.reason !== 'Unschedulable') return []
  const message = `no node can take ${main.metadata?.name ?? ''}: ${scheduled.message ?? ''}`
  return [{ do: 'event', event: { type: 'Warning', reason: 'WakeNoCapacity', message } }]
}
