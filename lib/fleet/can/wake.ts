import { keepsAsleep } from '../../cocoon/hibernation-request.ts'
import type { Vm, VmPhase, VmSet } from '../vm.ts'
import { finishesFirst, requestRefused } from './request-rules.ts'
import type { VmSubject } from './subjects.ts'
import { verdictOf, type Verdict } from './verdict.ts'
import { coarseProgress, nodeDown, setUnread } from './vm-rules.ts'
import { because } from './wording.ts'

/** Whether a CocoonHibernation with desire Wake would wake the VM, or call its hibernation off (contract 5, 6.3). */
export function wake(subject: VmSubject): Verdict {
  const { vm, set, node } = subject
  const reason =
    requestRefused(subject) ??
    suspended(vm, set) ??
    asked(vm) ??
    (vm.phase === 'migrating' || !isAsleepOrAsked(vm) ? BY_PHASE[vm.phase](vm) : null) ??
    nodeDown(vm, node, 'wake')
  return verdictOf(reason, () => ({
    notes: [finishesFirst(vm, 'Wake'), whatChanges(vm), coarseProgress(subject), setUnread(subject)],
  }))
}

/** Contract 10: the set controller undoes the wake at once, and the two go on against each other. */
function suspended(vm: Vm, set: VmSet | null): string | null {
  if (!set?.suspend) return null
  return `Set ${set.name} is suspended and would put ${vm.name} back to sleep at once: resume the set instead.`
}

/** Contract 5: writing the same desire once more changes nothing, so the operator would not look again. */
function asked({ name, phase, hibernation }: Vm): string | null {
  if (hibernation?.desire !== 'Wake') return null
  if (phase === 'ready' || phase === 'unreachable') return `${name} is awake already.`
  if (hibernation.phase === 'Hibernating')
    return `${name} is hibernating, and is already to wake right after.`
  if (hibernation.phase === 'Failed') {
    return `${name} was asked to wake and that failed${because(hibernation.message)}: its node may still do it, or restart it if its memory may be lost.`
  }
  if (hibernation.phase === 'Waking') return `${name} is waking already.`
  return `${name} is asked to wake already, by its CocoonHibernation${because(hibernation.phase)}.`
}

const isAsleepOrAsked = ({ phase, hibernateRequested, hibernation }: Vm) =>
  phase === 'hibernating' ||
  phase === 'hibernated' ||
  hibernateRequested ||
  (hibernation !== null && keepsAsleep(hibernation))

const awake = ({ name }: Vm) => `${name} is awake already.`
const coming = ({ name }: Vm) => `${name} is still being created, and comes up awake.`

const BY_PHASE: Record<VmPhase, (vm: Vm) => string | null> = {
  scheduling: coming,
  creating: coming,
  waking: ({ name }) => `${name} is waking already.`,
  ready: awake,
  unreachable: awake,
  hibernating: () => null,
  hibernated: () => null,
  // Contract 4.6: the move wakes it by itself.
  migrating: ({ name }) => `${name} is moving to another node and wakes there by itself.`,
  deleting: ({ name }) => `${name} is being deleted: wait until it is gone.`,
  failed: ({ name, message }) => `${name} has failed${because(message)} and is not asleep: restart it.`,
  unknown: ({ name, message }) =>
    `What ${name} is doing is not known${because(message)}: wait until its node says, or look at its pod.`,
}

/** Contract 5, 6.3. */
function whatChanges({ name, phase, vmID, hibernation }: Vm): string | null {
  if (phase === 'hibernated' || phase === 'hibernating' || phase === 'waking' || vmID === '') {
    return `${name} goes on where it was, with a new VM id and usually another address; its saved memory is removed once it runs.`
  }
  return hibernation === null ? null : `${name} still runs: this withdraws the request to hibernate.`
}
