import { vncPortOf } from '../../lib/fleet/can/vnc-endpoint.ts'
import { parseSearch } from '../../lib/fleet/search.ts'
import { vmMatcher } from '../../lib/fleet/search-match.ts'
import type { Vm, VmSet } from '../../lib/fleet/vm.ts'

/** The screens of one set, or of all VMs of a namespace that belong to none. */
export interface WallGroup {
  key: string
  namespace: string
  /** Null for VMs of no set. */
  set: string | null
  vms: Vm[]
}

export interface Wall {
  groups: WallGroup[]
  screens: number
  asleep: number
  /** Screens of the whole fleet, whatever the search. */
  total: number
}

const byNumber = new Intl.Collator('en', { numeric: true })

const isAsleep = ({ phase }: Vm) => phase === 'hibernated' || phase === 'hibernating'

/** Only VMs with a screen that the search finds, in groups of their sets; `now` is epoch milliseconds. */
export function wallOf(
  { vms, sets }: { vms: ReadonlyMap<string, Vm>; sets: ReadonlyMap<string, VmSet> },
  search: string,
  now: number,
): Wall {
  const matches = vmMatcher(parseSearch(search), now)
  const setOf = new Map([...sets.values()].map((set) => [`${set.namespace}/${set.name}`, set]))
  const groups = new Map<string, WallGroup>()
  let total = 0
  for (const vm of vms.values()) {
    if (vncPortOf(vm) === 0) continue
    total += 1
    const key = `${vm.namespace}/${vm.set ?? ''}`
    if (!matches(vm, setOf.get(key) ?? null)) continue
    const group = groups.get(key) ?? { key, namespace: vm.namespace, set: vm.set, vms: [] }
    group.vms.push(vm)
    groups.set(key, group)
  }
  const sorted = [...groups.values()].sort((a, b) => byNumber.compare(a.key, b.key))
  for (const group of sorted) group.vms.sort((a, b) => byNumber.compare(a.name, b.name))
  const shown = sorted.flatMap((group) => group.vms)
  return { groups: sorted, screens: shown.length, asleep: shown.filter(isAsleep).length, total }
}
