import type { ToolboxSpec } from '../../lib/cocoon/crd.ts'
import { markRestoreFromHibernate } from '../../lib/cocoon/snapshot-marks.ts'
import { parseVMSpec } from '../../lib/cocoon/vm-spec.ts'
import { driftOf } from './drift.ts'
import { toolboxPod } from './pod-shape.ts'
import {
  isFailed,
  mustRestore,
  wantedToolboxes,
  type Seats,
  type SetPlan,
  type SetState,
} from './set-state.ts'

/** What each toolbox's seat wants: toolboxes are recreated at once and without limit (contract 4.7). */
export function planToolboxes(state: SetState, seats: Seats): SetPlan[] {
  const wanted = wantedToolboxes(state.set)
  const plans = [...wanted].map(([podName, toolbox]) => planToolbox(state, seats, podName, toolbox))
  for (const pod of seats.toolboxes.values()) {
    if (!wanted.has(pod.metadata?.name ?? '')) plans.push({ actions: [{ do: 'deletePod', pod }] })
  }
  return plans
}

function planToolbox(state: SetState, seats: Seats, podName: string, toolbox: ToolboxSpec): SetPlan {
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
