import type { RightsIn } from '../../lib/fleet/can/rights.ts'
import type { Verdict } from '../../lib/fleet/can/verdict.ts'
import { kubectlCommand } from '../../lib/fleet/writes/kubectl-command.ts'
import type { ActionAnswer } from '../../lib/fleet/writes/answer.ts'
import { writePath } from '../../lib/fleet/writes/planned-write.ts'
import type { PlannedWrite } from '../../lib/fleet/writes/planned-write.ts'
import type { Vm } from '../../lib/fleet/vm.ts'
import type { Act, Wish, WishField } from './act.ts'
import { wishFlaws } from './fork/wish-flaws.ts'
import type { Flaws } from './fork/wish-flaws.ts'
import { landingOf } from './landing.ts'
import type { Landing } from './landing.ts'
import type { Planner } from './planner.ts'
import { setVerdict, vmVerdict } from './rights/for-caller.ts'
import type { ActRequest } from './send-act.ts'
import { SET_PLANS } from './set-plans.ts'
import { setSubject, vmSubject } from './subject-of.ts'
import type { Rows } from './subject-of.ts'
import { VM_PLANS } from './vm-plans.ts'

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
  /**
   * Null while the action is not allowed, and where the rows of the fleet do not hold all that goes into it (a new
   * set, a pod of no set): then the answer to the dry run has it.
   */
  write: ShownWrite | null
  /** Where VMs come to by it; null when none do. */
  landing: Landing | null
  /** Which VMs go by it for good. */
  goes: readonly Vm[]
  /** What is wrong with what was typed, by field: nothing is asked of anybody while there is any. */
  flaws: Flaws
  /** What is to be typed first, because something is lost; '' when nothing is. */
  typed: string
  asked: string
  /** Our own API: the request that one click sends. */
  request: ActRequest
}

const shown = (write: PlannedWrite): ShownWrite => ({
  method: write.method,
  path: writePath(write),
  body: JSON.stringify(write.body, null, 2),
  kubectl: kubectlCommand(write),
})

/** What the server says that it writes. */
export const answeredWrite = ({ write }: ActionAnswer): ShownWrite => shown(write)

/** The part of the wish that an action has a field for, as our API calls it. */
const SENT: Record<NonNullable<WishField>, (wish: Wish) => Record<string, unknown>> = {
  count: ({ count }) => ({ count }),
  replicas: ({ replicas }) => ({ replicas }),
  node: ({ node }) => ({ node }),
  intoSet: ({ intoSet }) => ({ intoSet }),
  pod: ({ pod }) => ({ pod: { name: pod } }),
}

function requestOf<Subject>(planner: Planner<Subject>, subject: Subject, act: Act, wish: Wish): ActRequest {
  const { field, route } = planner
  const { kind, namespace, name, uid, action } = act
  const collection = kind === 'vm' ? 'vms' : 'sets'
  const pathTo = (...place: string[]) => `/api/${place.map(encodeURIComponent).join('/')}`
  if (route?.method === 'DELETE') {
    const target = route.target?.(subject) ?? { collection, name, uid }
    const query = new URLSearchParams({ uid: target.uid }).toString()
    return { method: 'DELETE', path: `${pathTo(target.collection, namespace, target.name)}?${query}` }
  }
  const seen = planner.seen?.(subject)
  return {
    path: pathTo(collection, namespace, name, route?.action ?? action),
    body: { uid, ...(field === null ? {} : SENT[field](wish)), ...(seen === undefined ? {} : { seen }) },
  }
}

function typedName<Subject>({ typed }: Planner<Subject>, verdict: Verdict, name: string): string {
  const loses = verdict.ok && verdict.warnings.length > 0
  return typed === 'always' || (typed === 'when lost' && loses) ? name : ''
}

function planned<Subject>(
  rows: Rows,
  planner: Planner<Subject>,
  subject: Subject,
  act: Act,
  wish: Wish,
  narrow: (verdict: Verdict) => Verdict,
): Plan {
  const { confirm } = planner
  const verdict = narrow(planner.judge(subject, wish))
  const write = verdict.ok ? planner.write(subject, wish) : null
  const arrival = (verdict.ok && planner.lands?.(subject, wish)) || null
  return {
    title: planner.title(subject, wish),
    happens: planner.happens(subject, wish),
    confirm: typeof confirm === 'string' ? confirm : confirm(wish),
    field: planner.field,
    verdict,
    write: write && shown(write),
    landing: arrival && landingOf(rows, arrival),
    goes: (verdict.ok && planner.goes?.(subject, wish)) || [],
    flaws: wishFlaws(planner.field, wish, act.namespace, rows),
    typed: typedName(planner, verdict, act.name),
    asked: planner.asked(subject, wish),
    request: requestOf(planner, subject, act, wish),
  }
}

const NOTHING_KNOWN: RightsIn = new Map()

/** Where an action needs rights: where its object is, and where something is made of it. */
export const placesOfAct = ({ action, namespace }: Pick<Act, 'action' | 'namespace'>, wish: Wish): string[] =>
  action === 'fork-into-set' ? [namespace, wish.intoSet.namespace] : [namespace]

/**
 * The plan of an action on the object of this uid, for whoever has these rights; null when the fleet no longer has it.
 */
export function planOf(rows: Rows, act: Act, wish: Wish, rights: RightsIn = NOTHING_KNOWN): Plan | null {
  const [held, into] = placesOfAct(act, wish).map(
    (namespace) => rights.get(namespace) ?? { namespace, may: {} },
  )
  if (act.kind === 'vm') {
    const vm = rows.vms.get(act.uid)
    if (vm === undefined) return null
    const subject = vmSubject(rows, vm)
    return planned(rows, VM_PLANS[act.action], subject, act, wish, (verdict) =>
      vmVerdict(act.action, subject, held, verdict, into),
    )
  }
  const set = rows.sets.get(act.uid)
  if (set === undefined) return null
  const subject = setSubject(rows, set)
  return planned(rows, SET_PLANS[act.action], subject, act, wish, (verdict) =>
    setVerdict(act.action, subject, held, verdict),
  )
}
