import { readHibernateState } from '../../lib/cocoon/hibernate-state.ts'
import {
  ANNOTATION_HIBERNATE,
  ANNOTATION_HIBERNATED_ON_NODE,
  ANNOTATION_KEEP_SNAPSHOT_ON_DELETE,
  HIBERNATE_SNAPSHOT_TAG,
} from '../../lib/cocoon/keys.ts'
import type { Pod } from '../../lib/cocoon/kube-json.ts'
import { isPodTerminal } from '../../lib/cocoon/pod-state.ts'
import { markRestoreFromHibernate } from '../../lib/cocoon/snapshot-marks.ts'
import { parseVMSpec } from '../../lib/cocoon/vm-spec.ts'
import { stashVMNames } from './plan-deletion.ts'
import { agentPod, agentPodName, agentVMName } from '../../lib/fleet/drift/pod-shape.ts'
import { isHibernated, POLL, type Seats, type SetAction, type SetPlan, type SetState } from './set-state.ts'
import { statusAction } from './status-action.ts'

/**
 * Puts every pod to sleep and waits until all are confirmed (contract 4.4); under `hibernatePolicy: release` the pods
 * are then deleted and only their snapshots remain (contract 4.5).
 */
export function planSuspend(state: SetState, seats: Seats): SetPlan {
  const release = state.set.spec?.hibernatePolicy === 'release'
  if (!seats.main) {
    if (release && state.pods.length === 0) return { actions: statusAction(state, 'Suspended') }
    if (release && state.set.status?.phase === 'Suspended') return { actions: [], again: POLL }
    return createSleeper(state, seats)
  }
  const flags = seats.live
    .filter((pod) => !readHibernateState(pod))
    .map((pod): SetAction => ({ do: 'annotatePod', pod, annotations: { [ANNOTATION_HIBERNATE]: 'true' } }))
  if (flags.length > 0 || !isConfirmed(state, seats)) {
    return { actions: [...flags, ...statusAction(state, 'Suspending')], again: POLL }
  }
  if (!release) return { actions: statusAction(state, 'Suspended') }
  return { actions: releaseSeats(state, seats.main, seats.live) }
}

function isConfirmed(state: SetState, seats: Seats): boolean {
  const generation = state.set.metadata?.generation ?? 0
  return seats.live
    .filter((pod) => parseVMSpec(pod).managed && !isPodTerminal(pod))
    .every((pod) => isHibernated(pod, generation, state.hasTag))
}

/** A suspended set without a main agent boots it first, in order to put it to sleep (contract 11.19). */
function createSleeper(state: SetState, seats: Seats): SetPlan {
  const wait = statusAction(state, 'Suspending')
  if (seats.taken.has(agentPodName(state.set, 0))) return { actions: wait, again: POLL }
  const pod = agentPod(state.set, 0)
  if (state.hasTag(agentVMName(state.set, 0), HIBERNATE_SNAPSHOT_TAG)) markRestoreFromHibernate(pod)
  return { actions: [{ do: 'createPod', pod }, ...wait], again: POLL }
}

function releaseSeats(state: SetState, main: Pod, live: Pod[]): SetAction[] {
  const node = main.spec?.nodeName ?? ''
  const gone = live
    .filter((pod) => !isPodTerminal(pod))
    .flatMap((pod): SetAction[] => [
      { do: 'annotatePod', pod, annotations: { [ANNOTATION_KEEP_SNAPSHOT_ON_DELETE]: 'true' } },
      { do: 'deletePod', pod },
    ])
  return [
    ...stashVMNames(state, live),
    { do: 'annotateSet', annotations: { [ANNOTATION_HIBERNATED_ON_NODE]: node } },
    ...gone,
    ...statusAction({ ...state, pods: [] }, 'Suspended'),
  ]
}
