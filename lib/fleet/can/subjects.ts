import type { Vm, VmHibernation, VmNode, VmSet } from '../vm.ts'

/** A VM and what stands around it, as far as the rules need it. */
export interface VmSubject {
  vm: Vm
  /** Its CocoonSet; null for a bare VM pod, and when the set is gone or cannot be read. */
  set: VmSet | null
  /** The main agent of its set, which may be the VM itself; null when there is none. */
  main: Vm | null
  /** Where it runs; null while it has no node, and when nodes cannot be read. */
  node: VmNode | null
}

/** A set with all its VMs. */
export interface SetSubject {
  set: VmSet
  vms: readonly Vm[]
  /** All nodes that can hold VMs; empty when nodes cannot be read. */
  nodes: readonly VmNode[]
}

/** A CocoonHibernation, with the VM that it is about. */
export interface HibernationSubject {
  hibernation: VmHibernation
  /** Null when there is no pod of that name. */
  vm: Vm | null
  set: VmSet | null
}
