import { hibernateSupport } from '../../cocoon/hibernate-support.ts'
import type { Vm } from '../vm.ts'
import { mainFailed, mainOf, setGoing, vmsOnDownNodes } from './set-rules.ts'
import type { SetSubject } from './subjects.ts'
import { verdictOf, type Verdict } from './verdict.ts'
import { isOldKubelet } from './vm-rules.ts'
import { agree, listed } from './wording.ts'

/** Whether `spec.suspend: true` would put all VMs of the set to sleep (contract 4.4, 4.5). */
export function suspend(subject: SetSubject): Verdict {
  const { set } = subject
  const reason =
    setGoing(set) ??
    already(subject) ??
    unsavable(subject) ??
    mainFailed(subject, 'suspend the set') ??
    keptAwake(subject)
  return verdictOf(reason, () => ({
    warnings: [stuck(subject), down(subject)],
    notes: [bootsFirst(subject), released(subject), moving(subject), untouched(subject), coarse(subject)],
  }))
}

function already({ set }: SetSubject): string | null {
  if (!set.suspend) return null
  if (set.phase === 'Suspended') return `Set ${set.name} is suspended already.`
  return `Set ${set.name} is being suspended already.`
}

const namesOf = (vms: readonly Vm[]) => vms.map((vm) => vm.name)

/** Contract 6.3: the set would fail, or stay Suspending for ever. */
function unsavable({ set, vms }: SetSubject): string | null {
  if (set.os === 'macos') return `Set ${set.name} runs macOS, and macOS guests cannot be hibernated.`
  const names = namesOf(vms.filter((vm) => hibernateSupport(vm) === 'macos'))
  if (names.length === 0) return null
  return `${listed(names)} of set ${set.name} ${agree(names.length, 'runs', 'run')} macOS, and macOS guests cannot be hibernated: take ${agree(names.length, 'it', 'them')} out of the set first.`
}

/** Contract 5, 10: such a request takes back what the suspension asks for, again and again. */
function keptAwake({ set, vms }: SetSubject): string | null {
  const names = vms.flatMap((vm) =>
    vm.hibernation?.desire === 'Wake' && vm.hibernation.deletedAt === null ? [vm.hibernation.name] : [],
  )
  if (names.length === 0) return null
  return `The CocoonHibernation ${listed(names)} with desire Wake would wake what the suspension of set ${set.name} puts to sleep: remove ${agree(names.length, 'it', 'them')} first.`
}

/** Contract 4.4: Suspending has no time limit. */
function stuck({ set, vms }: SetSubject): string | null {
  const names = namesOf(vms.filter((vm) => vm.managed && vm.phase === 'failed'))
  if (names.length === 0) return null
  return `${listed(names)} ${agree(names.length, 'has', 'have')} failed, and set ${set.name} may stay Suspending until ${agree(names.length, 'it is', 'they are')} restarted.`
}

function down(subject: SetSubject): string | null {
  const names = namesOf(vmsOnDownNodes(subject))
  if (names.length === 0) return null
  return `Set ${subject.set.name} stays Suspending until the ${agree(names.length, 'node', 'nodes')} of ${listed(names)} ${agree(names.length, 'is', 'are')} ready again.`
}

/** Contract 11.19. */
function bootsFirst(subject: SetSubject): string | null {
  const main = mainOf(subject)
  if (main !== null && main.phase !== 'scheduling' && main.phase !== 'creating') return null
  return `The main agent of set ${subject.set.name} is booted first, and then put to sleep.`
}

/** Contract 4.5. */
function released({ set }: SetSubject): string | null {
  if (set.hibernatePolicy !== 'release') return null
  return `Once its memory is in the registry, the pod of set ${set.name} is deleted and its room on the node is free.`
}

/** Contract 4.6. */
function moving({ set }: SetSubject): string | null {
  if (set.phase !== 'Migrating') return null
  return `The move of the main agent to node ${set.nodeName} waits until set ${set.name} is resumed.`
}

function untouched({ vms }: SetSubject): string | null {
  const names = namesOf(vms.filter((vm) => !vm.managed))
  if (names.length === 0) return null
  return `${listed(names)} ${agree(names.length, 'is a static VM and goes', 'are static VMs and go')} on running.`
}

function coarse({ set, vms, nodes }: SetSubject): string | null {
  const old = vms.some((vm) => isOldKubelet({ vm, node: nodes.find(({ name }) => name === vm.node) ?? null }))
  return old
    ? `Some kubelets of set ${set.name} report no lifecycle state, so progress shows only coarsely.`
    : null
}
