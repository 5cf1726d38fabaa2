import { can } from '../../lib/fleet/can/can.ts'
import type { SetSubject } from '../../lib/fleet/can/subjects.ts'
import type { Vm } from '../../lib/fleet/vm.ts'
import type { Act, Wish } from './act.ts'
import { setSubject } from './subject-of.ts'
import type { Rows } from './subject-of.ts'

/** One more, and nothing chosen yet. */
export const NO_WISH: Wish = {
  count: 1,
  replicas: 0,
  node: '',
  intoSet: { namespace: '', name: '', replicas: 0, nodePool: '' },
  pod: '',
}

/** `base`, or with the first number behind it that nobody in the namespace has. */
function freeName(base: string, taken: Iterable<{ namespace: string; name: string }>, namespace: string) {
  const names = new Set<string>()
  for (const row of taken) if (row.namespace === namespace) names.add(row.name)
  for (let at = 1; ; at += 1) {
    const name = at === 1 ? base : `${base}-${at}`
    if (!names.has(name)) return name
  }
}

/** What a new object that is made from a VM is called at first, and where it goes. */
function wishOfVm({ vms, sets }: Rows, vm: Vm): Wish {
  const { namespace, pool: nodePool } = vm
  return {
    ...NO_WISH,
    intoSet: {
      namespace,
      name: freeName(`${vm.set ?? vm.name}-copy`, sets.values(), namespace),
      replicas: 0,
      nodePool,
    },
    pod: freeName(`${vm.name}-fork`, vms.values(), namespace),
  }
}

/** Of a set: one more, and a node that can take the main agent if there is one. */
function wishOfSet(subject: SetSubject): Wish {
  const { set, vms, nodes } = subject
  const main = vms.find(({ role }) => role === 'main')
  const others = nodes.filter(({ name }) => name !== main?.node)
  const fit = others.find(({ name }) => can.migrate(subject, { node: name }).ok) ?? others[0]
  return { ...NO_WISH, replicas: set.replicas + 1, node: fit?.name ?? '' }
}

/** What the dialog of an action begins with. */
export function firstWish(rows: Rows, { kind, uid }: Pick<Act, 'kind' | 'uid'>): Wish {
  if (kind === 'vm') {
    const vm = rows.vms.get(uid)
    return vm === undefined ? NO_WISH : wishOfVm(rows, vm)
  }
  const set = rows.sets.get(uid)
  return set === undefined ? NO_WISH : wishOfSet(setSubject(rows, set))
}

/**
 * The wish by which a menu judges whether there is anything to choose: where no more sub-agents may be, one less.
 * No dialog begins with it, because that one deletes a VM.
 */
export function easiestWish(subject: SetSubject): Wish {
  const wish = wishOfSet(subject)
  const fewer = subject.set.replicas - 1
  const onlyFewer = !can.scale(subject, wish).ok && fewer >= 0 && can.scale(subject, { replicas: fewer }).ok
  return onlyFewer ? { ...wish, replicas: fewer } : wish
}
