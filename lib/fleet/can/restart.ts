import { isRestorable } from '../../cocoon/hibernation-request.ts'
import type { Vm, VmPhase } from '../vm.ts'
import { hasState, staysTerminating, whatIsKept } from './loss.ts'
import type { VmSubject } from './subjects.ts'
import { verdictOf, type Verdict } from './verdict.ts'
import { setUnread, vmGoing } from './vm-rules.ts'
import { counted } from './wording.ts'

/** Whether the pod may be deleted so that its set makes it anew (contract 4.2, 4.7, 10). */
export function restart(subject: VmSubject): Verdict {
  const { vm, node } = subject
  const reason = vmGoing(subject) ?? nobodysPod(vm) ?? surplus(subject) ?? suspended(subject) ?? moving(vm)
  return verdictOf(reason, () => ({
    warnings: [lost(vm), staysTerminating(vm, node), waits(subject)],
    notes: [comesBack(vm), revived(vm), leftOver(vm), staleForks(vm), setUnread(subject)],
  }))
}

function nobodysPod({ name, set }: Vm): string | null {
  return set === null
    ? `${name} belongs to no set, so nobody would make it anew: it can only be deleted.`
    : null
}

/** Contract 4.7. */
function surplus({ vm, set }: VmSubject): string | null {
  if (set === null || vm.slot === null || vm.slot <= set.replicas) return null
  return `Set ${set.name} has ${counted(set.replicas, 'sub-agent')}, so ${vm.name} would not be made anew: raise its replicas instead.`
}

const STUCK: ReadonlySet<VmPhase> = new Set<VmPhase>(['failed', 'unknown'])

/** Contract 4.4: a suspended set makes only its main agent anew, to put it to sleep; a VM that is stuck holds that up. */
function suspended({ vm, set }: VmSubject): string | null {
  if (!set?.suspend || STUCK.has(vm.phase)) return null
  return `Set ${set.name} is suspended: resume it, then restart ${vm.name}.`
}

/** Contract 4.6: the move deletes the pod by itself, once the memory is safe. */
function moving({ name, phase }: Vm): string | null {
  return phase === 'migrating' ? `${name} is moving to another node: restart it when it has arrived.` : null
}

/** Contract 5: a pod that is made anew under such a request is restored. */
const isRestored = ({ hibernation }: Vm) => hibernation !== null && isRestorable(hibernation)

function lost(vm: Vm): string | null {
  if (!hasState(vm) || isRestored(vm)) return null
  return `${vm.name} loses its memory and its disk; ${whatIsKept(vm)}.`
}

/** Contract 4.2 step 7, 4.4: who waits for whom. */
function waits({ vm, set, main }: VmSubject): string | null {
  if (set?.suspend && vm.role !== 'main') return `${vm.name} comes back only when set ${set.name} is resumed.`
  if (vm.role === 'main' || main === null || main.phase === 'ready') return null
  return `${vm.name} comes back only when the main agent ${main.name} is ready.`
}

function comesBack(vm: Vm): string {
  if (!vm.managed) return `${vm.name} is a static VM: only its pod is made anew, the VM itself goes on.`
  if (isRestored(vm))
    return `${vm.name} comes back from its hibernate snapshot, as its CocoonHibernation asks.`
  if (vm.role === 'sub-agent')
    return `${vm.name} comes back as a fork of ${vm.forkedFrom || 'the main agent'}, in the state of the first fork.`
  return `${vm.name} comes back from ${vm.image || 'its image'}.`
}

/** Contract 4.2 step 3, 4.7. */
function revived({ name, role, phase, deadLetter }: Vm): string | null {
  if (deadLetter)
    return `Its four rebuilds are used up: if ${name} fails once more, it is left alone at once.`
  return role === 'main' && phase === 'failed' ? `Its set goes on when ${name} is ready again.` : null
}

/** Contract 11.8: no object shows whether there is such a snapshot. */
function leftOver(vm: Vm): string | null {
  if (!vm.managed || isRestored(vm)) return null
  return `If an earlier suspension left ${vm.vmName}:hibernate in the registry, newer nodes restore that old memory instead, or fail.`
}

/** Contract 7. */
function staleForks({ name, role }: Vm): string | null {
  return role === 'main'
    ? `The fork snapshot of ${name} is dropped: later forks start from the new one.`
    : null
}
