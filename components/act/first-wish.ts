import { can } from '../../lib/fleet/can/can.ts'
import type { SetSubject } from '../../lib/fleet/can/subjects.ts'
import type { Wish } from './act.ts'

/** What the dialog of a set's action begins with: one more, and a node that can take the main agent if there is one. */
export function firstWish(subject: SetSubject): Wish {
  const { set, vms, nodes } = subject
  const main = vms.find(({ role }) => role === 'main')
  const others = nodes.filter(({ name }) => name !== main?.node)
  const fit = others.find(({ name }) => can.migrate(subject, { node: name }).ok) ?? others[0]
  return { count: 1, replicas: set.replicas + 1, node: fit?.name ?? '' }
}

/**
 * The wish by which a menu judges whether there is anything to choose: where no more sub-agents may be, one less.
 * No dialog begins with it, because that one deletes a VM.
 */
export function easiestWish(subject: SetSubject): Wish {
  const wish = firstWish(subject)
  const fewer = subject.set.replicas - 1
  const onlyFewer = !can.scale(subject, wish).ok && fewer >= 0 && can.scale(subject, { replicas: fewer }).ok
  return onlyFewer ? { ...wish, replicas: fewer } : wish
}
