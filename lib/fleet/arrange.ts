import { orderGroups } from './arrange-group-order.ts'
import type { OrderedGroup } from './arrange-group-order.ts'
import { groupItem, headSources, KEY_OF, setKey } from './arrange-groups.ts'
import type { Bucket, HeadSources } from './arrange-groups.ts'
import { flatItem, inSlotOrder, lineageItems } from './arrange-lineage.ts'
import { vmOrder } from './arrange-order.ts'
import type { ArrangedItem, ArrangeInput, ArrangeOptions, Arrangement } from './arrange-types.ts'
import { setMatcher, vmMatcher } from './search-match.ts'
import type { Vm } from './vm.ts'

function fillBuckets(
  input: ArrangeInput,
  options: ArrangeOptions,
  sources: HeadSources,
): Map<string, Bucket> {
  const matches = vmMatcher(options.search, options.now)
  const keyOf = KEY_OF[options.groupBy]
  const buckets = new Map<string, Bucket>()
  for (const vm of input.vms.values()) {
    const key = keyOf(vm)
    let bucket = buckets.get(key)
    if (bucket === undefined) {
      bucket = { key, all: [], shown: [] }
      buckets.set(key, bucket)
    }
    bucket.all.push(vm)
    const set = vm.set === null ? null : (sources.sets.get(setKey(vm.namespace, vm.set)) ?? null)
    if (matches(vm, set)) bucket.shown.push(vm)
  }
  return buckets
}

/** Sets and nodes that hold no VM are groups too: a set that could not start is what one came to see. */
function addEmptyGroups(
  buckets: Map<string, Bucket>,
  options: ArrangeOptions,
  sources: HeadSources,
): Bucket[] {
  const groups = [...buckets.values()].filter((bucket) => bucket.shown.length > 0)
  const empty = (key: string) => ({ key, all: [], shown: [] })
  if (options.groupBy === 'set') {
    const matches = setMatcher(options.search, options.now)
    for (const [key, set] of sources.sets) if (!buckets.has(key) && matches(set)) groups.push(empty(key))
  }
  if (options.groupBy === 'node' && options.search.terms.length === 0) {
    for (const name of sources.nodes.keys()) if (!buckets.has(name)) groups.push(empty(name))
  }
  return groups
}

function membersOf(groups: readonly OrderedGroup[], lineage: boolean): Arrangement['items'] {
  const items: ArrangedItem[] = []
  for (const { head, vms } of groups) {
    items.push(head)
    if (head.collapsed) continue
    if (lineage) items.push(...lineageItems(vms, head.key))
    else for (const vm of vms) items.push(flatItem(vm, head.key))
  }
  return items
}

function ungrouped(vms: readonly Vm[], total: number): Arrangement {
  return {
    items: vms.map((vm) => flatItem(vm, '')),
    uids: vms.map((vm) => vm.uid),
    total,
    shown: vms.length,
    groups: 0,
  }
}

/**
 * The fleet as the flat list that a virtual table shows: groups and their VMs, searched, sorted, and with closed
 * groups left out. Sorted by name, the VMs of a set keep the order of their lineage (main, forks under their
 * source, toolboxes). The same fleet and options always give the same order. Never throws.
 */
export function arrange(input: ArrangeInput, options: ArrangeOptions): Arrangement {
  const { groupBy, sort } = options
  const sources = headSources(input)
  const buckets = fillBuckets(input, options, sources)
  const order = vmOrder(sort)
  if (groupBy === 'none') return ungrouped((buckets.get('')?.shown ?? []).sort(order), input.vms.size)
  const lineage = groupBy === 'set' && sort.column === 'name'
  const groups = addEmptyGroups(buckets, options, sources).map((bucket): OrderedGroup => ({
    head: groupItem(bucket, groupBy, sources, options.collapsed.has(bucket.key)),
    vms: bucket.shown.sort(lineage ? inSlotOrder : order),
  }))
  const ordered = orderGroups(groups, sort, order)
  const uids = ordered.flatMap(({ vms }) => vms.map((vm) => vm.uid))
  return {
    items: membersOf(ordered, lineage),
    uids,
    total: input.vms.size,
    shown: uids.length,
    groups: ordered.length,
  }
}
