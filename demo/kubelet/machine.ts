import { readHibernateState } from '../../lib/cocoon/hibernate-state.ts'
import type { Pod } from '../../lib/cocoon/kube-json.ts'
import { readLifecycleState, readLifecycleStatus, type LifecycleStatus } from '../../lib/cocoon/lifecycle.ts'
import { isPodReady } from '../../lib/cocoon/pod-state.ts'
import { parseVMRuntime } from '../../lib/cocoon/vm-runtime.ts'
import { parseVMSpec } from '../../lib/cocoon/vm-spec.ts'
import type { Guest } from '../guest/guest.ts'
import { givenUp, type Retry } from './retry.ts'

/** What a node knows about the VM of one pod. */
export interface Machine {
  /** `failed` is a pod whose last operation failed; its VM may be alive (then it has an id). */
  state: 'absent' | 'running' | 'asleep' | 'failed'
  vmID: string
  /** The inside of the VM; absent when none lives. */
  guest: Guest | undefined
  ip: string
  vncPort: number
  /** The probe's verdict; the message says why it fails. */
  reachable: boolean
  probeMessage: string
  /** What this node last said of the VM's life; absent on nodes that say nothing (contract 6.2). */
  lifecycle: LifecycleStatus | undefined
  /** The memory is saved: a VM that has no id is to be woken, not created. */
  slept: boolean
  /** What is known about the last failure; absent after a success. */
  retry: Retry | undefined
  /** The VM is lost: the pod has to go, for this reason (contract 6.2). */
  doomed: { reason: string; message: string } | undefined
}

/** A machine that does not exist yet. */
export function noMachine(): Machine {
  return {
    state: 'absent',
    vmID: '',
    guest: undefined,
    ip: '',
    vncPort: 0,
    reachable: false,
    probeMessage: '',
    lifecycle: undefined,
    slept: false,
    retry: undefined,
    doomed: undefined,
  }
}

/** The machine that a pod from before this process describes: a restarted node agent adopts what it finds. */
export function adoptMachine(pod: Pod): Machine {
  const { vmID, ip, vncPort } = parseVMRuntime(pod)
  const state = readLifecycleState(pod)
  const ready = pod.status?.conditions?.find((condition) => condition.type === 'Ready')
  const running = pod.status?.phase === 'Running' && vmID !== ''
  const asleep = parseVMSpec(pod).managed && readHibernateState(pod) && vmID === '' && state !== 'creating'
  const failed = state === 'failed' || (state === '' && pod.status?.reason === 'ProviderFailed')
  return {
    ...noMachine(),
    state: failed ? 'failed' : asleep ? 'asleep' : running ? 'running' : 'absent',
    vmID,
    ip: ip || (pod.status?.podIP ?? ''),
    vncPort,
    reachable: isPodReady(pod),
    probeMessage: ready?.message ?? '',
    lifecycle: state === '' ? undefined : readLifecycleStatus(pod),
    slept: asleep && !failed,
    retry: failed ? givenUp(readHibernateState(pod)) : undefined,
  }
}
