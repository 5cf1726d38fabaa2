import type { JsonRecord } from './json.ts'
import { isRecord, sameJson } from './json.ts'
import { goKind, patchError, wrongArgument } from './strategic-merge-errors.ts'
import { printGo } from './strategic-merge-print.ts'
import type { PatchField } from './strategic-merge-schema.ts'

type List = readonly unknown[]
type MergeMaps = (original: JsonRecord, patch: JsonRecord) => JsonRecord

/** What items are told apart by: the value of their key, or they themselves. Throws for items without it. */
function identity(item: unknown, key: string | undefined): unknown {
  if (key === undefined) return item
  if (!isRecord(item)) throw wrongArgument('map[string]interface {}', item)
  if (!Object.hasOwn(item, key)) {
    throw patchError(`map: ${printGo(item)} does not contain declared merge key: ${key}`)
  }
  return item[key]
}

function indexIn(list: List, value: unknown, key: string | undefined): number {
  return list.findIndex((item) => sameJson(key !== undefined && isRecord(item) ? item[key] : item, value))
}

/**
 * Puts the items of `first` into the order of `order`, and the rest between them where the list as it was has
 * them: each before the first item that came after it.
 */
function inOrder(items: List, order: List, before: List, key: string | undefined): unknown[] {
  const place = (item: unknown, list: List) => indexIn(list, identity(item, key), key)
  const sorted = (some: unknown[], list: List) =>
    some.toSorted((a, b) => {
      const [one, other] = [place(a, list), place(b, list)]
      return one >= 0 && other >= 0 ? one - other : 0
    })
  const right = sorted(
    items.filter((item) => place(item, order) >= 0),
    order,
  )
  const left = sorted(
    items.filter((item) => place(item, order) < 0),
    before,
  )
  const all: unknown[] = []
  for (const item of right) {
    const here = place(item, before)
    while (left.length > 0) {
      const next = place(left[0], before)
      if (next < 0 || here < 0 || next > here) break
      all.push(left.shift())
    }
    all.push(item)
  }
  return [...all, ...left]
}

function checkKinds(original: List, patch: List): void {
  const kinds = new Set([...original, ...patch].map(goKind))
  if (kinds.has('slice')) throw patchError('lists of lists are not supported')
  if (kinds.size > 1) {
    throw patchError(`list element types are not identical: ${printGo([original, patch])}`)
  }
}

interface Directed {
  original: List
  patch: List
}

/** Obeys `$patch` in items: deletes those it names, or forgets the list as it was. */
function directed(original: List, patch: List, key: string): Directed {
  const plain: unknown[] = []
  let left = original
  let replaces = false
  for (const item of patch) {
    if (!isRecord(item) || !('$patch' in item)) plain.push(item)
    else if (item.$patch === 'delete') {
      const gone = identity(item, key)
      left = left.filter((one) => !sameJson(isRecord(one) ? one[key] : one, gone))
    } else if (item.$patch === 'replace') replaces = true
    else if (item.$patch === 'merge') throw patchError('merging lists cannot yet be specified in the patch')
    else throw patchError(`unknown patch type: ${printGo(item.$patch)} in map: ${printGo(item)}`)
  }
  return replaces ? { original: plain, patch: [] } : { original: left, patch: plain }
}

/** Merges two lists of one field. Throws the Status of items that do not fit. */
export function mergeLists(original: List, patch: List, field: PatchField, mergeMaps: MergeMaps): unknown[] {
  if (original.length === 0 && patch.length === 0) return []
  checkKinds(original, patch)
  const { mergeKey } = field
  const ofMaps = [...original, ...patch].every(isRecord)
  if (!ofMaps) return inOrder([...new Set([...original, ...patch])], patch, original, undefined)
  if (mergeKey === undefined) throw patchError('cannot merge lists without merge key for ')
  const plain = directed(original, patch, mergeKey)
  const merged = [...plain.original]
  for (const item of plain.patch) {
    const at = indexIn(merged, identity(item, mergeKey), mergeKey)
    const present = merged[at]
    if (isRecord(present) && isRecord(item)) merged[at] = mergeMaps(present, item)
    else merged.push(item)
  }
  return inOrder(merged, plain.patch, plain.original, mergeKey)
}

function checkOrder(patch: List, order: List, key: string | undefined): void {
  if (order.length === 0 || patch.length === 0) return
  const named = patch.filter((item) => !isRecord(item) || !('$patch' in item))
  let at = 0
  for (const entry of order) {
    if (at < named.length && sameJson(identity(named[at], key), identity(entry, key))) at += 1
  }
  if (at === named.length) return
  throw patchError(
    `The order in patch list:\n${printGo(patch)}\n doesn't match $setElementOrder list:\n${printGo(order)}\n`,
  )
}

/** The merged list in the order that the patch tells; undefined when neither side has the list. */
export function orderedList(
  original: List | undefined,
  patch: List | undefined,
  order: List,
  field: PatchField,
  mergeMaps: MergeMaps,
): unknown[] | undefined {
  if (!original && !patch) return undefined
  checkOrder(patch ?? [], order, field.mergeKey)
  const both = original && patch && (field.merged ? mergeLists(original, patch, field, mergeMaps) : patch)
  const merged = both ?? original ?? patch ?? []
  return inOrder(merged, order, original ?? [], field.mergeKey)
}

/** A list without the values that the patch names; what is no list stays what it is. */
export function removeFrom(list: unknown, values: unknown): unknown {
  if (!Array.isArray(list)) return list
  if (!Array.isArray(values)) throw wrongArgument('slice', values)
  return list.filter((item) => !values.includes(item))
}
