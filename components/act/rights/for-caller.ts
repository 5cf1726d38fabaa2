import { withRights } from '../../../lib/fleet/can/needs.ts'
import type { Rights } from '../../../lib/fleet/can/rights.ts'
import type { HibernationSubject, SetSubject, VmSubject } from '../../../lib/fleet/can/subjects.ts'
import type { Verdict } from '../../../lib/fleet/can/verdict.ts'
import type { SetAction, VmAction } from '../act.ts'

/** What is asked of a VM in its page besides the actions: to look into it. */
export type VmLook = 'console' | 'terminal' | 'logs'

const requestOf = ({ vm, set }: VmSubject): HibernationSubject | null =>
  vm.hibernation && { hibernation: vm.hibernation, vm, set }

/**
 * The verdict on what is asked of a VM, for whoever has these rights.
 * @param into the rights where something is made of it, when that is in another namespace
 */
export function vmVerdict(
  action: VmAction | VmLook,
  subject: VmSubject,
  rights: Rights | undefined,
  verdict: Verdict,
  into?: Rights,
): Verdict {
  if (action !== 'remove-hibernation') return withRights(action, subject, rights, verdict, into)
  const request = requestOf(subject)
  return request === null ? verdict : withRights(action, request, rights, verdict)
}

/** The same of a set. */
export const setVerdict = (
  action: SetAction | 'edit-set',
  subject: SetSubject,
  rights: Rights | undefined,
  verdict: Verdict,
): Verdict => withRights(action, subject, rights, verdict)
