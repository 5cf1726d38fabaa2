import type { Vm, VmPhase, VmSet } from '../vm.ts'
import type { OperationKind } from './operation.ts'

const OF_VM: Partial<Record<VmPhase, OperationKind>> = {
  hibernating: 'hibernate',
  waking: 'wake',
  migrating: 'migrate',
  deleting: 'delete',
}

/** The words are the operator's: a Map, because one may be `constructor`. */
const OF_SET: ReadonlyMap<string, OperationKind> = new Map([
  ['Suspending', 'suspend'],
  ['Waking', 'resume'],
  ['Migrating', 'migrate'],
])

/** The kind of operation whose usual time belongs to a VM's phase; null for phases that are no wait. */
export function kindOfPhase({ phase, forkedFrom }: Pick<Vm, 'phase' | 'forkedFrom'>): OperationKind | null {
  if (phase === 'creating') return forkedFrom === '' ? 'create' : 'fork'
  return OF_VM[phase] ?? null
}

/** The same of a set. */
export function kindOfSetPhase({ phase, deletedAt }: VmSet): OperationKind | null {
  return deletedAt === null ? (OF_SET.get(phase) ?? null) : 'delete'
}
