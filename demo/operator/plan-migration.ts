import { readHibernateState } from '../../lib/cocoon/hibernate-state.ts'
import { ANNOTATION_HIBERNATE, HIBERNATE_SNAPSHOT_TAG } from '../../lib/cocoon/keys.ts'
import type { Pod } from '../../lib/cocoon/kube-json.ts'
import { mustMove } from '../../lib/cocoon/migration.ts'
import { markRestoreFromHibernate } from '../../lib/cocoon/snapshot-marks.ts'
import { agentPod, agentPodName, agentVMName } from '../../lib/fleet/drift/pod-shape.ts'
import { isHibernated, isLive, POLL, type Seats, type SetPlan, type SetState } from './set-state.ts'
import { derivePhase } from './set-status.ts'
import { statusAction } from './status-action.ts'

/**
 * Moves the main agent to `spec.nodeName`: it sleeps, its pod is deleted, and a new one is restored on the other node
 * (contract 4.6). Only the main moves. Undefined when nothing is moving.
 */
export function planMigration(state: SetState, seats: Seats): SetPlan | undefined {
  const target = state.set.spec?.nodeName ?? ''
  const migrating = state.set.status?.phase === 'Migrating'
  const { main } = seats
  if (!main) return migrating ? recreate(state, seats) : undefined
  if (mustMove(main.spec?.nodeName ?? '', target)) return leave(state, main, migrating)
  return migrating ? arrive(state, seats, main) : undefined
}

/** On the old node: announce, put to sleep, and let go once the memory is safe. */
function leave(state: SetState, main: Pod, migrating: boolean): SetPlan {
  const vmName = agentVMName(state.set, 0)
  const announced = statusAction(state, 'Migrating')
  if (!migrating) {
    const stale = !readHibernateState(main) && state.hasTag(vmName, HIBERNATE_SNAPSHOT_TAG)
    return {
      actions: [
        ...announced,
        ...(stale ? [{ do: 'deleteTag', vmName, tag: HIBERNATE_SNAPSHOT_TAG } as const] : []),
      ],
    }
  }
  if (!readHibernateState(main)) {
    const annotations = { [ANNOTATION_HIBERNATE]: 'true' }
    return { actions: [...announced, { do: 'annotatePod', pod: main, annotations }], again: POLL }
  }
  if (!isHibernated(main, state.set.metadata?.generation ?? 0, state.hasTag)) {
    return { actions: announced, again: POLL }
  }
  return { actions: [{ do: 'deletePod', pod: main }], again: POLL }
}

function recreate(state: SetState, seats: Seats): SetPlan {
  const announced = statusAction(state, 'Migrating')
  if (seats.taken.has(agentPodName(state.set, 0))) return { actions: announced, again: POLL }
  const pod = agentPod(state.set, 0)
  if (state.hasTag(agentVMName(state.set, 0), HIBERNATE_SNAPSHOT_TAG)) markRestoreFromHibernate(pod)
  return { actions: [...announced, { do: 'createPod', pod }], again: POLL }
}

/** On the node where it is to be (or on any, when the wish was withdrawn): wait until it lives, then settle. */
function arrive(state: SetState, seats: Seats, main: Pod): SetPlan {
  const announced = statusAction(state, 'Migrating')
  if (readHibernateState(main)) {
    const annotations = { [ANNOTATION_HIBERNATE]: null }
    return { actions: [...announced, { do: 'annotatePod', pod: main, annotations }], again: POLL }
  }
  if (!isLive(main)) return { actions: announced, again: POLL }
  return {
    actions: [
      { do: 'deleteTag', vmName: agentVMName(state.set, 0), tag: HIBERNATE_SNAPSHOT_TAG },
      ...statusAction(state, derivePhase(state.set, seats)),
    ],
  }
}
