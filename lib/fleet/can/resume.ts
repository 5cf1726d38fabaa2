import { keepsAsleep } from '../../cocoon/hibernation-request.ts'
import { mainOf, setGoing, vmsOnDownNodes } from './set-rules.ts'
import type { SetSubject } from './subjects.ts'
import { verdictOf, type Verdict } from './verdict.ts'
import { agree, listed } from './wording.ts'

/** Whether `spec.suspend: false` would wake the set (contract 4.2 step 5, 4.4, 4.5). */
export function resume(subject: SetSubject): Verdict {
  const { set } = subject
  const reason = setGoing(set) ?? (set.suspend ? null : `Set ${set.name} is not suspended.`)
  return verdictOf(reason, () => ({
    warnings: [failed(subject), down(subject)],
    notes: [halfway(subject), released(subject), keptAsleep(subject), addresses(subject)],
  }))
}

/** Contract 4.2 step 3: a failed main comes before everything else. */
function failed(subject: SetSubject): string | null {
  const main = mainOf(subject)
  if (main?.phase !== 'failed') return null
  return `The main agent ${main.name} has failed: set ${subject.set.name} wakes only when it is restarted.`
}

function down(subject: SetSubject): string | null {
  const names = vmsOnDownNodes(subject).map((vm) => vm.name)
  if (names.length === 0) return null
  return `${listed(names)} ${agree(names.length, 'wakes', 'wake')} only when the ${agree(names.length, 'node is', 'nodes are')} ready again.`
}

function halfway({ set }: SetSubject): string | null {
  return set.phase === 'Suspending'
    ? `VMs of set ${set.name} that are being saved finish that first, then they wake.`
    : null
}

/** Contract 4.5: without a time limit. */
function released({ set }: SetSubject): string | null {
  if (set.hibernatePolicy !== 'release') return null
  return `The main agent of set ${set.name} needs room on a node again: without any it stays Waking.`
}

/** Contract 4.2 step 5. */
function keptAsleep({ vms }: SetSubject): string | null {
  const kept = vms.filter((vm) => vm.hibernation !== null && keepsAsleep(vm.hibernation))
  if (kept.length === 0) return null
  return `${listed(kept.map((vm) => vm.name))} ${agree(kept.length, 'stays', 'stay')} asleep, each by a CocoonHibernation of its own.`
}

/** Contract 6.3. */
function addresses({ set }: SetSubject): string {
  return `The VMs of set ${set.name} go on where they were, with new VM ids and usually other addresses.`
}
