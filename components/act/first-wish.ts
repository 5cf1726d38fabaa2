import { can } from '../../lib/fleet/can/can.ts'
import type { SetSubject } from '../../lib/fleet/can/subjects.ts'
import type { Wish } from './act.ts'

/** Of two wishes of which one may be allowed, that one; else the first. */
function better(one: number, other: number, allowed: (value: number) => boolean): number {
  return !allowed(one) && allowed(other) ? other : one
}

/** What the dialog of a set's action begins with: one more, and a node that can take the main agent if there is one. */
export function firstWish(subject: SetSubject): Wish {
  const { set, nodes } = subject
  const main = subject.vms.find(({ role }) => role === 'main')
  const others = nodes.filter(({ name }) => name !== main?.node)
  const fit = others.find(({ name }) => can.migrate(subject, { node: name }).ok) ?? others[0]
  return {
    count: 1,
    replicas: better(
      set.replicas + 1,
      Math.max(0, set.replicas - 1),
      (replicas) => can.scale(subject, { replicas }).ok,
    ),
    node: fit?.name ?? '',
  }
}
