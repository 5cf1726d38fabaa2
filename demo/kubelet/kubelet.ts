import type { Pod } from '../../lib/cocoon/kube-json.ts'
import { readKeepSnapshotOnDelete } from '../../lib/cocoon/snapshot-marks.ts'
import { parseVMSpec } from '../../lib/cocoon/vm-spec.ts'
import { isConflict, isNotFound } from '../client/api-error.ts'
import type { Cache } from '../client/cache.ts'
import { keyOf, refOf, refOfKey } from '../client/resources.ts'
import { workQueue } from '../work-queue.ts'
import { adoptVM } from './adopt-vm.ts'
import { faultOf } from './faults.ts'
import { forgetVM } from './forget-vm.ts'
import { noMachine, type Machine } from './machine.ts'
import { startMishap } from './mishaps.ts'
import type { NodeAgent, Operation } from './node-agent.ts'
import { planPod } from './plan-pod.ts'
import { POD_STEPS } from './pod-steps.ts'
import { retryWait } from './retry.ts'

/** One node's agent at work. */
export interface Kubelet {
  /** Loses or regains a VM's probe, as a network fault would; a VM that does not run is left alone. */
  setReachable(key: string, reachable: boolean): void
  /** Gives a running VM another address, as a DHCP server may when a lease ends (contract 8). */
  rebindAddress(key: string): void
  /** What this node knows about the VM of a pod; undefined when it has none of that name. */
  machineOf(key: string): Machine | undefined
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
  /** The pod is being deleted, and its VM stopped: nothing else ends that. */
  stopping: boolean
  /** Somebody changed what the node has written; it is written again when this is due (contract 6.2). */
  repair: 'none' | 'waiting' | 'due'
}

/** How often a node looks whether its lifecycle annotations still stand (contract 6.2). */
const REPAIR = 15_000

/** SSH answers for macOS guests, which are not pinged (contract 6.5). */
const probeText = (pod: Pod, ip: string) => {
  const { probePort, os } = parseVMSpec(pod)
  const port = probePort || (os === 'macos' ? '22' : '')
  if (port === '') return `ping failed: no reply from ${ip} within 3s`
  return `tcp probe ${port}: dial tcp ${ip}:${port}: i/o timeout`
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
    const machine = listed ? noMachine() : adoptVM(agent, pod)
    const entry: Tracked = {
      uid: pod.metadata?.uid ?? '',
      machine,
      stop: new AbortController(),
      stopping: false,
      repair: 'none',
    }
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
      if (step === 'repair' && entry.repair !== 'due') return planRepair(key, entry)
      entry.repair = 'none'
      if (step === 'none') return undefined
      if (step !== 'stop') return run(key, entry, pod, POD_STEPS[step])
      const freed = { ...entry, stop: new AbortController(), stopping: true }
      tracked.set(key, freed)
      return run(key, freed, pod, POD_STEPS.stop)
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
    const before = entry.machine.vmID
    try {
      await step({ agent, machine: entry.machine, pod: newest, signal })
    } catch (error) {
      if (signal.aborted || isNotFound(error)) return 0
      throw error
    }
    planRetry(key, entry)
    if (entry.machine.vmID !== before) watchOver(key, entry)
    return undefined
  }

  /** Comes back to what failed, unless something else has happened to it by then. */
  const planRetry = (key: string, { machine }: Tracked) => {
    const { retry } = machine
    if (machine.state !== 'failed' || !retry || retry.due) return
    const wait = retryWait(retry)
    if (wait === undefined) return
    agent.clock.after(wait, () => {
      if (machine.retry !== retry) return
      machine.retry = { ...retry, due: true }
      queue.add(key)
    })
  }

  const planRepair = (key: string, entry: Tracked) => {
    if (entry.repair === 'none') {
      entry.repair = 'waiting'
      agent.clock.after(REPAIR, () => {
        if (entry.repair !== 'waiting') return
        entry.repair = 'due'
        queue.add(key)
      })
    }
    return undefined
  }

  const watchOver = (key: string, entry: Tracked) => {
    const { machine } = entry
    const { vmID } = machine
    const pod = pods.get(refOfKey(key))
    if (!pod || vmID === '') return
    const { image, vmName } = parseVMSpec(pod)
    startMishap(faultOf(image), agent, {
      name: vmName,
      lives: () => tracked.get(key) === entry && machine.vmID === vmID && machine.state === 'running',
      isReachable: () => machine.reachable,
      setReachable: (reachable, why) => setReachable(key, reachable, why),
      doom: (reason, message) => {
        machine.doomed = { reason, message }
        queue.add(key)
      },
    })
  }

  const setReachable = (key: string, reachable: boolean, why?: string) => {
    const machine = tracked.get(key)?.machine
    const pod = pods.get(refOfKey(key))
    if (machine?.state !== 'running' || !pod) return
    machine.reachable = reachable
    machine.probeMessage = reachable ? '' : (why ?? probeText(pod, machine.ip))
    queue.add(key)
  }

  const take = (pod: Pod) => {
    if (pod.spec?.nodeName !== agent.name) return
    const entry = track(pod)
    if (pod.metadata?.deletionTimestamp && !entry.stopping)
      entry.stop.abort(new Error('the pod is being deleted'))
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
    // Deleted by force, past its node: nothing is saved any more, but nothing stays behind either.
    forgetVM(agent, entry.machine, parseVMSpec(before), readKeepSnapshotOnDelete(before))
    tracked.delete(key)
  })
  for (const pod of pods.all()) take(pod)
  listed = true

  return {
    setReachable,
    rebindAddress(key) {
      const machine = tracked.get(key)?.machine
      if (machine?.state !== 'running') return
      machine.ip = agent.addresses.exchange(machine.ip)
      queue.add(key)
    },
    machineOf: (key) => tracked.get(key)?.machine,
    async close() {
      for (const entry of tracked.values()) entry.stop.abort(new Error('the node agent stops'))
      tracked.clear()
      await queue.close()
    },
  }
}
