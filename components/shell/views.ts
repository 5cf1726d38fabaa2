import { Crosshair, MonitorPlay, Moon, Timer } from 'lucide-react'
import type { LucideIcon } from 'lucide-react'
import { vncPortOf } from '../../lib/fleet/can/vnc-endpoint.ts'
import { parseSearch } from '../../lib/fleet/search.ts'
import { vmMatcher } from '../../lib/fleet/search-match.ts'
import type { Vm } from '../../lib/fleet/vm.ts'

export interface FleetView {
  label: string
  Icon: LucideIcon
  search: string
}

/** Searches that people ask for all day. */
export const VIEWS: readonly FleetView[] = [
  { label: 'Needs a look', Icon: Crosshair, search: 'phase:failed,unreachable,unknown' },
  { label: 'Stuck', Icon: Timer, search: 'is:stuck' },
  { label: 'Asleep', Icon: Moon, search: 'phase:hibernated,hibernating' },
  { label: 'Desktops', Icon: MonitorPlay, search: 'vnc:yes' },
]

function countViews(vms: Iterable<Vm>, now: number): number[] {
  const tests = VIEWS.map(({ search }) => vmMatcher(parseSearch(search), now))
  const counts = VIEWS.map(() => 0)
  for (const vm of vms) {
    tests.forEach((test, place) => {
      if (test(vm, null)) counts[place] = (counts[place] ?? 0) + 1
    })
  }
  return counts
}

export interface NamespaceCount {
  namespace: string
  count: number
}

function countNamespaces(vms: Iterable<Vm>): NamespaceCount[] {
  const counts = new Map<string, number>()
  for (const { namespace } of vms) counts.set(namespace, (counts.get(namespace) ?? 0) + 1)
  return [...counts]
    .map(([namespace, count]) => ({ namespace, count }))
    .sort((a, b) => b.count - a.count || (a.namespace < b.namespace ? -1 : 1))
}

/**
 * How many screens there are, how many VMs each of `VIEWS` has, in their order, and each namespace, the largest first. `now` is epoch
 * milliseconds on the server's clock.
 */
export function countFleet(vms: ReadonlyMap<string, Vm>, now: number) {
  let screens = 0
  for (const vm of vms.values()) if (vncPortOf(vm) > 0) screens += 1
  return { screens, views: countViews(vms.values(), now), namespaces: countNamespaces(vms.values()) }
}
