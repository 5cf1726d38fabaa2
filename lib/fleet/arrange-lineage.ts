import { derived } from './arrange-derived.ts'
import { byName } from './arrange-order.ts'
import type { VmItem } from './arrange-types.ts'
import type { Vm } from './vm.ts'

const slotOf = (vm: Vm) => vm.slot ?? Number.MAX_SAFE_INTEGER

/** Agents by slot (the main agent is 0), then what has neither slot nor role, then toolboxes by name. */
export function inSlotOrder(a: Vm, b: Vm): number {
  return Number(a.role === 'toolbox') - Number(b.role === 'toolbox') || slotOf(a) - slotOf(b) || byName(a, b)
}

/** One row; without a place in a lineage it hangs nowhere. */
export function vmItem(vm: Vm, groupKey: string, depth = 0, last = false, rails = 0): VmItem {
  const isFork = vm.forkedFrom !== ''
  const forkOf = isFork ? derived(vm).forkOf : ''
  return { kind: 'vm', key: vm.uid, uid: vm.uid, groupKey, depth, isFork, forkOf, last, rails }
}

/** Groups forks under the VM that they were forked from, as far as both are among `vms`. */
function childrenByParent(vms: readonly Vm[]): Map<Vm, Vm[]> {
  const children = new Map<Vm, Vm[]>()
  const byVmName = new Map<string, Vm>()
  for (const vm of vms) if (vm.vmName !== '' && !byVmName.has(vm.vmName)) byVmName.set(vm.vmName, vm)
  for (const vm of vms) {
    const parent = vm.forkedFrom === '' ? undefined : byVmName.get(vm.forkedFrom)
    if (parent === undefined || parent === vm) continue
    const siblings = children.get(parent)
    if (siblings === undefined) children.set(parent, [vm])
    else siblings.push(vm)
  }
  return children
}

/**
 * How many rows after the first are its forks, when that is all the lineage there is: true of almost every set,
 * and then the sorted list is the answer. Undefined when it takes more.
 */
function plainForks(vms: readonly Vm[]): number | undefined {
  const [source, ...others] = vms
  if (source === undefined || source.forkedFrom !== '') return undefined
  const end = others.findIndex((vm) => vm.forkedFrom === '' || vm.forkedFrom !== source.vmName)
  if (end < 0) return others.length
  return others.slice(end).every((vm) => vm.forkedFrom === '') ? end : undefined
}

interface Branch {
  vm: Vm
  depth: number
  last: boolean
  rails: number
}

function hangingItems(vms: readonly Vm[], groupKey: string): VmItem[] {
  const children = childrenByParent(vms)
  const hung = new Set([...children.values()].flat())
  const items: VmItem[] = []
  const placed = new Set<Vm>()
  const place = (root: Vm) => {
    const stack: Branch[] = [{ vm: root, depth: 0, last: false, rails: 0 }]
    for (let branch = stack.pop(); branch !== undefined; branch = stack.pop()) {
      const { vm, depth, last, rails } = branch
      if (placed.has(vm)) continue
      placed.add(vm)
      items.push(vmItem(vm, groupKey, depth, last, rails))
      // A line at depth 31 and more has no bit; nobody can see it either.
      const line = depth > 0 && depth < 31 && !last ? 1 << depth : 0
      const below = (children.get(vm) ?? []).toReversed()
      for (const [at, child] of below.entries()) {
        stack.push({ vm: child, depth: depth + 1, last: at === 0, rails: rails | line })
      }
    }
  }
  for (const vm of vms) if (!hung.has(vm)) place(vm)
  for (const vm of vms) if (!placed.has(vm)) place(vm)
  return items
}

/**
 * The rows of one set, from VMs in slot order: the main agent, forks under their source, toolboxes at the end.
 * Annotations may claim anything: rows that claim to descend from each other in a circle are shown all the same.
 */
export function lineageItems(vms: readonly Vm[], groupKey: string): VmItem[] {
  const forks = plainForks(vms)
  if (forks === undefined) return hangingItems(vms, groupKey)
  return vms.map((vm, at) =>
    at > 0 && at <= forks ? vmItem(vm, groupKey, 1, at === forks) : vmItem(vm, groupKey),
  )
}
