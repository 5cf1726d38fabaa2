import { ANNOTATION_DEAD_LETTER, ANNOTATION_REBUILD_HISTORY } from '../../lib/cocoon/component-keys.ts'
import type { Pod } from '../../lib/cocoon/kube-json.ts'
import { surplusSlots } from '../../lib/cocoon/slot.ts'
import { markRestoreFromHibernate } from '../../lib/cocoon/snapshot-marks.ts'
import { kubeTime } from '../kube-time.ts'
import { driftOf } from '../../lib/fleet/drift/drift.ts'
import { agentPod, agentPodName, agentVMName } from '../../lib/fleet/drift/pod-shape.ts'
import {
  readRebuildHistory,
  REBUILD_DELAYS,
  writeRebuildHistory,
  type RebuildHistory,
} from './rebuild-history.ts'
import {
  isFailed,
  mustRestore,
  type Seats,
  type SetAction,
  type SetPlan,
  type SetState,
} from './set-state.ts'

/** Sub-agents created in one pass (contract 4.7). */
const MAX_CREATIONS = 8

/** What each sub-agent's seat wants: missing ones, drifted and failed ones, and those beyond the replicas. */
export function planSubAgents(state: SetState, seats: Seats): SetPlan[] {
  const replicas = state.set.spec?.agent?.replicas ?? 0
  const plans: SetPlan[] = []
  let creations = 0
  const last = Math.max(0, ...seats.subAgents.keys())
  // Two billion replicas are a valid wish: what no pass gets to is not counted through.
  for (let slot = 1; slot <= replicas && (slot <= last || creations < MAX_CREATIONS); slot++) {
    const pod = seats.subAgents.get(slot)
    if (pod) plans.push(planSubAgent(state, seats, slot, pod))
    else if (!seats.taken.has(agentPodName(state.set, slot)) && creations++ < MAX_CREATIONS) {
      plans.push({ actions: [{ do: 'createPod', pod: newSubAgent(state, seats, slot) }] })
    }
  }
  for (const slot of surplusSlots(seats.subAgents.keys(), replicas)) {
    const pod = seats.subAgents.get(slot)
    if (pod) plans.push({ actions: [{ do: 'deletePod', pod }] })
  }
  return plans
}

function newSubAgent(state: SetState, seats: Seats, slot: number): Pod {
  const pod = agentPod(state.set, slot, seats.main?.spec?.nodeName ?? '')
  const name = pod.metadata?.name ?? ''
  return mustRestore(state, name, agentVMName(state.set, slot)) ? markRestoreFromHibernate(pod) : pod
}

function planSubAgent(state: SetState, seats: Seats, slot: number, pod: Pod): SetPlan {
  const history = readRebuildHistory(state.set.metadata?.annotations?.[ANNOTATION_REBUILD_HISTORY])
  const wanted = agentPod(state.set, slot, seats.main?.spec?.nodeName ?? '')
  const deadLetter = pod.metadata?.annotations?.[ANNOTATION_DEAD_LETTER] === 'true'
  if (driftOf(wanted, pod, state.set).length > 0) {
    const { [String(slot)]: _, ...others } = history
    const reset = deadLetter ? [historyAction(state, others)] : []
    return { actions: [...reset, { do: 'deletePod', pod }] }
  }
  if (!isFailed(pod) || deadLetter) return { actions: [] }
  const entry = history[String(slot)] ?? { count: 0, lastDeleted: '' }
  const delay = REBUILD_DELAYS[entry.count]
  if (delay === undefined) return { actions: deadLetterActions(pod, entry.count) }
  const waited = entry.lastDeleted === '' ? delay : state.since(`rebuild/${slot}`, entry.lastDeleted)
  if (waited < delay) return { actions: [], again: delay - waited }
  return { actions: rebuildActions(state, history, slot, entry.count + 1, pod) }
}

function historyAction(state: SetState, history: RebuildHistory): SetAction {
  const text = writeRebuildHistory(history, state.set.spec?.agent?.replicas ?? 0)
  return { do: 'annotateSet', annotations: { [ANNOTATION_REBUILD_HISTORY]: text } }
}

/** The count is written before the deletion, so that a crash in between never grants an extra attempt. */
function rebuildActions(
  state: SetState,
  history: RebuildHistory,
  slot: number,
  attempt: number,
  pod: Pod,
): SetAction[] {
  const next = { ...history, [String(slot)]: { count: attempt, lastDeleted: kubeTime(state.now) } }
  const message = `rebuilding sub-agent ${pod.metadata?.name ?? ''}, attempt ${attempt} of ${REBUILD_DELAYS.length}`
  return [
    historyAction(state, next),
    { do: 'event', event: { type: 'Normal', reason: 'SubAgentRebuilding', message } },
    { do: 'deletePod', pod },
  ]
}

function deadLetterActions(pod: Pod, attempts: number): SetAction[] {
  const message = `sub-agent ${pod.metadata?.name ?? ''} failed after ${attempts} rebuilds, leaving it alone`
  return [
    { do: 'annotatePod', pod, annotations: { [ANNOTATION_DEAD_LETTER]: 'true' } },
    { do: 'event', event: { type: 'Warning', reason: 'SubAgentDeadLetter', message } },
  ]
}
