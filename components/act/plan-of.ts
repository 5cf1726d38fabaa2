import type { Verdict } from '../../lib/fleet/can/verdict.ts'
import { kubectlCommand } from '../../lib/fleet/writes/kubectl-command.ts'
import { writePath } from '../../lib/fleet/writes/planned-write.ts'
import type { Act, Wish, WishField } from './act.ts'
import { SET_PLANS } from './set-plans.ts'
import { setSubject, vmSubject } from './subject-of.ts'
import type { Rows } from './subject-of.ts'
import { VM_PLANS } from './vm-plans.ts'
import type { Planner } from './vm-plans.ts'

/** What is sent to the cluster, and the command that would do the same. */
export interface ShownWrite {
  method: string
  path: string
  body: string
  kubectl: string
}

/** All that the dialog of one action shows, as the fleet is now. */
export interface Plan {
  title: string
  happens: string
  confirm: string
  field: WishField
  verdict: Verdict
  /** Null while the action is not allowed. */
  write: ShownWrite | null
  /** What is to be typed first, because something is lost; '' when nothing is. */
  typed: string
  asked: string
  /** Our own API: the request that one click sends. */
  request: { path: string; body: Record<string, unknown> }
}

/** Of these the name is typed when something is lost: the click undoes memory that nobody can bring back. */
const TYPED: ReadonlySet<string> = new Set(['vm restart', 'set scale'])

function planned<Subject>(planner: Planner<Subject>, subject: Subject, act: Act, wish: Wish): Plan {
  const verdict = planner.judge(subject, wish)
  const write = verdict.ok ? planner.write(subject, wish) : null
  const { kind, action, namespace, name, uid } = act
  const { field } = planner
  const seen = planner.seen?.(subject)
  const loses = verdict.ok && verdict.warnings.length > 0
  const place = [kind === 'vm' ? 'vms' : 'sets', namespace, name, action].map(encodeURIComponent)
  return {
    title: planner.title(subject, wish),
    happens: planner.happens(subject, wish),
    confirm: planner.confirm,
    field,
    verdict,
    write: write && {
      method: write.method,
      path: writePath(write),
      body: JSON.stringify(write.body, null, 2),
      kubectl: kubectlCommand(write),
    },
    typed: loses && TYPED.has(`${kind} ${action}`) ? name : '',
    asked: planner.asked(subject, wish),
    request: {
      path: `/api/${place.join('/')}`,
      body: {
        uid,
        ...(field === null ? {} : { [field]: wish[field] }),
        ...(seen === undefined ? {} : { seen }),
      },
    },
  }
}

/** The plan of an action on the object of this uid; null when the fleet no longer has it. */
export function planOf(rows: Rows, act: Act, wish: Wish): Plan | null {
  if (act.kind === 'vm') {
    const vm = rows.vms.get(act.uid)
    return vm === undefined ? null : planned(VM_PLANS[act.action], vmSubject(rows, vm), act, wish)
  }
  const set = rows.sets.get(act.uid)
  return set === undefined ? null : planned(SET_PLANS[act.action], setSubject(rows, set), act, wish)
}
