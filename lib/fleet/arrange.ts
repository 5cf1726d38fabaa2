import { derived } from './arrange-derived.ts'
import { orderGroups } from './arrange-group-order.ts'
import type { OrderedGroup } from './arrange-group-order.ts'
import { groupItem, headSources, KEY_OF } from './arrange-groups.ts'
import type { Bucket, HeadSources } from './arrange-groups.ts'
import { inSlotOrder, lineageItems, vmItem } from './arrange-lineage.ts'
import { ranker, rankedOrder } from './arrange-order.ts'
import type { Ranked } from './arrange-order.ts'
import type {
  ArrangedItem,
  ArrangeInput,
  ArrangeOptions,
  Arrangement,
  GroupBy,
  Sort,
} from './arrange-types.ts'
import { setMatcher, vmMatcher } from './search-match.ts'
import type { Vm } from './vm.ts'

/** Puts VMs into an order; gives what the first is sorted by as well, for comparing groups. */
type Sorter = (vms: readonly Vm[]) => { vms: readonly Vm[]; first: Ranked | undefined }

function sorter(sort: Sort, lineage: boolean): Sorter {
  const rank = ranker(sort.column)
  const order = rankedOrder(sort)
  if (lineage) return (vms) => ({ vms: [...vms].sort(inSlotOrder), first: undefined })
  return (vms) => {
    const ranked = vms.map(rank).sort(order)
    return { vms: ranked.map(({ vm }) => vm), first: ranked[0] }
  }
}

function byKey(vms: Iterable<Vm>, groupBy: GroupBy): Map<string, Vm[]> {
  const keyOf = KEY_OF[groupBy]
  const members = new Map<string, Vm[]>()
  for (const vm of vms) {
    const key = keyOf(vm)
    const group = members.get(key)
    if (group === undefined) members.set(key, [vm])
    else group.push(vm)
  }
  return members
}

type Filter = (vms: readonly Vm[]) => readonly Vm[]

function filter(options: ArrangeOptions, sources: HeadSources): Filter {
  if (options.search.terms.length === 0) return (vms) => vms
  const matches = vmMatcher(options.search, options.now)
  return (vms) =>
    vms.filter((vm) => matches(vm, vm.set === null ? null : (sources.sets.get(derived(vm).setKey) ?? null)))
}

/** Sets and nodes that hold no VM are groups too: a set that could not start is what one came to see. */
function emptyKeys(members: Map<string, Vm[]>, options: ArrangeOptions, sources: HeadSources): string[] {
  if (options.groupBy === 'set') {
    const matches = setMatcher(options.search, options.now)
    return [...sources.sets].filter(([key, set]) => !members.has(key) && matches(set)).map(([key]) => key)
  }
  if (options.groupBy !== 'node' || options.search.terms.length > 0) return []
  return [...sources.nodes.keys()].filter((name) => !members.has(name))
}

function listed(groups: readonly OrderedGroup[], lineage: boolean): ArrangedItem[] {
  const items: ArrangedItem[] = []
  for (const { head, vms } of groups) {
    items.push(head)
    if (head.collapsed) continue
    if (lineage) for (const item of lineageItems(vms, head.key)) items.push(item)
    else for (const vm of vms) items.push(vmItem(vm, head.key))
  }
  return items
}

function ungrouped(vms: readonly Vm[], total: number): Arrangement {
  const items = vms.map((vm) => vmItem(vm, ''))
  return { items, uids: vms.map((vm) => vm.uid), total, shown: vms.length, groups: 0 }
}

/**
 * The fleet as the flat list that a virtual table shows: groups and their VMs, searched, sorted, and with closed
 * groups left out. Sorted by name, the VMs of a set keep the order of their lineage (main, forks under their
 * source, toolboxes). The same fleet and options always give the same order. Never throws.
 */
export function arrange(input: ArrangeInput, options: ArrangeOptions): Arrangement {
  const { groupBy, sort, collapsed } = options
  const total = input.vms.size
  const sources = headSources(input)
  const matching = filter(options, sources)
  const lineage = groupBy === 'set' && sort.column === 'name'
  const sorted = sorter(sort, lineage)
  if (groupBy === 'none') return ungrouped(sorted(matching([...input.vms.values()])).vms, total)
  const members = byKey(input.vms.values(), groupBy)
  const groups: OrderedGroup[] = []
  const add = (bucket: Bucket, first: Ranked | undefined) => {
    const head = groupItem(bucket, groupBy, sources, collapsed.has(bucket.key))
    groups.push({ head, vms: bucket.shown, first })
  }
  for (const [key, all] of members) {
    const { vms: shown, first } = sorted(matching(all))
    if (shown.length > 0) add({ key, all, shown }, first)
  }
  for (const key of emptyKeys(members, options, sources)) add({ key, all: [], shown: [] }, undefined)
  const ordered = orderGroups(groups, sort, rankedOrder(sort))
  const uids: string[] = []
  for (const { vms } of ordered) for (const vm of vms) uids.push(vm.uid)
  return { items: listed(ordered, lineage), uids, total, shown: uids.length, groups: ordered.length }
}
