import { extractAgentSlot } from '../cocoon/slot.ts'
import { byName } from './arrange-order.ts'
import type { VmItem } from './arrange-types.ts'
import type { Vm } from './vm.ts'

const slotOf = (vm: Vm) => vm.slot ?? Number.MAX_SAFE_INTEGER

/** Agents by slot (the main agent is 0), then what has neither slot nor role, then toolboxes by name. */
export function inSlotOrder(a: Vm, b: Vm): number {
  return Number(a.role === 'toolbox') - Number(b.role === 'toolbox') || slotOf(a) - slotOf(b) || byName(a, b)
}

/** What a fork is called a fork of: the slot inside its own set, else the VM name that the cluster gives. */
export function forkOf(vm: Vm): string {
  if (vm.forkedFrom === '') return ''
  const slot = vm.set === null ? -1 : extractAgentSlot(vm.namespace, vm.set, vm.forkedFrom)
  return slot < 0 ? vm.forkedFrom : String(slot)
}

/** A row that hangs nowhere. */
export function flatItem(vm: Vm, groupKey: string): VmItem {
  const isFork = vm.forkedFrom !== ''
  return {
    kind: 'vm',
    key: vm.uid,
    uid: vm.uid,
    groupKey,
    depth: 0,
    isFork,
    forkOf: isFork ? forkOf(vm) : '',
    last: false,
    rails: 0,
  }
}

/** Groups forks under the VM that they were forked from, as far as both are among `vms`. */
function childrenByParent(vms: readonly Vm[]): Map<Vm, Vm[]> {
  const children = new Map<Vm, Vm[]>()
  if (!vms.some((vm) => vm.forkedFrom !== '')) return children
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

interface Branch {
  vm: Vm
  depth: number
  last: boolean
  rails: number
}

/**
 * The rows of one set: the main agent, forks under their source in slot order, toolboxes at the end. Annotations may
 * claim anything: rows that claim to descend from each other in a circle are shown all the same, unhung.
 */
export function lineageItems(members: readonly Vm[], groupKey: string): VmItem[] {
  const vms = [...members].sort(inSlotOrder)
  const children = childrenByParent(vms)
  if (children.size === 0) return vms.map((vm) => flatItem(vm, groupKey))
  const hung = new Set([...children.values()].flat())
  const items: VmItem[] = []
  const placed = new Set<Vm>()
  const place = (root: Vm) => {
    const stack: Branch[] = [{ vm: root, depth: 0, last: false, rails: 0 }]
    for (let branch = stack.pop(); branch !== undefined; branch = stack.pop()) {
      const { vm, depth, last, rails } = branch
      if (placed.has(vm)) continue
      placed.add(vm)
      items.push({ ...flatItem(vm, groupKey), depth, last, rails })
      const below = children.get(vm) ?? []
      // A line at depth 31 and more has no bit; nobody can see it either.
      const line = depth > 0 && depth < 31 && !last ? 1 << depth : 0
      for (let at = below.length - 1; at >= 0; at--) {
        const child = below[at]
        if (child === undefined) continue
        stack.push({ vm: child, depth: depth + 1, last: at === below.length - 1, rails: rails | line })
      }
    }
  }
  for (const vm of vms) if (!hung.has(vm)) place(vm)
  for (const vm of vms) if (!placed.has(vm)) place(vm)
  return items
}
