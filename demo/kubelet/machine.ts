import { readHibernateState } from '../../lib/cocoon/hibernate-state.ts'
import type { Pod } from '../../lib/cocoon/kube-json.ts'
import { readLifecycleState } from '../../lib/cocoon/lifecycle.ts'
import { isPodReady } from '../../lib/cocoon/pod-state.ts'
import { parseVMRuntime } from '../../lib/cocoon/vm-runtime.ts'
import { parseVMSpec } from '../../lib/cocoon/vm-spec.ts'

/** What a node knows about the VM of one pod. */
export interface Machine {
  /** `failed` is a pod whose last operation failed; its VM may be alive (then it has an id). */
  state: 'absent' | 'running' | 'asleep' | 'failed'
  vmID: string
  ip: string
  vncPort: number
  /** The probe's verdict; the message says why it fails. */
  reachable: boolean
  probeMessage: string
}

/** A machine that does not exist yet. */
export function noMachine(): Machine {
  return { state: 'absent', vmID: '', ip: '', vncPort: 0, reachable: false, probeMessage: '' }
}

/** The machine that a pod from before this process describes: a restarted node agent adopts what it finds. */
export function adoptMachine(pod: Pod): Machine {
  const { vmID, ip, vncPort } = parseVMRuntime(pod)
  const lifecycle = readLifecycleState(pod)
  const ready = pod.status?.conditions?.find((condition) => condition.type === 'Ready')
  const running = pod.status?.phase === 'Running' && vmID !== ''
  const asleep = parseVMSpec(pod).managed && readHibernateState(pod) && vmID === ''
  return {
    state: lifecycle === 'failed' ? 'failed' : asleep ? 'asleep' : running ? 'running' : 'absent',
    vmID,
    ip: ip || (pod.status?.podIP ?? ''),
    vncPort,
    reachable: isPodReady(pod),
    probeMessage: ready?.message ?? '',
  }
}
