import { ANNOTATION_IP } from '../../lib/cocoon/keys.ts'
import type { Pod } from '../../lib/cocoon/kube-json.ts'
import { readLifecycleStatus } from '../../lib/cocoon/lifecycle.ts'
import { parseVMSpec } from '../../lib/cocoon/vm-spec.ts'
import { isConflict, isNotFound } from '../client/api-error.ts'
import type { Cache } from '../client/cache.ts'
import { keyOf, refOf, refOfKey } from '../client/resources.ts'
import { workQueue } from '../work-queue.ts'
import { createVM } from './create-vm.ts'
import { faultOf } from './faults.ts'
import { hibernateVM, wakeVM } from './hibernate-vm.ts'
import { adoptMachine, noMachine, type Machine } from './machine.ts'
import {
  annotate,
  reportLifecycle,
  reportRunning,
  reportStatus,
  tell,
  type NodeAgent,
  type Operation,
} from './node-agent.ts'
import { planPod, type PodStep } from './plan-pod.ts'
import { providerFailedStatus } from './pod-status.ts'
import { stopVM } from './stop-vm.ts'

/** One node's agent at work. */
export interface Kubelet {
  /** Loses or regains a VM's probe, as a network fault would; a VM that does not run is left alone. */
  setReachable(key: string, reachable: boolean): void
  /** Gives a running VM another address, as a DHCP server may when a lease ends (contract 8). */
  rebindAddress(key: string): void
  close(): Promise<void>
}

export interface KubeletOptions {
  agent: NodeAgent
  pods: Cache<Pod>
  failed: (key: string, error: unknown) => void
}

interface Tracked {
  uid: string
  machine: Machine
  stop: AbortController
}

const STEPS: Record<PodStep, (operation: Operation) => Promise<void>> = {
  none: async () => {},
  refuse: async (operation) => {
    const message = 'the pod has no vm.cocoonstack.io/name annotation'
    await reportStatus(operation, providerFailedStatus(message))
    await tell(operation, 'Warning', 'ProviderCreateFailed', message)
  },
  create: createVM,
  hibernate: hibernateVM,
  wake: wakeVM,
  stop: stopVM,
  probe: reportRunning,
  address: async (operation) => {
    await annotate(operation, { [ANNOTATION_IP]: operation.machine.ip })
    await reportRunning(operation)
  },
  echo: async (operation) => {
    const { state, message } = readLifecycleStatus(operation.pod())
    await reportLifecycle(operation, state, message)
  },
}

const probeText = (pod: Pod, ip: string) => {
  const { probePort } = parseVMSpec(pod)
  if (probePort === '') return `ping failed: no reply from ${ip} within 3s`
  return `tcp probe ${probePort}: dial tcp ${ip}:${probePort}: i/o timeout`
}

/** Runs the pods that are bound to one node, one operation at a time for each of them (contract 6). */
export function startKubelet({ agent, pods, failed }: KubeletOptions): Kubelet {
  const tracked = new Map<string, Tracked>()
  let listed = false

  const track = (pod: Pod): Tracked => {
    const key = keyOf(refOf(pod))
    const known = tracked.get(key)
    if (known && known.uid === pod.metadata?.uid) return known
    // What stands here at the start is adopted; what comes later begins without a machine.
    const machine = listed ? noMachine() : adoptMachine(pod)
    if (machine.ip !== '') agent.addresses.adopt(machine.ip)
    if (machine.vncPort > 0) agent.vncPorts.add(machine.vncPort)
    const { forkFrom } = parseVMSpec(pod)
    if (!listed && forkFrom !== '') agent.forkSnapshots.set(forkFrom, Promise.resolve())
    const entry = { uid: pod.metadata?.uid ?? '', machine, stop: new AbortController() }
    tracked.set(key, entry)
    return entry
  }

  const queue = workQueue({
    clock: agent.clock,
    concurrency: Number.POSITIVE_INFINITY,
    failed: (key, error) => {
      if (!isConflict(error) && !isNotFound(error)) failed(`${agent.name}: pod ${key}`, error)
    },
    async work(key) {
      const pod = pods.get(refOfKey(key))
      const entry = tracked.get(key)
      if (!pod || !entry || entry.uid !== pod.metadata?.uid) return undefined
      const step = planPod(pod, entry.machine, agent.features.lifecycle)
      if (step === 'none') return undefined
      if (step !== 'stop') return run(key, entry, pod, STEPS[step])
      const freed = { ...entry, stop: new AbortController() }
      tracked.set(key, freed)
      return run(key, freed, pod, STEPS.stop)
    },
  })

  const run = async (
    key: string,
    entry: Tracked,
    pod: Pod,
    step: (operation: Operation) => Promise<void>,
  ) => {
    const { signal } = entry.stop
    const newest = () => {
      const latest = pods.get(refOfKey(key))
      return latest?.metadata?.uid === entry.uid ? latest : pod
    }
    const wasRunning = entry.machine.state === 'running'
    try {
      await step({ agent, machine: entry.machine, pod: newest, signal })
    } catch (error) {
      if (signal.aborted || isNotFound(error)) return 0
      throw error
    }
    if (!wasRunning && faultOf(parseVMSpec(pod).image) === 'flaky-probe') flicker(key, entry)
    return undefined
  }

  const flicker = (key: string, entry: Tracked) => {
    const toggle = () => {
      if (tracked.get(key) !== entry || entry.machine.state !== 'running') return
      setReachable(key, !entry.machine.reachable)
      agent.clock.after(entry.machine.reachable ? agent.timings.flakyUp() : agent.timings.flakyDown(), toggle)
    }
    agent.clock.after(agent.timings.flakyUp(), toggle)
  }

  const setReachable = (key: string, reachable: boolean) => {
    const machine = tracked.get(key)?.machine
    const pod = pods.get(refOfKey(key))
    if (machine?.state !== 'running' || !pod) return
    machine.reachable = reachable
    machine.probeMessage = reachable ? '' : probeText(pod, machine.ip)
    queue.add(key)
  }

  const take = (pod: Pod) => {
    if (pod.spec?.nodeName !== agent.name) return
    const entry = track(pod)
    if (pod.metadata?.deletionTimestamp) entry.stop.abort(new Error('the pod is being deleted'))
    queue.add(keyOf(refOf(pod)))
  }
  pods.onChange((_, after) => {
    if (after) take(after)
  })
  pods.onChange((before, after) => {
    if (after || before?.spec?.nodeName !== agent.name) return
    const key = keyOf(refOf(before))
    const entry = tracked.get(key)
    if (!entry || entry.uid !== before.metadata?.uid) return
    entry.stop.abort(new Error('the pod is gone'))
    tracked.delete(key)
  })
  for (const pod of pods.all()) take(pod)
  listed = true

  return {
    setReachable,
    rebindAddress(key) {
      const machine = tracked.get(key)?.machine
      if (machine?.state !== 'running') return
      agent.addresses.release(machine.ip)
      machine.ip = agent.addresses.lease()
      queue.add(key)
    },
    async close() {
      for (const entry of tracked.values()) entry.stop.abort(new Error('the node agent stops'))
      tracked.clear()
      await queue.close()
    },
  }
}
