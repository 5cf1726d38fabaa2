import { compareNatural } from './arrange-natural.ts'
import type { VmOrder } from './arrange-order.ts'
import { absentLast } from './arrange-order.ts'
import type { GroupItem, Sort } from './arrange-types.ts'
import { URGENCY } from './summary.ts'
import type { Vm } from './vm.ts'

/** A group, with its shown VMs in their order. */
export interface OrderedGroup {
  head: GroupItem
  vms: readonly Vm[]
}

/** VMs without a set, and those without a node, stand below the groups that have a name. */
const unnamed = (head: GroupItem) => head.key === '' || head.key.endsWith('/')

function byLabel(a: GroupItem, b: GroupItem, sign: number): number {
  return (
    Number(unnamed(a)) - Number(unnamed(b)) ||
    sign * (compareNatural(a.label, b.label) || compareNatural(a.key, b.key))
  )
}

/** A group is as urgent as its most urgent VM or as itself; downwards, as its least urgent. */
function urgency({ head, vms }: OrderedGroup, upwards: boolean): number {
  const ranks = vms.map((vm) => URGENCY[vm.phase])
  if (head.state !== null) ranks.push(URGENCY[head.state.look])
  return ranks.length === 0 ? URGENCY.ready : upwards ? Math.min(...ranks) : Math.max(...ranks)
}

function byBirth(a: GroupItem, b: GroupItem, sign: number): number {
  const one = Date.parse(a.createdAt ?? '')
  const other = Date.parse(b.createdAt ?? '')
  return absentLast(one, other) ?? sign * (other - one)
}

/** By the VM that stands first in each; groups that show none stand last. */
function byFirst(a: OrderedGroup, b: OrderedGroup, order: VmOrder): number {
  const [one] = a.vms
  const [other] = b.vms
  if (one === undefined || other === undefined) return Number(one === undefined) - Number(other === undefined)
  return order(one, other)
}

/**
 * Puts groups in the order of a column: by their own name or age, by their most urgent phase, else by the VM
 * that stands first in each. Groups of phases keep the order of urgency, which is what they are for.
 */
export function orderGroups(groups: OrderedGroup[], sort: Sort, order: VmOrder): OrderedGroup[] {
  const upwards = sort.direction === 'asc'
  const sign = upwards ? 1 : -1
  const label = (a: OrderedGroup, b: OrderedGroup) =>
    byLabel(a.head, b.head, sort.column === 'name' ? sign : 1)
  if (groups[0]?.head.groupBy === 'phase' || sort.column === 'phase') {
    const ranks = new Map(groups.map((group) => [group, urgency(group, upwards)]))
    const turn = sort.column === 'phase' ? sign : 1
    return groups.sort((a, b) => turn * ((ranks.get(a) ?? 0) - (ranks.get(b) ?? 0)) || label(a, b))
  }
  if (sort.column === 'name') return groups.sort(label)
  if (sort.column === 'age') return groups.sort((a, b) => byBirth(a.head, b.head, sign) || label(a, b))
  return groups.sort((a, b) => byFirst(a, b, order) || label(a, b))
}
