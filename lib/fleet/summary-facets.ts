import { compareTexts, naturalKey } from './arrange-natural.ts'
import type { SearchField } from './search-fields.ts'
import { FIELD_RULES } from './search-fields.ts'
import type { Vm } from './vm.ts'

export interface FacetValue {
  value: string
  count: number
}

/** Per field the values that the fleet has, the most frequent first. */
export type Facets = Partial<Record<SearchField, readonly FacetValue[]>>

/** The fields worth listing: few values, shared by many VMs. */
const FACET_FIELDS = [
  'phase',
  'ns',
  'set',
  'role',
  'node',
  'pool',
  'image',
  'os',
  'backend',
  'conn',
  'vnc',
] as const satisfies readonly SearchField[]

/** Counts the values of each field worth listing; empty values are left out. */
export function facetsOf(vms: Iterable<Vm>): Facets {
  const counts = FACET_FIELDS.map((field) => ({
    field,
    of: FIELD_RULES[field].ofVm,
    seen: new Map<string, number>(),
  }))
  for (const vm of vms) {
    for (const { of, seen } of counts) {
      const value = of(vm)
      if (value !== '') seen.set(value, (seen.get(value) ?? 0) + 1)
    }
  }
  const facets: Facets = {}
  for (const { field, seen } of counts) {
    facets[field] = [...seen]
      .map(([value, count]) => ({ value, count, key: naturalKey(value) }))
      .sort((a, b) => b.count - a.count || compareTexts(a.key, b.key) || compareTexts(a.value, b.value))
      .map(({ value, count }) => ({ value, count }))
  }
  return facets
}
