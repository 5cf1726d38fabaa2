import type { Vm } from '../vm.ts'
import { hasState, staysTerminating, whatIsKept } from './loss.ts'
import type { VmSubject } from './subjects.ts'
import { verdictOf, type Verdict } from './verdict.ts'
import { vmGoing } from './vm-rules.ts'

/** Whether a VM pod of no set may be deleted for good (contract 4.7, 6.3). */
export function deleteVm(subject: VmSubject): Verdict {
  const { vm, node } = subject
  return verdictOf(vmGoing(subject) ?? setsPod(vm), () => ({
    warnings: [
      hasState(vm) ? `${vm.name} loses its memory and its disk; ${whatIsKept(vm)}.` : null,
      staysTerminating(vm, node),
    ],
    notes: [
      vm.managed ? null : `${vm.name} is a static VM: only its pod goes, the VM itself goes on.`,
      vm.hibernation === null
        ? null
        : `The CocoonHibernation ${vm.hibernation.name} stays, and its snapshot with it.`,
    ],
  }))
}

/** Contract 4.7: the operator makes a missing pod anew. */
function setsPod({ name, set, slot }: Vm): string | null {
  if (set === null) return null
  const less = slot !== null && slot > 0 ? ', or lower the replicas of the set' : ''
  return `${name} belongs to set ${set}, which would make it anew: restart it${less}.`
}
