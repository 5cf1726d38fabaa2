import type { Vm, VmPhase, VmSet } from '../vm.ts'
import { finishesFirst, requestRefused } from './request-rules.ts'
import type { VmSubject } from './subjects.ts'
import { verdictOf, type Verdict } from './verdict.ts'
import { coarseProgress, nodeDown, setUnread } from './vm-rules.ts'
import { because } from './wording.ts'

/** Whether a CocoonHibernation with desire Hibernate would put the VM to sleep (contract 5, 6.3). */
export function hibernate(subject: VmSubject): Verdict {
  const { vm, set, node } = subject
  const reason =
    requestRefused(subject) ??
    suspended(set) ??
    asked(vm) ??
    BY_PHASE[vm.phase](vm) ??
    nodeDown(vm, node, 'hibernate')
  return verdictOf(reason, () => ({
    notes: [
      finishesFirst(vm, 'Hibernate'),
      inItsState(vm),
      whileAsleep(subject),
      coarseProgress(subject),
      setUnread(subject),
    ],
  }))
}

/** Contract 4.4, 10: a suspended set puts every pod to sleep, whatever requests say. */
function suspended(set: VmSet | null): string | null {
  return set?.suspend
    ? `Set ${set.name} is suspended, which hibernates all its VMs: nothing is left to ask for.`
    : null
}

/** Contract 5: writing the same desire once more changes nothing, so the operator would not look again. */
function asked({ name, phase, hibernation }: Vm): string | null {
  if (hibernation?.desire !== 'Hibernate') return null
  if (phase === 'hibernated') return `${name} is hibernated already.`
  if (hibernation.phase === 'Waking') return `${name} is waking, and is already to hibernate right after.`
  if (hibernation.phase === 'Failed') {
    return `${name} was asked to hibernate and that failed${because(hibernation.message)}: its node may still do it, or wake it to withdraw the request and ask again.`
  }
  if (phase === 'hibernating') return `${name} is hibernating already.`
  return `${name} is asked to hibernate already, by its CocoonHibernation${because(hibernation.phase)}.`
}

const BY_PHASE: Record<VmPhase, (vm: Vm) => string | null> = {
  scheduling: ({ name }) =>
    `${name} has no node yet, so there is nothing to hibernate: wait until it is ready.`,
  creating: ({ name }) => `${name} is still being created: hibernate it when it is ready.`,
  waking: () => null,
  ready: () => null,
  unreachable: () => null,
  // Without the flag it will wake at once: a request keeps it asleep.
  hibernating: (vm) => (vm.hibernateRequested ? `${vm.name} is hibernating already.` : null),
  hibernated: ({ name }) => `${name} is hibernated already.`,
  // Contract 4.6: the move hibernates and wakes it by itself.
  migrating: ({ name }) => `${name} is moving to another node: hibernate it when it has arrived.`,
  deleting: ({ name }) => `${name} is being deleted: wait until it is gone.`,
  // Contract 6.2: a hibernation that failed leaves the VM running, a creation that failed leaves none.
  failed: ({ name, vmID, message }) =>
    vmID === '' ? `${name} has failed${because(message)} and has no VM to save: restart it.` : null,
  unknown: ({ name, message }) =>
    `What ${name} is doing is not known${because(message)}: wait until its node says, or look at its pod.`,
}

function inItsState({ name, phase, message }: Vm): string | null {
  if (phase === 'unreachable')
    return `${name} does not answer its probe${because(message)}; it is saved as it is.`
  if (phase === 'failed') return `${name} has failed${because(message)}; it is saved as it is.`
  return phase === 'hibernating'
    ? `${name} is hibernating and was to wake right after: now it stays asleep.`
    : null
}

/** Contract 4.2 step 7, 4.3, 11.4: how the set looks meanwhile. */
function whileAsleep({ vm, set }: VmSubject): string | null {
  if (set === null || vm.role === null) return null
  if (vm.role !== 'main') return `Set ${set.name} shows Scaling while ${vm.name} sleeps.`
  return `Set ${set.name} shows Pending while its main agent sleeps, and its other VMs are not looked after.`
}
