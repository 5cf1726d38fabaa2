import { compareTexts, naturalKey } from './arrange-natural.ts'
import type { Ranked, RankedOrder } from './arrange-order.ts'
import { absentLast } from './arrange-order.ts'
import type { GroupBy, GroupItem, Sort } from './arrange-types.ts'
import { URGENCY } from './summary.ts'
import type { Vm } from './vm.ts'

/** A group, with its shown VMs in their order. */
export interface OrderedGroup {
  head: GroupItem
  vms: readonly Vm[]
  /** What the first of `vms` is sorted by; undefined when there is none. */
  first: Ranked | undefined
}

/** What a group is sorted by, worked out once instead of at every comparison. */
interface RankedGroup {
  group: OrderedGroup
  /** VMs without a set, and those without a node, stand below the groups that have a name. */
  unnamed: number
  label: string
  urgency: number
  birth: number
}

function byLabel(a: RankedGroup, b: RankedGroup, sign: number): number {
  return (
    a.unnamed - b.unnamed ||
    sign * (compareTexts(a.label, b.label) || compareTexts(a.group.head.key, b.group.head.key))
  )
}

/** A group is as urgent as its most urgent VM or as itself; downwards, as its least urgent. */
function urgency({ head, vms }: OrderedGroup, upwards: boolean): number {
  const worse = upwards ? Math.min : Math.max
  let rank = head.state === null ? undefined : URGENCY[head.state.look]
  for (const vm of vms) rank = worse(rank ?? URGENCY[vm.phase], URGENCY[vm.phase])
  return rank ?? URGENCY.ready
}

/** By the VM that stands first in each; groups that show none stand last. */
function byFirst(one: Ranked | undefined, other: Ranked | undefined, order: RankedOrder): number {
  if (one === undefined || other === undefined) return Number(one === undefined) - Number(other === undefined)
  return order(one, other)
}

function ranked(group: OrderedGroup, upwards: boolean): RankedGroup {
  const { key, label, createdAt } = group.head
  return {
    group,
    unnamed: Number(key === '' || key.endsWith('/')),
    label: naturalKey(label),
    urgency: urgency(group, upwards),
    birth: Date.parse(createdAt ?? ''),
  }
}

type GroupOrder = (a: RankedGroup, b: RankedGroup) => number

function groupOrder(sort: Sort, groupBy: GroupBy, order: RankedOrder): GroupOrder {
  const sign = sort.direction === 'asc' ? 1 : -1
  const upwards: GroupOrder = (a, b) => byLabel(a, b, 1)
  if (sort.column === 'phase') return (a, b) => sign * (a.urgency - b.urgency) || upwards(a, b)
  if (groupBy === 'phase') return (a, b) => a.urgency - b.urgency || upwards(a, b)
  if (sort.column === 'name') return (a, b) => byLabel(a, b, sign)
  if (sort.column !== 'age') return (a, b) => byFirst(a.group.first, b.group.first, order) || upwards(a, b)
  return (a, b) => absentLast(a.birth, b.birth) || sign * (b.birth - a.birth) || upwards(a, b)
}

/**
 * Puts groups in the order of a column: by their own name or age, by their most urgent phase, else by the VM
 * that stands first in each. Groups of phases keep the order of urgency, which is what they are for.
 */
export function orderGroups(groups: readonly OrderedGroup[], sort: Sort, order: RankedOrder): OrderedGroup[] {
  const [first] = groups
  if (first === undefined) return []
  const compare = groupOrder(sort, first.head.groupBy, order)
  return groups
    .map((group) => ranked(group, sort.direction === 'asc'))
    .sort(compare)
    .map(({ group }) => group)
}
