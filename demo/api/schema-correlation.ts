import { isRecord, sameJson } from './json.ts'
import type { SchemaNode } from './schema-node.ts'

interface Pair {
  value: unknown
  old: unknown
}

/**
 * What a part of an object was before an update. Faults of parts that are as they were are not held against the update
 * (ratcheting); those of parts without a past are, unless they lie in a whole that is as it was.
 */
export interface Correlation {
  /** Undefined for parts without a past. */
  here: Pair | undefined
  /** The nearest part around it that has one. */
  around: Pair | undefined
}

/** Of objects that are new. */
export const UNCORRELATED: Correlation = { here: undefined, around: undefined }

export function correlated(value: unknown, old: unknown): Correlation {
  return { here: { value, old }, around: undefined }
}

/** The member of an object; without a past when it had no such member. */
export function memberOf(correlation: Correlation, name: string): Correlation {
  const { here } = correlation
  if (!here) return correlation
  const [next, before] = [here.value, here.old]
  const known = isRecord(next) && isRecord(before) && Object.hasOwn(next, name) && Object.hasOwn(before, name)
  return { here: known ? { value: next[name], old: before[name] } : undefined, around: here }
}

const keyOf = (item: unknown, keys: readonly string[]) =>
  isRecord(item) ? JSON.stringify(keys.map((key) => item[key] ?? null)) : undefined

/** The item of a list that has the same keys; undefined for lists whose items have none. */
export function oldItem(list: SchemaNode, old: unknown, item: unknown): unknown {
  if (list.listType !== 'map' || !Array.isArray(old)) return undefined
  const key = keyOf(item, list.listKeys)
  return old.find((one) => keyOf(one, list.listKeys) === key)
}

/** The item of a list. */
export function itemOf(correlation: Correlation, list: SchemaNode, item: unknown): Correlation {
  const { here } = correlation
  if (!here) return correlation
  const old = oldItem(list, here.old, item)
  return { here: old === undefined ? undefined : { value: item, old }, around: here }
}

const unchanged = (pair: Pair | undefined) => pair !== undefined && sameJson(pair.value, pair.old)

/** Whether the part itself is as it was. */
export const isUnchanged = ({ here }: Correlation) => unchanged(here)

/** Whether the part, or what is around one without a past, is as it was. */
export const isRatcheted = ({ here, around }: Correlation) => unchanged(here ?? around)
