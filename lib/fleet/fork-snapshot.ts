import type { Vm, VmPhase } from './vm.ts'

/** Of these the clone may not be there yet, and with it the snapshot. */
const NOT_CLONED: ReadonlySet<VmPhase> = new Set<VmPhase>(['scheduling', 'creating', 'failed', 'unknown'])

/**
 * The oldest fork that is still there of the VM as it is now: the fork snapshot, taken once at the first fork and
 * used for all later ones, is as old as it, or older (contract 7). The snapshot belongs to the node, and goes when
 * the VM is made anew. Null when no fork tells.
 */
export function oldestFork(main: Vm, vms: Iterable<Vm>): Vm | null {
  let oldest: Vm | null = null
  for (const vm of vms) {
    const ofMain =
      vm.forkedFrom !== '' &&
      vm.forkedFrom === main.vmName &&
      vm.namespace === main.namespace &&
      vm.node === main.node
    const counts =
      ofMain && vm.createdAt !== '' && vm.createdAt >= main.createdAt && !NOT_CLONED.has(vm.phase)
    if (counts && (oldest === null || vm.createdAt < oldest.createdAt)) oldest = vm
  }
  return oldest
}
