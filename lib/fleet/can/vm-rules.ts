import type { Vm, VmNode, VmPhase } from '../vm.ts'
import type { VmSubject } from './subjects.ts'
import { because } from './wording.ts'

/** Objects on their way out take no more requests (contract 4.1, 4.8). */
export function vmGoing({ vm, set }: Pick<VmSubject, 'vm' | 'set'>): string | null {
  if (vm.deletedAt !== null) return `${vm.name} is being deleted: wait until it is gone.`
  if (set === null || set.deletedAt === null) return null
  return `${vm.name} goes with its set ${set.name}, which is being deleted.`
}

/** Only the kubelet of its node puts a VM to sleep, wakes it, and runs commands in it (contract 6). */
export function nodeDown(vm: Vm, node: VmNode | null, doing: string): string | null {
  if (node === null || node.ready) return null
  return `Node ${node.name} is not ready${because(node.message)}, so ${vm.name} cannot ${doing}: bring the node back first.`
}

/** What a set asks of its VMs is not known where sets cannot be read. */
export function setUnread({ vm, set }: VmSubject): string | null {
  if (vm.set === null || set !== null) return null
  return `Set ${vm.set} cannot be read, so whether it wants otherwise is not known.`
}

const OLD_VERSION = /^v?0\.(?:[01]\.\d+|2\.\d)(?!\d)/
const SEEN_UP: ReadonlySet<VmPhase> = new Set<VmPhase>(['ready', 'unreachable', 'hibernating', 'hibernated'])

/** Its kubelet is vk-cocoon up to v0.2.9, which writes no lifecycle state (contract 11.1). */
export function isOldKubelet({ vm, node }: Pick<VmSubject, 'vm' | 'node'>): boolean {
  if (node !== null && OLD_VERSION.test(node.version)) return true
  return SEEN_UP.has(vm.phase) && vm.managed && vm.generation > 0 && vm.observedGeneration === 0
}

/** Without lifecycle states only the pod's phase and conditions tell how far it is (contract 11.1). */
export function coarseProgress(subject: VmSubject): string | null {
  if (!isOldKubelet(subject)) return null
  return `The kubelet of ${subject.vm.name} reports no lifecycle state, so progress shows only coarsely.`
}
