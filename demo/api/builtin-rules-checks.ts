import { invalidValue, notSupported } from './field-causes.ts'
import type { JsonRecord } from './json.ts'
import { isRecord, listAt } from './json.ts'
import type { FieldCause } from './status.ts'

/** The objects of a list, and where each of them stands. */
export function itemsAt(value: unknown, name: string, path: string): [item: JsonRecord, at: string][] {
  return listAt(value, name).map((item, index) => [isRecord(item) ? item : {}, `${path}.${name}[${index}]`])
}

/** The object at a name; undefined when there is none. */
export function recordAt(value: JsonRecord, name: string): JsonRecord | undefined {
  const found = value[name]
  return isRecord(found) ? found : undefined
}

/** One cause for each thing that is wrong with a value. */
export const faultCauses = (field: string, value: unknown, faults: readonly string[]): FieldCause[] =>
  faults.map((fault) => invalidValue(field, value, fault))

/** Refuses a value that is set and is none of the supported ones. */
export function supportedCauses(field: string, value: unknown, supported: readonly string[]): FieldCause[] {
  if (value === undefined || (typeof value === 'string' && supported.includes(value))) return []
  return [notSupported(field, value, supported)]
}

/** Refuses a number outside of a range. */
export function rangeCauses(field: string, value: unknown, low: number, high: number): FieldCause[] {
  if (typeof value !== 'number' || (value >= low && value <= high)) return []
  return [invalidValue(field, value, `must be between ${low} and ${high}, inclusive`)]
}

export function nonNegativeCauses(field: string, value: unknown): FieldCause[] {
  return typeof value === 'number' && value < 0
    ? [invalidValue(field, value, 'must be greater than or equal to 0')]
    : []
}

/** The causes of several rules as one list. */
export const together = (...lists: readonly (readonly FieldCause[])[]): FieldCause[] => lists.flat()

export const MAX_INT32 = 2 ** 31 - 1
