import { nameFlaw, namespaceFlaw, poolFlaw } from '../../../lib/fleet/writes/name-flaw.ts'
import type { Wish, WishField } from '../act.ts'
import type { Rows } from '../subject-of.ts'

/** What is wrong with what was typed, by the field that it was typed into. */
export type Flaws = Readonly<Record<string, string>>

const said = (flaws: Record<string, string | null>): Flaws =>
  Object.fromEntries(Object.entries(flaws).filter((entry): entry is [string, string] => entry[1] !== null))

function taken(rows: Iterable<{ namespace: string; name: string }>, namespace: string, name: string) {
  for (const row of rows) if (row.name === name && row.namespace === namespace) return true
  return false
}

/** As our API takes it. */
const MOST_FORKS = 256

function setFlaws({ intoSet }: Wish, { sets }: Rows): Flaws {
  const { name, namespace, replicas, nodePool } = intoSet
  const there = taken(sets.values(), namespace, name)
  const whole = Number.isInteger(replicas) && replicas >= 0 && replicas <= MOST_FORKS
  return said({
    name: nameFlaw(name) ?? (there ? `There is a set ${name} in ${namespace} already.` : null),
    namespace: namespaceFlaw(namespace),
    replicas: whole ? null : `A whole number from 0 to ${MOST_FORKS}.`,
    nodePool: poolFlaw(nodePool),
  })
}

function podFlaws({ pod }: Wish, namespace: string, { vms }: Rows): Flaws {
  const there = taken(vms.values(), namespace, pod)
  return said({ name: nameFlaw(pod) ?? (there ? `There is a VM ${pod} in ${namespace} already.` : null) })
}

const NONE: Flaws = {}

/** What is wrong with a wish before anybody is asked; `namespace` is that of the object acted on. */
export function wishFlaws(field: WishField, wish: Wish, namespace: string, rows: Rows): Flaws {
  if (field === 'intoSet') return setFlaws(wish, rows)
  return field === 'pod' ? podFlaws(wish, namespace, rows) : NONE
}
