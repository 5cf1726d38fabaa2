import type { CocoonSet } from '../../cocoon/crd.ts'
import { schemaErrors } from '../../cocoon/schema-errors.ts'
import { COCOON_SET_SCHEMA } from '../../cocoon/schema-set.ts'
import { can } from '../can/can.ts'
import { mainOf } from '../can/set-rules.ts'
import type { SetSubject } from '../can/subjects.ts'
import type { Verdict } from '../can/verdict.ts'
import { editOutcome } from './edit-outcome.ts'
import { editVerdict } from './edit-verdict.ts'

const against = (verdict: Verdict): readonly string[] => (verdict.ok ? verdict.warnings : [verdict.reason])

const isSuspended = ({ spec }: CocoonSet): boolean => spec?.suspend === true

/** The set of the subject with what an edit makes of it, as far as the rules of moving look at it. */
function edited({ set, ...around }: SetSubject, { spec }: CocoonSet): SetSubject {
  const { suspend = false, nodePool = '', snapshotCompatibilityClass: snapshotClass = '' } = spec ?? {}
  return { ...around, set: { ...set, suspend, nodePool, snapshotClass } }
}

/** A main agent that failed stands in the way of suspending, unless this edit has it made anew (contract 4.2 step 3). */
function revives(before: CocoonSet, after: CocoonSet, subject: SetSubject): boolean {
  const main = mainOf(subject)
  return main?.phase === 'failed' && editOutcome(before, after, [main]).recreated.length > 0
}

/**
 * What stands against what an edit asks for beside the drift: suspending, resuming and moving have buttons of their
 * own, and their rules hold in a document, too. They warn only, because the rest of the document may be right.
 */
function beside(before: CocoonSet, after: CocoonSet, subject: SetSubject): readonly string[] {
  const [slept, sleeps] = [isSuspended(before), isSuspended(after)]
  const node = after.spec?.nodeName ?? ''
  // Of nodes that cannot be read nobody knows which there are.
  const known = subject.nodes.length > 0
  const moves =
    known && node !== '' && node !== (before.spec?.nodeName ?? '') && node !== mainOf(subject)?.node
  const puts = sleeps && !slept && !subject.set.suspend
  return [
    ...(puts && !revives(before, after, subject) ? against(can.suspend(subject)) : []),
    ...(slept && !sleeps && subject.set.suspend ? against(can.resume(subject)) : []),
    ...(moves ? against(can.migrate(edited(subject, after), { node })) : []),
  ]
}

/**
 * Whether a set may be edited, what that does to its VMs (contract 4.2 to 4.7), and what stands in the way of it.
 * Of a document that does not hold to the schema nothing is said: the cluster refuses it anyhow.
 */
export function judgeEdit(before: CocoonSet, after: CocoonSet, subject: SetSubject): Verdict {
  const allowed = can['edit-set'](subject)
  if (!allowed.ok) return allowed
  const verdict = editVerdict(before, after, subject.vms)
  if (!verdict.ok || schemaErrors(COCOON_SET_SCHEMA, after).length > 0) return verdict
  const warnings = [...verdict.warnings, ...beside(before, after, subject)]
  return { ...verdict, warnings }
}
