import { derived, setKey } from '../arrange-derived.ts'
import type { SetSubject, VmSubject } from '../can/subjects.ts'
import type { Vm, VmNode, VmSet } from '../vm.ts'

/** The fleet by uid, as the live store keeps it. */
export interface BulkRows {
  vms: ReadonlyMap<string, Vm>
  sets: ReadonlyMap<string, VmSet>
  nodes: ReadonlyMap<string, VmNode>
}

/** Finds what stands around a VM or a set without looking through the fleet each time. */
export interface Surroundings {
  ofVm(vm: Vm): VmSubject
  ofSet(set: VmSet): SetSubject
  nodes: readonly VmNode[]
}

/** One walk through the fleet, for judging thousands of its rows. */
export function surroundingsOf({ vms, sets, nodes }: BulkRows): Surroundings {
  const members = new Map<string, Vm[]>()
  for (const vm of vms.values()) {
    if (vm.set === null) continue
    const key = derived(vm).setKey
    const of = members.get(key)
    if (of === undefined) members.set(key, [vm])
    else of.push(vm)
  }
  const byKey = new Map<string, VmSet>()
  for (const set of sets.values()) byKey.set(setKey(set.namespace, set.name), set)
  const byName = new Map<string, VmNode>()
  for (const node of nodes.values()) byName.set(node.name, node)
  const allNodes = [...nodes.values()]
  return {
    nodes: allNodes,
    ofVm(vm) {
      const key = vm.set === null ? null : derived(vm).setKey
      return {
        vm,
        set: key === null ? null : (byKey.get(key) ?? null),
        main: key === null ? null : (members.get(key)?.find(({ role }) => role === 'main') ?? null),
        node: byName.get(vm.node) ?? null,
      }
    },
    ofSet: (set) => ({
      set,
      vms: members.get(setKey(set.namespace, set.name)) ?? [],
      nodes: allNodes,
    }),
  }
}
