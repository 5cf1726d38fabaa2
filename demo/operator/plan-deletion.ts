import { ANNOTATION_DELETE_VM_NAMES, FINALIZER_COCOON_SET } from '../../lib/cocoon/component-keys.ts'
import {
  ANNOTATION_VM_NAME,
  DEFAULT_SNAPSHOT_TAG,
  HIBERNATE_SNAPSHOT_TAG,
  ROLE_MAIN,
} from '../../lib/cocoon/keys.ts'
import type { Pod } from '../../lib/cocoon/kube-json.ts'
import { shouldSnapshotVM } from '../../lib/cocoon/snapshot-policy.ts'
import { agentVMName } from '../../lib/fleet/drift/pod-shape.ts'
import { POLL, type SetAction, type SetPlan, type SetState } from './set-state.ts'

const namesIn = (text: string | undefined) => (text ?? '').split(',').filter((name) => name !== '')

/** The VM names to remember on the set before its pods go: those known already and those of these pods. */
export function stashVMNames(state: SetState, pods: Pod[]): SetAction[] {
  const before = state.set.metadata?.annotations?.[ANNOTATION_DELETE_VM_NAMES]
  const known = pods.map((pod) => pod.metadata?.annotations?.[ANNOTATION_VM_NAME] ?? '')
  const names = [...new Set([...namesIn(before), ...known])].filter((name) => name !== '')
  const text = names.sort().join(',')
  if (text === (before ?? '')) return []
  return [{ do: 'annotateSet', annotations: { [ANNOTATION_DELETE_VM_NAMES]: text } }]
}

/** Whether a deleted set leaves the VM's `:latest` snapshot behind (contract 4.8). */
function keepsLatest(state: SetState, vmName: string): boolean {
  const role = vmName === agentVMName(state.set, 0) ? ROLE_MAIN : ''
  return shouldSnapshotVM({ snapshotPolicy: state.set.spec?.snapshotPolicy ?? '', vmName }, role)
}

/** Takes the pods down, then their registry tags, then the finalizer (contract 4.8). */
export function planDeletion(state: SetState): SetPlan {
  const finalizers = state.set.metadata?.finalizers ?? []
  if (!finalizers.includes(FINALIZER_COCOON_SET)) return { actions: [] }
  if (state.pods.length > 0) {
    const live = state.pods.filter((pod) => pod.metadata?.deletionTimestamp === undefined)
    const deletions = live.map((pod): SetAction => ({ do: 'deletePod', pod }))
    return { actions: [...stashVMNames(state, state.pods), ...deletions], again: POLL }
  }
  const stashed = namesIn(state.set.metadata?.annotations?.[ANNOTATION_DELETE_VM_NAMES])
  const asleep = stashed.map((vmName): SetAction => ({
    do: 'deleteTag',
    vmName,
    tag: HIBERNATE_SNAPSHOT_TAG,
  }))
  const latest = stashed
    .filter((vmName) => !keepsLatest(state, vmName))
    .map((vmName): SetAction => ({ do: 'deleteTag', vmName, tag: DEFAULT_SNAPSHOT_TAG }))
  const rest = finalizers.filter((finalizer) => finalizer !== FINALIZER_COCOON_SET)
  return { actions: [...asleep, ...latest, { do: 'finalizers', finalizers: rest }] }
}
