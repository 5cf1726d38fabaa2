import { runningDesire } from '../../cocoon/hibernation-request.ts'
import { hibernateSupport } from '../../cocoon/hibernate-support.ts'
import type { Vm } from '../vm.ts'
import type { VmSubject } from './subjects.ts'
import { vmGoing } from './vm-rules.ts'

/** What stands against any request to sleep or to wake. */
export function requestRefused(subject: VmSubject): string | null {
  return vmGoing(subject) ?? cannotSleep(subject.vm) ?? nameless(subject.vm) ?? requestGoing(subject.vm)
}

/** Contract 5, 6.3: static VMs never hibernate, macOS guests cannot. */
export function cannotSleep(vm: Vm): string | null {
  const support = hibernateSupport(vm)
  if (support === 'static') {
    return `${vm.name} is a static VM, which Cocoon shows but does not run, so it never hibernates.`
  }
  return support === 'macos' ? `${vm.name} runs macOS, and macOS guests cannot be hibernated.` : null
}

/** Contract 5: the operator leaves a request Pending for as long as the pod has no VM name. */
function nameless({ vmName, name }: Vm): string | null {
  return vmName === ''
    ? `${name} has no VM name yet, so no request can be about it: wait until it has.`
    : null
}

/** Contract 9: while the old request lingers, a new one is denied. */
function requestGoing({ name, hibernation }: Vm): string | null {
  if (hibernation === null || hibernation.deletedAt === null) return null
  return `The CocoonHibernation ${hibernation.name} of ${name} is still being deleted: try again when it is gone.`
}

/** Contract 5: of two opposite requests the one that has begun is finished first. */
export function finishesFirst({ name, hibernation }: Vm, wanted: 'Hibernate' | 'Wake'): string | null {
  if (hibernation === null) return null
  const running = hibernation.phase === 'Hibernating' || hibernation.phase === 'Waking'
  if (!running || runningDesire(hibernation) === wanted) return null
  return wanted === 'Hibernate'
    ? `${name} is waking: that finishes first, then it hibernates.`
    : `${name} is hibernating: that finishes first, then it wakes.`
}
