import type { RightsIn } from '../can/rights.ts'
import type { Vm, VmSet } from '../vm.ts'
import { CANDIDATES } from './candidates.ts'
import type { BulkRun, OutcomeState } from './run.ts'
import type { BulkRows, Surroundings } from './surroundings.ts'

/** What would be asked for anew. Of what is unknown nothing new is asked: it is looked for under its key. */
const ANEW: ReadonlySet<OutcomeState> = new Set<OutcomeState>(['refused', 'stopped'])

/** Which rows of a run, by uid, it is no use to try again for want of a right, and why. What has gone is not among them. */
export function retryLacks(
  { action, given, outcomes }: Pick<BulkRun, 'action' | 'given' | 'outcomes'>,
  rows: BulkRows,
  surroundings: Surroundings,
  rights: RightsIn,
): ReadonlyMap<string, string> {
  const vms: Vm[] = []
  const sets: VmSet[] = []
  for (const { state, row } of outcomes) {
    if (!ANEW.has(state)) continue
    const vm = rows.vms.get(row.uid)
    const set = rows.sets.get(row.uid)
    if (vm !== undefined) vms.push(vm)
    if (set !== undefined) sets.push(set)
  }
  const candidates = CANDIDATES[action]({ present: { vms, sets, gone: 0 }, surroundings, given, rights })
  return new Map(candidates.flatMap(({ row, lack }) => (lack === null ? [] : [[row.uid, lack] as const])))
}
