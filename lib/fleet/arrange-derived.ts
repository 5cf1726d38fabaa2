import { extractAgentSlot } from '../cocoon/slot.ts'
import { naturalKey } from './arrange-natural.ts'
import type { Vm } from './vm.ts'

/** Key of a set's group; that of VMs without a set is `namespace/`, which no set's can be. */
export const setKey = (namespace: string, set: string | null): string => `${namespace}/${set ?? ''}`

/** What follows from a row alone and is asked for at every arrangement. */
export interface Derived {
  setKey: string
  /** `naturalKey` of the name. */
  nameKey: string
  /** What a fork is called a fork of: the slot inside its own set, else the VM name that the cluster gives. */
  forkOf: string
}

/** Kept with the row, which is replaced whenever it changes. */
const known = new WeakMap<Vm, Derived>()

function forkOf(vm: Vm): string {
  if (vm.forkedFrom === '') return ''
  const slot = vm.set === null ? -1 : extractAgentSlot(vm.namespace, vm.set, vm.forkedFrom)
  return slot < 0 ? vm.forkedFrom : String(slot)
}

/** Worked out once for each row. */
export function derived(vm: Vm): Derived {
  let found = known.get(vm)
  if (found === undefined) {
    found = { setKey: setKey(vm.namespace, vm.set), nameKey: naturalKey(vm.name), forkOf: forkOf(vm) }
    known.set(vm, found)
  }
  return found
}
