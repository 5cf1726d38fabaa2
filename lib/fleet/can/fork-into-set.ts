import { parseSnapshotReference } from '../../cocoon/image-reference.ts'
import { HIBERNATE_SNAPSHOT_TAG } from '../../cocoon/keys.ts'
import type { Vm } from '../vm.ts'
import { cannotBeCopied } from './fork-source.ts'
import type { VmSubject } from './subjects.ts'
import { verdictOf, type Verdict } from './verdict.ts'
import { vmGoing } from './vm-rules.ts'

/** Whether the VM's hibernate snapshot can be the image of a new CocoonSet (contract 7). */
export function forkIntoSet(subject: VmSubject): Verdict {
  const { vm } = subject
  const reason = vmGoing(subject) ?? cannotBeCopied(vm) ?? firecracker(vm) ?? awake(vm) ?? unnameable(vm)
  return verdictOf(reason, () => ({
    warnings: [
      `Keep ${vm.name} hibernated until the new main agent is ready: waking it removes the snapshot.`,
      `The copy has the identity of ${vm.name}: its host name, its keys, and whatever it was logged in to.`,
    ],
    notes: [
      `Processors, memory and disk are those of the snapshot, whatever the new set asks for.`,
      `Whether ${referenceOf(vm)} is in the registry shows only when it is pulled: no object in the cluster says so.`,
      `A node that pulled an older snapshot of this name may clone that one.`,
    ],
  }))
}

const referenceOf = ({ vmName }: Vm) => `${vmName}:${HIBERNATE_SNAPSHOT_TAG}`

/** Contract 9 rule 3: there, only mode run is admitted. */
function firecracker({ name, backend }: Vm): string | null {
  if (backend !== 'firecracker') return null
  return `${name} runs on firecracker, where a set cannot start from a snapshot: fork it within its own set.`
}

/** Contract 7: a VM that runs has no snapshot in the registry. */
function awake({ name, phase }: Vm): string | null {
  if (phase === 'hibernated') return null
  const first = phase === 'hibernating' ? 'wait until it is hibernated' : 'hibernate it first'
  return `${name} has no snapshot in the registry while it is not hibernated: ${first}.`
}

/** Contract 9 rule 4. */
function unnameable(vm: Vm): string | null {
  if (parseSnapshotReference(referenceOf(vm)) !== null) return null
  return `The VM name of ${vm.name} (${vm.vmName || 'it has none'}) is no name for an image, so no set can start from it.`
}
