import type { ConsoleKind } from '../fleet/console/answer.ts'
import type { CloseReason } from '../fleet/console/close-codes.ts'
import type { TrailAction, TrailResult, TrailTarget } from '../fleet/trail/record.ts'
import { outcomeOf } from '../kube/trail/note-deed.ts'
import type { Doer, Trail } from '../kube/trail/trail.ts'
import type { Admission } from './tickets.ts'

const ACTIONS: Record<ConsoleKind, { open: TrailAction; close: TrailAction }> = {
  vnc: { open: 'open-console', close: 'close-console' },
  exec: { open: 'open-terminal', close: 'close-terminal' },
}

type Place = Pick<Admission, 'namespace' | 'name' | 'uid'>

const targetOf = ({ namespace, name, uid }: Place): TrailTarget => ({
  resource: 'pods',
  namespace,
  name,
  uid,
})

/** Somebody who asked for a console got no ticket. */
export function noteNoTicket(
  trail: Trail,
  doer: Doer,
  kind: ConsoleKind,
  place: Place,
  begun: number,
  error: unknown,
): void {
  trail.note(doer, { action: ACTIONS[kind].open, target: targetOf(place), begun, ...outcomeOf(error) })
}

/** Takes down that a console opened, and how it ended. */
export interface ConsoleNotes {
  /** The other end answered as it should. */
  opened(): void
  /** Told once, when it is over; null when the browser went. */
  ended(reason: CloseReason | null, traffic: { sent: number; received: number }): void
}

/** Reasons for which the cluster or a rule would not have it; whatever else keeps a console shut is a fault. */
const REFUSALS: Partial<Record<CloseReason, string>> = {
  'target-refused': 'console-target-refused',
  'rights-gone': 'forbidden',
  'vm-moved': 'recreated',
  'vm-gone': 'not-found',
  hibernating: 'not-possible',
  'shell-refused': 'forbidden',
}

/** What the trail is told of one console: that it was opened, or why not, and how it ended. */
export function consoleNotes(trail: Trail, doer: Doer, admission: Admission): ConsoleNotes {
  const action = ACTIONS[admission.kind]
  const target = targetOf(admission)
  let begun = Date.now()
  let open = false
  return {
    opened() {
      trail.note(doer, { action: action.open, target, begun, result: 'done' })
      open = true
      begun = Date.now()
    },
    ended(reason, traffic) {
      const code = reason ?? 'closed'
      if (open)
        return trail.note(doer, { action: action.close, target, begun, result: 'done', code, traffic })
      const refusal = reason === null ? undefined : REFUSALS[reason]
      const result: TrailResult = refusal === undefined ? 'failed' : 'refused'
      trail.note(doer, { action: action.open, target, begun, result, code: refusal ?? code })
    },
  }
}
