import { surplusSlots } from '../../cocoon/slot.ts'
import type { Vm } from '../vm.ts'
import { fork } from './fork.ts'
import { isSavedOnDelete, snapshotsKept } from './loss.ts'
import { isWhole, mainOf, MOST_REPLICAS, setGoing } from './set-rules.ts'
import type { SetSubject } from './subjects.ts'
import { verdictOf, type Verdict } from './verdict.ts'
import { agree, counted, listed } from './wording.ts'

/** Whether the set may have so many sub-agents; more of them are forks, by the same rules (contract 4.7, 7). */
export function scale(subject: SetSubject, { replicas }: { replicas: number }): Verdict {
  const { set } = subject
  if (isWhole(replicas, set.replicas + 1) && replicas <= MOST_REPLICAS && set.deletedAt === null) {
    return fork(subject, { count: replicas - set.replicas })
  }
  return verdictOf(setGoing(set) ?? wrongCount(subject, replicas), () => {
    const going = surplus(subject, replicas)
    return { warnings: [lost(subject, going), unsaved(going)], notes: [snapshotsKept(going), later(subject)] }
  })
}

function wrongCount({ set }: SetSubject, replicas: number): string | null {
  if (!isWhole(replicas, 0) || replicas > MOST_REPLICAS) {
    return `Set ${set.name} can have a whole number of sub-agents from 0 to ${MOST_REPLICAS}, not ${replicas}.`
  }
  return replicas === set.replicas ? `Set ${set.name} has ${counted(replicas, 'sub-agent')} already.` : null
}

/** The sub-agents that go, the highest slot first: which ones cannot be chosen (contract 7). */
export function surplus({ vms }: SetSubject, replicas: number): Vm[] {
  const bySlot = new Map(vms.flatMap((vm) => (vm.slot === null ? [] : [[vm.slot, vm] as const])))
  return surplusSlots(bySlot.keys(), replicas).flatMap((slot) => bySlot.get(slot) ?? [])
}

function lost({ set }: SetSubject, going: readonly Vm[]): string | null {
  const names = going.map((vm) => vm.name)
  if (names.length === 0) return null
  return `${listed(names)} ${agree(names.length, 'is', 'are')} deleted with memory and disk: set ${set.name} always gives up its highest slots.`
}

/** Contract 4.7: they are not hibernated first; what is saved is by policy. */
function unsaved(going: readonly Vm[]): string | null {
  const names = going.filter((vm) => !isSavedOnDelete(vm)).map((vm) => vm.name)
  if (names.length === 0) return null
  return `Nothing is saved of ${listed(names)}.`
}

/** Contract 4.2: suspension comes first, and without a Ready main agent no other VM is touched. */
function later(subject: SetSubject): string | null {
  const main = mainOf(subject)
  if (subject.set.suspend) return `Nothing happens until set ${subject.set.name} is resumed.`
  if (main?.phase === 'ready') return null
  return `Nothing happens until the main agent of set ${subject.set.name} is ready.`
}
