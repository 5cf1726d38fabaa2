import { DEFAULT_SNAPSHOT_TAG } from '../../cocoon/keys.ts'
import { shouldSnapshotVM } from '../../cocoon/snapshot-policy.ts'
import type { Vm, VmNode, VmPhase } from '../vm.ts'
import { listed } from './wording.ts'

const NOT_THERE: ReadonlySet<VmPhase> = new Set<VmPhase>(['scheduling', 'creating'])

/** Whether deleting the pod destroys something: static VMs are only let go, others may not be there yet (contract 6.1). */
export function hasState({ managed, phase, vmID }: Vm): boolean {
  if (!managed || NOT_THERE.has(phase)) return false
  return phase !== 'failed' || vmID !== ''
}

/** Whether its node pushes a last snapshot before the VM goes: of one that runs, as its policy says (contract 6.3). */
export function isSavedOnDelete(vm: Vm): boolean {
  if (!hasState(vm) || vm.vmID === '') return false
  return shouldSnapshotVM(vm, vm.role ?? 'toolbox')
}

/** What is left of a VM whose pod is deleted, as the end of a sentence. */
export function whatIsKept(vm: Vm): string {
  if (isSavedOnDelete(vm)) {
    return `its last state is saved as ${vm.vmName}:${DEFAULT_SNAPSHOT_TAG} first, from which a new set can start`
  }
  if (vm.vmID === '') return 'nothing of it is saved, because it does not run'
  return `nothing of it is saved, because its snapshot policy is ${vm.snapshotPolicy}`
}

/** Which of VMs that go leave a snapshot behind (contract 4.8, 6.3); null when none does. */
export function snapshotsKept(vms: readonly Vm[]): string | null {
  const kept = vms.filter(isSavedOnDelete).map((vm) => vm.name)
  return kept.length === 0
    ? null
    : `A last snapshot of ${listed(kept)} is saved under the tag ${DEFAULT_SNAPSHOT_TAG} and kept.`
}

/** A pod goes only when its node's kubelet lets it go (contract 6.3). */
export function staysTerminating({ name }: Vm, node: VmNode | null): string | null {
  if (node === null || node.ready) return null
  return `Node ${node.name} is not ready, so ${name} stays Terminating until it is back.`
}

/** What becomes of a VM whose set goes, or gives up its slot, in a few words (contract 4.7, 4.8, 6.3). */
export interface Fate {
  kind: 'saved' | 'lost' | 'goes on'
  words: string
}

/** What becomes of the VM once its pod is deleted and nobody makes it anew. */
export function fateOf(vm: Vm): Fate {
  if (!vm.managed) return { kind: 'goes on', words: 'static: only its pod goes' }
  if (isSavedOnDelete(vm)) {
    return { kind: 'saved', words: `last state kept as ${vm.vmName}:${DEFAULT_SNAPSHOT_TAG}` }
  }
  if (vm.phase === 'hibernated') return { kind: 'lost', words: 'sleeps: nothing more of it is saved' }
  if (!hasState(vm)) return { kind: 'lost', words: 'has nothing to lose yet' }
  if (vm.vmID === '') return { kind: 'lost', words: 'does not run: nothing is saved' }
  return { kind: 'lost', words: `nothing is saved (policy ${vm.snapshotPolicy})` }
}
