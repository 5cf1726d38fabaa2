import { VM_CONTAINER_NAME, VM_PLACEHOLDER_IMAGE } from '../../lib/cocoon/component-keys.ts'
import type { Condition, Pod, PodStatus } from '../../lib/cocoon/kube-json.ts'
import { kubeTime } from '../kube-time.ts'
import type { Machine } from './machine.ts'

/** The fields of a pod status that a node writes; null removes a field (contract 6.2). */
type StatusPatch = { [Field in keyof PodStatus]: PodStatus[Field] | null }

/** A pod whose VM runs; `reachable` is the probe's verdict (contract 6.2: created, ready, probe lost). */
export function runningStatus(pod: Pod, machine: Machine, now: number, tellsWhy: boolean): PodStatus {
  const at = kubeTime(now)
  const before = pod.status?.conditions ?? []
  const status = machine.reachable ? 'True' : 'False'
  const kept = before.find((condition) => condition.type === 'Ready' && condition.status === status)
  const ready: Condition = { type: 'Ready', status, lastTransitionTime: kept?.lastTransitionTime ?? at }
  if (!machine.reachable && tellsWhy && machine.probeMessage !== '') ready.message = machine.probeMessage
  const initialized = before.find((condition) => condition.type === 'Initialized') ?? {
    type: 'Initialized',
    status: 'True',
    lastTransitionTime: at,
  }
  return {
    phase: 'Running',
    conditions: [...before.filter((condition) => condition.type === 'PodScheduled'), initialized, ready],
    ...(machine.ip === '' ? {} : { podIP: machine.ip, podIPs: [{ ip: machine.ip }] }),
    startTime: pod.status?.startTime ?? at,
    containerStatuses: [
      {
        name: VM_CONTAINER_NAME,
        image: VM_PLACEHOLDER_IMAGE,
        imageID: '',
        ready: machine.reachable,
        restartCount: 0,
        // At every refresh anew: no measure of how long the VM has been up (contract 6.2).
        state: { running: { startedAt: at } },
      },
    ],
  }
}

/** A sleeping VM: Pending, with no conditions, no containers and no address (contract 6.2). */
export function asleepStatus(): StatusPatch {
  return {
    phase: 'Pending',
    reason: null,
    message: null,
    conditions: null,
    containerStatuses: null,
    podIP: null,
    podIPs: null,
  }
}

/** What a pod says last: its VM has ended, of itself or by us (contract 6.2). */
export function endedStatus(
  phase: 'Succeeded' | 'Failed',
  now: number,
  end: { reason: string; message: string },
): StatusPatch {
  const at = kubeTime(now)
  const exitCode = phase === 'Failed' ? 1 : 0
  const { reason, message } = end
  return {
    phase,
    ...(phase === 'Failed' ? { reason, message } : {}),
    containerStatuses: [
      {
        name: VM_CONTAINER_NAME,
        image: VM_PLACEHOLDER_IMAGE,
        imageID: '',
        ready: false,
        restartCount: 0,
        state: { terminated: { exitCode, reason, message, startedAt: at, finishedAt: at } },
      },
    ],
  }
}

/** A VM that could not be created or woken (contract 6.2). */
export function providerFailedStatus(pod: Pod, message: string): StatusPatch {
  const phase = pod.spec?.restartPolicy === 'Never' ? 'Failed' : 'Pending'
  return { phase, reason: 'ProviderFailed', message }
}

/** The status patch of a running VM also clears what a failure before it may have left. */
export function runningPatch(pod: Pod, machine: Machine, now: number, tellsWhy: boolean): StatusPatch {
  return { ...runningStatus(pod, machine, now, tellsWhy), reason: null, message: null }
}
