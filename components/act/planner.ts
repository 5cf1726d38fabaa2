import type { Verdict } from '../../lib/fleet/can/verdict.ts'
import type { PlannedWrite } from '../../lib/fleet/writes/planned-write.ts'
import type { Vm } from '../../lib/fleet/vm.ts'
import type { Wish, WishField } from './act.ts'
import type { Arrival } from './landing.ts'

/** Which object of our API a deletion is of, when it is not the one that was looked at. */
interface Target {
  collection: 'vms' | 'sets' | 'hibernations'
  name: string
  uid: string
}

/** What one action on a subject is called, does, and writes. */
export interface Planner<Subject> {
  field: WishField
  /** Unless given, the action is the last part of the path that is posted to. */
  route?: { method: 'POST'; action: string } | { method: 'DELETE'; target?(subject: Subject): Target | null }
  judge(subject: Subject, wish: Wish): Verdict
  /** Null where there is nothing to write to (the verdict then says why), or where only the server knows it all. */
  write(subject: Subject, wish: Wish): PlannedWrite | null
  /** VMs that come to a node by it, when any do. */
  lands?(subject: Subject, wish: Wish): Arrival | null
  /** VMs that go by it for good. */
  goes?(subject: Subject, wish: Wish): readonly Vm[]
  /** The question, with the name of the object. */
  title(subject: Subject, wish: Wish): string
  /** One sentence: what happens after the click. */
  happens(subject: Subject, wish: Wish): string
  /** The word on the button that does it. */
  confirm: string | ((wish: Wish) => string)
  /** When the name is to be typed first: the click may undo what nobody can bring back. */
  typed?: 'always' | 'when lost'
  /** What the wish replaces: the server asks anew when somebody else has changed it since. */
  seen?(subject: Subject): number | string
  /** What a screen reader hears once it was asked for. */
  asked(subject: Subject, wish: Wish): string
}
