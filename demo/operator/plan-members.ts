import { ANNOTATION_DEAD_LETTER, ANNOTATION_REBUILD_HISTORY } from '../../lib/cocoon/component-keys.ts'
import type { ToolboxSpec } from '../../lib/cocoon/crd.ts'
import type { Pod } from '../../lib/cocoon/kube-json.ts'
import { markRestoreFromHibernate } from '../../lib/cocoon/snapshot-marks.ts'
import { parseVMSpec } from '../../lib/cocoon/vm-spec.ts'
import { kubeTime } from '../kube-time.ts'
import { driftOf } from './drift.ts'
import { agentPod, agentPodName, agentVMName, toolboxPod } from './pod-shape.ts'
import {
  readRebuildHistory,
  REBUILD_DELAYS,
  writeRebuildHistory,
  type RebuildHistory,
} from './rebuild-history.ts'
import {
  isFailed,
  mustRestore,
  wantedToolboxes,
  type Seats,
  type SetAction,
  type SetPlan,
  type SetState,
} from './set-state.ts'
import { derivePhase } from './set-status.ts'
import { statusAction } from './status-action.ts'

/** Sub-agents created in one pass (contract 4.7). */
const MAX_CREATIONS = 8

/** What one seat wants: writes, and perhaps a later look. */
interface SeatPlan {
  actions: SetAction[]
  again?: number
}

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

function planSubAgents(state: SetState, seats: Seats): SeatPlan[] {
  const replicas = state.set.spec?.agent?.replicas ?? 0
  const plans: SeatPlan[] = []
  let creations = 0
  for (let slot = 1; slot <= replicas; slot++) {
    const pod = seats.subAgents.get(slot)
    if (pod) plans.push(planSubAgent(state, seats, slot, pod))
    else if (!seats.taken.has(agentPodName(state.set, slot)) && creations++ < MAX_CREATIONS) {
      plans.push({ actions: [{ do: 'createPod', pod: newSubAgent(state, seats, slot) }] })
    }
  }
  const surplus = [...seats.subAgents.keys()].filter((slot) => slot > replicas).sort((a, b) => b - a)
  for (const slot of surplus) {
    const pod = seats.subAgents.get(slot)
    if (pod) plans.push({ actions: [{ do: 'deletePod', pod }] })
  }
  return plans
}

function newSubAgent(state: SetState, seats: Seats, slot: number): Pod {
  const pod = agentPod(state.set, slot, seats.main?.spec?.nodeName ?? '')
  const name = pod.metadata?.name ?? ''
  return mustRestore(state, name, agentVMName(state.set, slot)) ? markRestore(pod) : pod
}

function markRestore(pod: Pod): Pod {
  markRestoreFromHibernate(pod)
  return pod
}

function planSubAgent(state: SetState, seats: Seats, slot: number, pod: Pod): SeatPlan {
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

function planToolboxes(state: SetState, seats: Seats): SeatPlan[] {
  const wanted = wantedToolboxes(state.set)
  const plans = [...wanted].map(([podName, toolbox]) => planToolbox(state, seats, podName, toolbox))
  for (const pod of seats.toolboxes.values()) {
    if (!wanted.has(pod.metadata?.name ?? '')) plans.push({ actions: [{ do: 'deletePod', pod }] })
  }
  return plans
}

function planToolbox(state: SetState, seats: Seats, podName: string, toolbox: ToolboxSpec): SeatPlan {
  const wanted = toolboxPod(state.set, toolbox)
  const pod = seats.toolboxes.get(toolbox.name ?? '')
  if (pod) {
    const stale = isFailed(pod) || driftOf(wanted, pod, state.set).length > 0
    return { actions: stale ? [{ do: 'deletePod', pod }] : [] }
  }
  if (seats.taken.has(podName)) return { actions: [] }
  const vmName = parseVMSpec(wanted).vmName
  if (mustRestore(state, podName, vmName)) markRestoreFromHibernate(wanted)
  return { actions: [{ do: 'createPod', pod: wanted }] }
}
