import { ROLE_MAIN } from './keys.ts'
import { extractSlotFromVMName } from './slot.ts'
import type { VMSpec } from './vm-spec.ts'

/**
 * Whether a VM is snapshotted when it goes. Unknown policies mean always. With a role this is the rule
 * since 0.2.4; without one it is that of 0.2.1, to which a toolbox named `cache-0` is a main (contract 2.9).
 */
export function shouldSnapshotVM(spec: Pick<VMSpec, 'snapshotPolicy' | 'vmName'>, role?: string): boolean {
  if (spec.snapshotPolicy === 'never') return false
  if (spec.snapshotPolicy !== 'main-only') return true
  return role === undefined ? extractSlotFromVMName(spec.vmName) === 0 : role === ROLE_MAIN
}
