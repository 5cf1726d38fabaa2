import { expect, it } from 'vitest'
import { applyHibernateState } from '../../lib/cocoon/hibernate-state.ts'
import type { Pod } from '../../lib/cocoon/kube-json.ts'
import { agentPod } from '../../lib/fleet/drift/pod-shape.ts'
import { failedPod, readyPod, sleepingPod, webSet } from '../testing/objects.ts'
import { applyLifecycleStatus } from '../../lib/cocoon/lifecycle.ts'
import { adoptMachine, noMachine, type Machine } from './machine.ts'
import { planPod, type PodStep } from './plan-pod.ts'
import { afterFailure } from './retry.ts'

const fresh = () => agentPod(webSet(), 0)
const flagged = (pod: Pod) => applyHibernateState(true, pod)
const unflagged = (pod: Pod) => applyHibernateState(false, pod)
const leaving = (pod: Pod): Pod => ({
  ...pod,
  metadata: { ...pod.metadata, deletionTimestamp: '2026-01-01T00:00:00Z' },
})
const stamped = (pod: Pod): Pod => ({
  ...pod,
  metadata: {
    ...pod.metadata,
    annotations: { ...pod.metadata?.annotations, 'cocoonset.cocoonstack.io/generation': '9' },
  },
})
const running: Machine = adoptMachine(readyPod(fresh()))
const sleeping: Machine = { ...noMachine(), state: 'asleep' }
const failed: Machine = { ...noMachine(), state: 'failed', retry: afterFailure(undefined, false) }
const due: Machine = { ...failed, retry: { ...afterFailure(undefined, false), due: true } }
const unslept: Machine = { ...failed, vmID: 'id', retry: afterFailure(undefined, true) }
const doomed: Machine = { ...running, doomed: { reason: 'VMGone', message: '' } }
const disturbed = (pod: Pod) =>
  applyLifecycleStatus({ state: 'creating', observedGeneration: 3, message: '' }, pod)

const cases: [string, Pod, Machine, PodStep][] = [
  ['creates the VM of a new pod', fresh(), noMachine(), 'create'],
  ['creates it first when it is to sleep', flagged(fresh()), noMachine(), 'create'],
  ['refuses a pod without a VM name', { metadata: {} }, noMachine(), 'refuse'],
  ['refuses it once', { metadata: {}, status: { reason: 'ProviderFailed' } }, noMachine(), 'none'],
  ['leaves a ready VM alone', readyPod(fresh()), running, 'none'],
  ['puts a VM to sleep', flagged(readyPod(fresh())), running, 'hibernate'],
  ['lets a VM sleep', sleepingPod(fresh()), sleeping, 'none'],
  ['wakes a VM', unflagged(sleepingPod(fresh())), sleeping, 'wake'],
  ['waits before it repeats what failed', failedPod(fresh()), failed, 'none'],
  ['then repeats it', failedPod(fresh()), due, 'create'],
  ['creates what failed before it puts that to sleep', flagged(failedPod(fresh())), failed, 'create'],
  ['wakes again what could not wake', failedPod(fresh()), { ...due, slept: true }, 'wake'],
  [
    'leaves asleep what could not wake and need not',
    flagged(failedPod(fresh())),
    { ...due, slept: true },
    'none',
  ],
  ['waits before it saves again', flagged(readyPod(fresh())), unslept, 'none'],
  ['then saves again', flagged(readyPod(fresh())), { ...unslept, retry: due.retry }, 'hibernate'],
  ['lets a VM live that could not be saved and need not', readyPod(fresh()), unslept, 'none'],
  ['lets go of a pod whose VM is lost', readyPod(fresh()), doomed, 'evict'],
  ['writes again what somebody changed', disturbed(readyPod(fresh())), running, 'repair'],
  ['repeats the state of a failed VM for a new generation', stamped(failedPod(fresh())), failed, 'echo'],
  ['repeats the state for a new generation', stamped(readyPod(fresh())), running, 'echo'],
  ['repeats it for a sleeping VM', stamped(sleepingPod(fresh())), sleeping, 'echo'],
  ['shows that the probe fails', readyPod(fresh()), { ...running, reachable: false }, 'probe'],
  ['shows another address', readyPod(fresh()), { ...running, ip: '10.0.0.77' }, 'address'],
  ['stops a running VM', leaving(readyPod(fresh())), running, 'stop'],
  ['stops what sleeps', leaving(sleepingPod(fresh())), sleeping, 'stop'],
]
it.each(cases)('%s', (_, pod, machine, wanted) => expect(planPod(pod, machine, true)).toBe(wanted))

it('writes no lifecycle on nodes of the old generation', () => {
  expect(planPod(stamped(readyPod(fresh())), running, false)).toBe('none')
})

const adopted: [string, Pod, Machine['state']][] = [
  ['a new pod', fresh(), 'absent'],
  ['a ready VM', readyPod(fresh()), 'running'],
  ['a sleeping VM', sleepingPod(fresh()), 'asleep'],
  ['a failed VM', failedPod(fresh()), 'failed'],
]
it.each(adopted)('adopts %s', (_, pod, state) => expect(adoptMachine(pod).state).toBe(state))
