import { ANNOTATION_DEAD_LETTER, ANNOTATION_POST_CLONE_HINT } from '../../lib/cocoon/component-keys.ts'
import { readCocoonSetGeneration } from '../../lib/cocoon/generation.ts'
import { applyHibernateState } from '../../lib/cocoon/hibernate-state.ts'
import type { Pod } from '../../lib/cocoon/kube-json.ts'
import { applyLifecycleStatus } from '../../lib/cocoon/lifecycle.ts'
import { applyVMRuntime, parseVMRuntime } from '../../lib/cocoon/vm-runtime.ts'
import { parseVMSpec } from '../../lib/cocoon/vm-spec.ts'
import { EXHAUSTED_MESSAGE, exhaustedAnnotations, postCloneCommands } from '../kubelet/fix-up-guest.ts'
import { noMachine, type Machine } from '../kubelet/machine.ts'
import { runningStatus } from '../kubelet/pod-status.ts'
import { VK_FEATURES } from '../kubelet/vk-generation.ts'
import { kubeTime } from '../kube-time.ts'
import type { Random } from '../random.ts'
import { admittedPod } from './admitted-pod.ts'
import type { NodePlan } from './node-objects.ts'
import type { Oddity } from './set-templates.ts'

/** What one seeded pod needs to know. */
export interface SeedPod {
  pod: Pod
  node: NodePlan
  /** Hands out the node's addresses. */
  lease: (screen: boolean) => string
  state: Oddity['is'] | 'ready'
  /** Epoch milliseconds: when the pod was created, and when it came into its state. */
  createdAt: number
  since: number
  random: Random
}

const FORK_ERROR = 'clone snapshot: restore memory: file truncated'

/** Brings a pod, as the operator created it, into the state that its node and the scheduler would have left. */
export function settlePod(seed: SeedPod): Pod {
  const { pod, node, createdAt, random } = seed
  pod.metadata = {
    ...pod.metadata,
    uid: random.uuid(),
    generation: 1,
    creationTimestamp: kubeTime(createdAt),
  }
  const bound = pod.spec?.nodeName !== undefined
  pod.spec = { ...pod.spec, nodeName: node.name }
  // Sub-agents are bound at birth, past the scheduler, which then has nothing to say about them.
  const scheduled = { type: 'PodScheduled', status: 'True', lastTransitionTime: kubeTime(createdAt) }
  pod.status = {
    phase: 'Pending',
    startTime: kubeTime(createdAt),
    ...(bound ? {} : { conditions: [scheduled] }),
  }
  SETTLE[seed.state](seed)
  const { spec, status } = admittedPod(pod, random)
  return Object.assign(pod, { spec, status })
}

function lifecycle(seed: SeedPod, state: string, message = '') {
  if (!VK_FEATURES[seed.node.generation].lifecycle) return
  applyLifecycleStatus({ state, observedGeneration: readCocoonSetGeneration(seed.pod), message }, seed.pod)
}

function run(seed: SeedPod, reachable: boolean, probeMessage = ''): Machine {
  const { pod, random } = seed
  const spec = parseVMSpec(pod)
  const given = parseVMRuntime(pod)
  const machine: Machine = {
    ...noMachine(),
    state: 'running',
    vmID: given.vmID || `${spec.os === 'macos' ? 'qemu-' : ''}${random.hex(12)}`,
    ip: given.ip || seed.lease(spec.connType === 'vnc'),
    vncPort: given.vncPort || (spec.os === 'macos' ? 5900 + random.int(0, 99) : 0),
    reachable,
    probeMessage,
  }
  applyVMRuntime({ vmID: machine.vmID, ip: machine.ip, vncPort: machine.vncPort }, pod)
  pod.status = runningStatus(pod, machine, seed.since, VK_FEATURES[seed.node.generation].readyNeedsLifecycle)
  return machine
}

function sleepNow(seed: SeedPod) {
  applyHibernateState(true, seed.pod)
  lifecycle(seed, 'hibernated')
  seed.pod.status = { phase: 'Pending', startTime: kubeTime(seed.createdAt) }
}

function failCreation(seed: SeedPod, message: string) {
  lifecycle(seed, 'failed', message)
  seed.pod.status = { ...seed.pod.status, phase: 'Pending', reason: 'ProviderFailed', message }
}

function becomeReady(seed: SeedPod) {
  run(seed, true)
  lifecycle(seed, 'ready')
}

/** Annotations of the pod, added to. */
function add(pod: Pod, annotations: Record<string, string>) {
  pod.metadata = { ...pod.metadata, annotations: { ...pod.metadata?.annotations, ...annotations } }
}

const SETTLE: Record<SeedPod['state'], (seed: SeedPod) => void> = {
  ready: becomeReady,
  // Woken through a CocoonHibernation, which stays behind as Active.
  active: becomeReady,
  hibernated: sleepNow,
  unreachable(seed) {
    const machine = run(seed, false)
    machine.probeMessage = `ping failed: no reply from ${machine.ip} within 3s`
    seed.pod.status = runningStatus(
      seed.pod,
      machine,
      seed.since,
      VK_FEATURES[seed.node.generation].readyNeedsLifecycle,
    )
    lifecycle(seed, 'ready')
  },
  failed: (seed) => {
    const { image } = parseVMSpec(seed.pod)
    failCreation(seed, `pull snapshot ${image}: layer 3 of 5: unexpected EOF`)
  },
  'dead-letter': (seed) => {
    failCreation(seed, FORK_ERROR)
    add(seed.pod, { [ANNOTATION_DEAD_LETTER]: 'true' })
  },
  'post-clone-hint': (seed) => {
    const { ip } = run(seed, false)
    const { os } = parseVMSpec(seed.pod)
    if (!VK_FEATURES[seed.node.generation].fixesGuests) {
      const hint = Buffer.from(postCloneCommands(os, ip)).toString('base64')
      add(seed.pod, { [ANNOTATION_POST_CLONE_HINT]: hint })
      return
    }
    lifecycle(seed, 'failed', EXHAUSTED_MESSAGE)
    add(seed.pod, { ...exhaustedAnnotations(os, ip), [ANNOTATION_DEAD_LETTER]: 'true' })
  },
  unschedulable: (seed) => {
    const { nodeName: _, ...spec } = seed.pod.spec ?? {}
    seed.pod.spec = spec
    seed.pod.status = { phase: 'Pending' }
  },
}
