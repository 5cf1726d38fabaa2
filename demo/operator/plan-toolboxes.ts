import type { CocoonSet, ToolboxSpec } from '../../lib/cocoon/crd.ts'
import { parseGoInt64 } from '../../lib/cocoon/go-int.ts'
import { markRestoreFromHibernate } from '../../lib/cocoon/snapshot-marks.ts'
import { parseVMSpec } from '../../lib/cocoon/vm-spec.ts'
import { driftOf } from '../../lib/fleet/drift/drift.ts'
import { toolboxPod } from '../../lib/fleet/drift/pod-shape.ts'
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
  const flaw = toolboxFlaw(state.set, seats)
  if (flaw !== '') return [{ actions: [{ do: 'fail', message: flaw }] }]
  const wanted = wantedToolboxes(state.set)
  const plans = [...wanted].map(([podName, toolbox]) => planToolbox(state, seats, podName, toolbox))
  for (const pod of seats.toolboxes.values()) {
    if (!wanted.has(pod.metadata?.name ?? '')) plans.push({ actions: [{ do: 'deletePod', pod }] })
  }
  return plans
}

/** Why no toolbox can be looked after: two of one name, a name that is a slot, or one that an agent has (contract 4.7). */
function toolboxFlaw(set: CocoonSet, seats: Seats): string {
  const seen = new Set<string>()
  for (const { name = '' } of set.spec?.toolboxes ?? []) {
    if (seen.has(name)) return `duplicate toolbox name "${name}"`
    if (parseGoInt64(name) !== null) return `toolbox name "${name}" is an integer, as agent slots are`
    seen.add(name)
  }
  const agents = [...(seats.main ? [seats.main] : []), ...seats.subAgents.values()]
  const taken = new Set(agents.map((pod) => pod.metadata?.name ?? ''))
  const clash = [...wantedToolboxes(set).keys()].find((podName) => taken.has(podName))
  return clash === undefined ? '' : `toolbox pod ${clash} exists and is not a toolbox`
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
