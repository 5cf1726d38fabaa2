import { readCocoonSetGeneration } from '../../lib/cocoon/generation.ts'
import { readHibernateState } from '../../lib/cocoon/hibernate-state.ts'
import type { Pod } from '../../lib/cocoon/kube-json.ts'
import { readLifecycleObservedGeneration, readLifecycleState } from '../../lib/cocoon/lifecycle.ts'
import { isPodReady } from '../../lib/cocoon/pod-state.ts'
import { parseVMRuntime } from '../../lib/cocoon/vm-runtime.ts'
import { parseVMSpec } from '../../lib/cocoon/vm-spec.ts'
import type { Machine } from './machine.ts'

/**
 * What a node does next for a pod: refuse it (no VM name), create its VM, put it to sleep, wake it, stop it, show the
 * probe's verdict or a new address, or repeat the lifecycle state for a newer generation.
 */
export type PodStep =
  | 'none'
  | 'refuse'
  | 'create'
  | 'hibernate'
  | 'wake'
  | 'stop'
  | 'probe'
  | 'address'
  | 'echo'

/** The next step for a pod that is bound to this node (contract 6). */
export function planPod(pod: Pod, machine: Machine, reportsLifecycle: boolean): PodStep {
  if (pod.metadata?.deletionTimestamp) return 'stop'
  const spec = parseVMSpec(pod)
  if (spec.vmName === '') return pod.status?.reason === 'ProviderFailed' ? 'none' : 'refuse'
  const wanted = !(spec.managed && readHibernateState(pod))
  if (machine.state === 'absent') return 'create'
  if (machine.state === 'asleep' && wanted) return 'wake'
  if (machine.state === 'running' && !wanted) return 'hibernate'
  if (machine.state === 'running' && isPodReady(pod) !== machine.reachable) return 'probe'
  const moved = machine.state === 'running' && spec.managed && machine.ip !== parseVMRuntime(pod).ip
  if (moved) return 'address'
  return reportsLifecycle && isBehind(pod) ? 'echo' : 'none'
}

/** The pod was re-stamped since its state was written; the same state holds for the new generation. */
function isBehind(pod: Pod): boolean {
  return readLifecycleState(pod) !== '' && readLifecycleObservedGeneration(pod) < readCocoonSetGeneration(pod)
}
