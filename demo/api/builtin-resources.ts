import { oldAutoscalers } from './autoscaler-view.ts'
import { CORE } from './builtin-core.ts'
import { builtin } from './builtin-entry.ts'
import { GROUPS } from './builtin-groups.ts'
import { newEvents } from './event-view.ts'
import type { Resource } from './resource.ts'

const stored = [
  ...CORE.map((entry) => builtin('', 'v1', entry)),
  ...GROUPS.flatMap(([group, version, entries]) => entries.map((entry) => builtin(group, version, entry))),
]

/** Other forms of what is stored, by the resource that they show. */
const VIEWS: Readonly<Record<string, (of: Resource) => Resource>> = {
  events: newEvents,
  'horizontalpodautoscalers.autoscaling': oldAutoscalers,
}

/** What every cluster has. Custom resources come from the CRD objects that are stored (registry.ts). */
export const BUILTIN_RESOURCES: readonly Resource[] = [
  ...stored,
  ...stored.flatMap((resource) => VIEWS[resource.id]?.(resource) ?? []),
]
