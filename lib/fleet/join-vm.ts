import { phaseOf } from './phase-of.ts'
import type { HibernationRow } from './project-hibernation.ts'
import { podFactsOf } from './project-pod.ts'
import type { PodRow } from './project-pod.ts'
import type { Vm, VmHibernation, VmSet } from './vm.ts'

const hibernationOf = (row: HibernationRow): VmHibernation => ({
  uid: row.uid,
  name: row.name,
  desire: row.desire,
  phase: row.phase,
  since: row.since,
  message: row.message,
  deletedAt: row.deletedAt,
})

/**
 * A VM's row from its pod, its set and its hibernation. `before` is the row shown until now (same uid): it
 * keeps the time at which this process saw the phase turn, for the phases whose time no object tells.
 * `now` is epoch milliseconds.
 */
export function joinVm(
  pod: PodRow,
  set: VmSet | null,
  hibernation: HibernationRow | null,
  before: Vm | null,
  now: number,
): Vm {
  const verdict = phaseOf(podFactsOf(pod), { set, hibernation, before: before?.phase ?? null })
  const observed = before === null ? null : new Date(now).toISOString()
  const unchanged = before !== null && before.phase === verdict.phase
  return {
    ...pod.columns,
    phase: verdict.phase,
    phaseSince: verdict.since ?? (unchanged ? before.phaseSince : observed),
    message: verdict.message,
    hibernation: hibernation === null ? null : hibernationOf(hibernation),
    problems: hibernation?.problems.length
      ? [...pod.columns.problems, ...hibernation.problems.map((problem) => `CocoonHibernation: ${problem}`)]
      : pod.columns.problems,
  }
}
