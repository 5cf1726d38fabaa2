import type { Vm } from '../vm.ts'
import { snapshotsKept } from './loss.ts'
import { setGoing, vmsOnDownNodes } from './set-rules.ts'
import type { SetSubject } from './subjects.ts'
import { verdictOf, type Verdict } from './verdict.ts'
import { agree, counted, listed } from './wording.ts'

/** Whether the set's spec may be changed; what a change recreates is another question (contract 4.7, 4.8). */
export const editSet = ({ set }: SetSubject): Verdict => verdictOf(setGoing(set))

/** Whether the set may be deleted, and what goes with it (contract 4.8). */
export function deleteSet(subject: SetSubject): Verdict {
  const { set, vms } = subject
  const managed = vms.filter((vm) => vm.managed)
  return verdictOf(setGoing(set), () => ({
    warnings: [gone(subject, managed), asleep(managed), lingering(subject)],
    notes: [snapshotsKept(managed), goingOn(vms.filter((vm) => !vm.managed)), requestsLeft(vms)],
  }))
}

const named = (vms: readonly Vm[]) => listed(vms.map((vm) => vm.name))

function gone({ set }: SetSubject, vms: readonly Vm[]): string | null {
  if (set.phase === 'Suspended' && vms.length === 0) {
    return `The saved memory of set ${set.name} goes with it.`
  }
  if (vms.length === 0) return null
  return `${counted(vms.length, 'VM')} of set ${set.name} ${agree(vms.length, 'goes', 'go')} with it, memory and disk: ${named(vms)}.`
}

/** Their only copy is the hibernate snapshot, which the operator deletes. */
function asleep(vms: readonly Vm[]): string | null {
  const sleeping = vms.filter((vm) => vm.phase === 'hibernated')
  if (sleeping.length === 0) return null
  return `The hibernate ${agree(sleeping.length, 'snapshot', 'snapshots')} of ${named(sleeping)} ${agree(sleeping.length, 'is', 'are')} deleted, and nothing else of ${agree(sleeping.length, 'it', 'them')} is saved.`
}

function lingering(subject: SetSubject): string | null {
  const stuck = vmsOnDownNodes(subject)
  if (stuck.length === 0) return null
  return `Set ${subject.set.name} stays until the ${agree(stuck.length, 'node', 'nodes')} of ${named(stuck)} ${agree(stuck.length, 'is', 'are')} ready again.`
}

function goingOn(vms: readonly Vm[]): string | null {
  if (vms.length === 0) return null
  return `${named(vms)} ${agree(vms.length, 'is a static VM and goes', 'are static VMs and go')} on running.`
}

/** A CocoonHibernation belongs to no set, and asks the same of whoever has the pod's name next (contract 5). */
function requestsLeft(vms: readonly Vm[]): string | null {
  const left = vms.filter(({ hibernation }) => hibernation?.desire === 'Hibernate')
  if (left.length === 0) return null
  return `The ${agree(left.length, 'request', 'requests')} to hibernate ${named(left)} ${agree(left.length, 'stays', 'stay')}: remove ${agree(left.length, 'it', 'them')}, or a new VM of that name is put to sleep.`
}
