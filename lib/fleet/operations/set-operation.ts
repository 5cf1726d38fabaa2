import type { Vm, VmPhase, VmSet } from '../vm.ts'
import type { OperationKind } from './operation.ts'
import { done, dropped, failed } from './vm-operation.ts'
import type { Beginning, Ending } from './vm-operation.ts'

const isCurrent = ({ generation, observedGeneration }: VmSet) => observedGeneration >= generation

const ON_THE_WAY: ReadonlySet<VmPhase> = new Set<VmPhase>([
  'scheduling',
  'creating',
  'waking',
  'hibernating',
  'migrating',
  'deleting',
])

/** Asleep by the set's suspension, not by a request of its own. */
const sleepsOn = ({ phase, hibernation }: Vm) => phase === 'hibernated' && hibernation?.desire !== 'Hibernate'

const ASLEEP: ReadonlySet<string> = new Set(['Suspending', 'Suspended', 'Waking'])

function resumeEnding(set: VmSet, vms: readonly Vm[]): Ending | null {
  if (set.suspend) return dropped('It was suspended again.')
  if (set.phase === 'Failed') return failed(set.message)
  if (ASLEEP.has(set.phase) || !isCurrent(set) || !vms.some(({ role }) => role === 'main')) return null
  if (vms.some((vm) => ON_THE_WAY.has(vm.phase) || sleepsOn(vm))) return null
  const broken = vms.find(({ phase }) => phase === 'failed')
  return broken === undefined ? done(true) : failed(`${broken.name}: ${broken.message || 'failed'}`)
}

function migrateEnding(set: VmSet, vms: readonly Vm[]): Ending | null {
  if (set.suspend) return dropped('The set was suspended before.')
  if (set.nodeName === '') return dropped('The pin to the node was lifted before.')
  if (set.phase === 'Failed') return failed(set.message)
  const main = vms.find(({ role }) => role === 'main')
  return set.phase !== 'Migrating' && isCurrent(set) && main?.phase === 'ready' ? done(true) : null
}

const ENDINGS: Partial<Record<OperationKind, (set: VmSet, vms: readonly Vm[]) => Ending | null>> = {
  suspend(set) {
    if (!set.suspend) return dropped('It was resumed instead.')
    return set.phase === 'Suspended' && isCurrent(set) ? done(true) : null
  },
  resume: resumeEnding,
  migrate: migrateEnding,
}

/** Whether an operation on a set has ended, by its row (undefined: it is gone) and its VMs; null while it runs. */
export function setEnding(kind: OperationKind, set: VmSet | undefined, vms: readonly Vm[]): Ending | null {
  if (kind === 'delete') return set === undefined ? done(true) : null
  if (set === undefined || set.deletedAt !== null) return dropped('The set was deleted before.')
  return ENDINGS[kind]?.(set, vms) ?? null
}

function sentElsewhere(before: VmSet | undefined, { nodeName }: VmSet, vms: readonly Vm[]): boolean {
  if (before === undefined || before.nodeName === nodeName || nodeName === '') return false
  const main = vms.find(({ role }) => role === 'main')
  return main !== undefined && main.node !== '' && main.node !== nodeName
}

/** What begins on a set; null for nothing. `before` is its row until now. */
export function setBeginning(before: VmSet | undefined, set: VmSet, vms: readonly Vm[]): Beginning | null {
  if (set.deletedAt !== null) {
    return { kind: 'delete', began: set.deletedAt, observed: before?.deletedAt === null }
  }
  // Of a set that was not seen before only the time of its present phase is known, if that.
  const began = before === undefined ? set.phaseSince : null
  if (set.suspend) {
    if (set.phase === 'Suspended' && isCurrent(set)) return null
    return { kind: 'suspend', began, observed: before?.suspend === false }
  }
  if (before?.suspend === true || ASLEEP.has(set.phase)) {
    return { kind: 'resume', began, observed: before?.suspend === true }
  }
  if (sentElsewhere(before, set, vms)) return { kind: 'migrate', began: null, observed: true }
  return set.phase === 'Migrating'
    ? { kind: 'migrate', began, observed: before !== undefined && before.phase !== 'Migrating' }
    : null
}
