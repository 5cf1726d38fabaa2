import type { Vm, VmNode, VmSet } from '../vm.ts'
import type { SetSubject } from './subjects.ts'

/** A replica count is an int32 (contract 3.1). */
export const MOST_REPLICAS = 2 ** 31 - 1

/** A whole number of at least `least` that JavaScript can count to. */
export const isWhole = (value: number, least: number): boolean =>
  Number.isSafeInteger(value) && value >= least

/** The main agent among the VMs of a set; null while there is none. */
export const mainOf = ({ vms }: Pick<SetSubject, 'vms'>): Vm | null =>
  vms.find((vm) => vm.role === 'main') ?? null

/** The node that a VM is on; null while it is on none, and when nodes cannot be read. */
export const nodeOf = (vm: Vm | null, nodes: readonly VmNode[]): VmNode | null =>
  nodes.find((node) => vm !== null && node.name === vm.node) ?? null

/** Contract 4.8. */
export function setGoing(set: VmSet): string | null {
  return set.deletedAt === null ? null : `Set ${set.name} is being deleted: wait until it is gone.`
}

/** Contract 4.2 step 3: a failed main stops the set, whatever else it is asked for. */
export function mainFailed({ set, vms }: SetSubject, instead: string): string | null {
  const main = mainOf({ vms })
  // The set's own word may be older than what its main agent says.
  if (main === null ? set.phase !== 'Failed' : main.phase !== 'failed') return null
  return `The main agent${main === null ? '' : ` ${main.name}`} of set ${set.name} has failed, and until it is restarted the set does nothing else: restart it, then ${instead}.`
}

/** VMs whose kubelet does not answer: nothing that the set asks of them is done (contract 6). */
export function vmsOnDownNodes({ vms, nodes }: SetSubject): Vm[] {
  const down = new Set(nodes.filter((node) => !node.ready).map((node) => node.name))
  return vms.filter((vm) => vm.managed && down.has(vm.node))
}
