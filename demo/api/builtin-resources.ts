import { CORE } from './builtin-core.ts'
import { builtin } from './builtin-entry.ts'
import { GROUPS } from './builtin-groups.ts'
import { newEvents } from './event-view.ts'
import type { Resource } from './resource.ts'

const core = CORE.map((entry) => builtin('', 'v1', entry))

/** What every cluster has. Custom resources come from the CRD objects that are stored (registry.ts). */
export const BUILTIN_RESOURCES: readonly Resource[] = [
  ...core,
  ...GROUPS.flatMap(([group, version, entries]) => entries.map((entry) => builtin(group, version, entry))),
  ...core.filter(({ id }) => id === 'events').map(newEvents),
]
