import { compareTexts, naturalKey } from '../../lib/fleet/arrange-natural.ts'
import type { SetSubject, VmSubject } from '../../lib/fleet/can/subjects.ts'
import type { Vm, VmNode, VmSet } from '../../lib/fleet/vm.ts'

/** The fleet by uid, as the live store keeps it. */
export interface Rows {
  vms: ReadonlyMap<string, Vm>
  sets: ReadonlyMap<string, VmSet>
  nodes: ReadonlyMap<string, VmNode>
}

function first<Row>(rows: ReadonlyMap<string, Row>, fits: (row: Row) => boolean): Row | null {
  for (const row of rows.values()) if (fits(row)) return row
  return null
}

const isOf = (set: Pick<VmSet, 'namespace' | 'name'>) => (vm: Vm) =>
  vm.set === set.name && vm.namespace === set.namespace

/** `web-2` before `web-10`. */
function inOrder(vms: Vm[]): Vm[] {
  const keys = new Map(vms.map((vm) => [vm, naturalKey(vm.name)]))
  return vms.sort((a, b) => compareTexts(keys.get(a) ?? '', keys.get(b) ?? ''))
}

/** A VM with what stands around it in the fleet. */
export function vmSubject({ vms, sets, nodes }: Rows, vm: Vm): VmSubject {
  const { namespace, set: name } = vm
  const owner = name === null ? null : { namespace, name }
  return {
    vm,
    set: owner && first(sets, (set) => set.name === owner.name && set.namespace === namespace),
    main: owner && first(vms, (other) => other.role === 'main' && isOf(owner)(other)),
    node: vm.node === '' ? null : first(nodes, (node) => node.name === vm.node),
  }
}

/** A set with all its VMs, in the order that people count in, and all nodes. */
export function setSubject({ vms, nodes }: Rows, set: VmSet): SetSubject {
  return { set, vms: inOrder([...vms.values()].filter(isOf(set))), nodes: [...nodes.values()] }
}
