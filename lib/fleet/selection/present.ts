import { derived } from '../arrange-derived.ts'
import type { Vm, VmSet } from '../vm.ts'
import type { Chosen } from './selection.ts'

/** What of a selection is there now. */
export interface Present {
  vms: readonly Vm[]
  /** Chosen by their head, or because all their VMs are. */
  sets: readonly VmSet[]
  /** VMs and sets that have gone since they were chosen. */
  gone: number
}

interface Rows {
  vms: ReadonlyMap<string, Vm>
  sets: ReadonlyMap<string, VmSet>
}

/** How many of these VMs each set has. */
function bySet(vms: Iterable<Vm>): Map<string, number> {
  const sizes = new Map<string, number>()
  for (const vm of vms) {
    if (vm.set === null) continue
    const { setKey } = derived(vm)
    sizes.set(setKey, (sizes.get(setKey) ?? 0) + 1)
  }
  return sizes
}

/** The rows behind a selection; what has gone is only counted. */
export function presentOf(chosen: Chosen, rows: Rows): Present {
  const vms: Vm[] = []
  for (const uid of chosen.vms) {
    const vm = rows.vms.get(uid)
    if (vm !== undefined) vms.push(vm)
  }
  const mine = bySet(vms)
  const sizes = mine.size === 0 ? mine : bySet(rows.vms.values())
  const sets: VmSet[] = []
  let byHead = 0
  for (const set of rows.sets.values()) {
    const key = `${set.namespace}/${set.name}`
    const head = chosen.sets.get(key) === set.uid
    if (head) byHead += 1
    if (head || (mine.has(key) && mine.get(key) === sizes.get(key))) sets.push(set)
  }
  const gone = chosen.vms.size - vms.length + (chosen.sets.size - byHead)
  return { vms, sets, gone }
}
