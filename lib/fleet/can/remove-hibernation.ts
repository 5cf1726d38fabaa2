import { isRestorable } from '../../cocoon/hibernation-request.ts'
import { HIBERNATE_SNAPSHOT_TAG } from '../../cocoon/keys.ts'
import type { HibernationSubject } from './subjects.ts'
import { verdictOf, type Verdict } from './verdict.ts'

/** Whether a CocoonHibernation may be deleted; with it goes the VM's hibernate snapshot (contract 5, 11.9). */
export function removeHibernation(subject: HibernationSubject): Verdict {
  const { hibernation, vm, set } = subject
  const gone =
    hibernation.deletedAt === null
      ? null
      : `The CocoonHibernation ${hibernation.name} is being deleted already.`
  return verdictOf(gone, () => {
    const who = vm?.name ?? hibernation.name
    if (!mayLose(subject)) return { notes: [`${who} is not asleep by this request, so nothing is lost.`] }
    const snapshot = vm?.vmName ? `${vm.vmName}:${HIBERNATE_SNAPSHOT_TAG}` : `of ${who}`
    const [verb, lost] = isOnlyCopy(subject) ? ['is', 'loses'] : ['may be', 'may lose']
    const first = set?.suspend ? `resume set ${set.name} first` : 'wake it first'
    return {
      warnings: [
        `The snapshot ${snapshot} ${verb} destroyed, and ${who} ${lost} its memory for good: ${first}, and remove the request when the VM is awake.`,
      ],
    }
  })
}

/** The VM is asleep for sure, and lives on in its snapshot only. */
function isOnlyCopy({ hibernation, vm }: HibernationSubject): boolean {
  if (vm === null) return isRestorable(hibernation)
  return vm.managed && vm.vmID === '' && (isRestorable(hibernation) || vm.phase === 'hibernated')
}

/** Also while it goes to sleep or wakes: then it depends on who is quicker. */
function mayLose(subject: HibernationSubject): boolean {
  const { hibernation, vm } = subject
  if (isOnlyCopy(subject)) return true
  if (vm === null || !vm.managed) return false
  return vm.phase === 'hibernating' || vm.phase === 'waking' || hibernation.phase === 'Hibernating'
}
