import { readCocoonSetGeneration } from '../../lib/cocoon/generation.ts'
import { readHibernateState } from '../../lib/cocoon/hibernate-state.ts'
import type { Pod } from '../../lib/cocoon/kube-json.ts'
import {
  lifecycleStatusSnapshot,
  readLifecycleObservedGeneration,
  readLifecycleState,
  readLifecycleStatus,
} from '../../lib/cocoon/lifecycle.ts'
import { isPodReady } from '../../lib/cocoon/pod-state.ts'
import { parseVMRuntime } from '../../lib/cocoon/vm-runtime.ts'
import { parseVMSpec } from '../../lib/cocoon/vm-spec.ts'
import type { Machine } from './machine.ts'
import { mayTry } from './retry.ts'

/**
 * What a node does next for a pod: refuse it (no VM name), create its VM, put it to sleep, wake it, stop it, let it go
 * because the VM is lost, show the probe's verdict or a new address, repeat the lifecycle state for a newer
 * generation, or write again what somebody else has changed of it.
 */
export type PodStep =
  | 'none'
  | 'refuse'
  | 'create'
  | 'hibernate'
  | 'wake'
  | 'stop'
  | 'evict'
  | 'probe'
  | 'address'
  | 'echo'
  | 'repair'

/** The pod is to have no running VM. */
export const isToSleep = (pod: Pod) => parseVMSpec(pod).managed && readHibernateState(pod)

/** The next step for a pod that is bound to this node (contract 6). */
export function planPod(pod: Pod, machine: Machine, reportsLifecycle: boolean): PodStep {
  if (pod.metadata?.deletionTimestamp) return 'stop'
  const spec = parseVMSpec(pod)
  if (spec.vmName === '') return pod.status?.reason === 'ProviderFailed' ? 'none' : 'refuse'
  if (machine.doomed) return 'evict'
  const step = planMachine(pod, machine)
  if (step !== 'none') return step
  if (machine.state === 'running' && isPodReady(pod) !== machine.reachable) return 'probe'
  const moved = machine.state === 'running' && spec.managed && machine.ip !== parseVMRuntime(pod).ip
  if (moved) return 'address'
  return reportsLifecycle ? planReport(pod, machine) : 'none'
}

function planMachine(pod: Pod, machine: Machine): PodStep {
  const asleep = isToSleep(pod)
  switch (machine.state) {
    case 'absent':
      return 'create'
    case 'asleep':
      return asleep ? 'none' : 'wake'
    case 'running':
      return asleep ? 'hibernate' : 'none'
    case 'failed':
      return mayTry(machine.retry, asleep) ? planAgain(machine, asleep) : 'none'
  }
}

/** What failed is tried again, or the opposite if that is wanted now; a VM that lives and is to live is left alone. */
function planAgain(machine: Machine, asleep: boolean): PodStep {
  if (machine.vmID !== '') return asleep ? 'hibernate' : 'none'
  if (!machine.slept) return 'create'
  return asleep ? 'none' : 'wake'
}

/** A newer generation gets the same state; what does not say what this node wrote is written again (contract 6.2). */
function planReport(pod: Pod, machine: Machine): PodStep {
  const behind =
    readLifecycleState(pod) !== '' && readLifecycleObservedGeneration(pod) < readCocoonSetGeneration(pod)
  if (behind) return 'echo'
  if (!machine.lifecycle) return 'none'
  const same =
    lifecycleStatusSnapshot(readLifecycleStatus(pod)) === lifecycleStatusSnapshot(machine.lifecycle)
  return same ? 'none' : 'repair'
}
