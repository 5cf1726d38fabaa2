import type { JsonRecord } from './json.ts'
import { isRecord } from './json.ts'
import type { SchemaNode } from './openapi/schema-node.ts'
import { badPatch, patchError, wrongArgument } from './strategic-merge-errors.ts'
import { mergeLists, orderedList, removeFrom } from './strategic-merge-lists.ts'
import { fieldOf } from './strategic-merge-schema.ts'
import { printGo } from './strategic-merge-print.ts'

const ORDER = '$setElementOrder/'
const REMOVALS = '$deleteFromPrimitiveList/'
const RETAINED = '$retainKeys'

/** A patch without directives: objects that carry one are left out. */
function withoutDirectives(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.filter((item) => !isRecord(item) || !('$patch' in item)).map(withoutDirectives)
  }
  if (!isRecord(value)) return value
  const kept = Object.entries(value).filter(([, item]) => !isRecord(item) || !('$patch' in item))
  return Object.fromEntries(kept.map(([key, item]) => [key, withoutDirectives(item)]))
}

/** Nulls in what the target does not have delete nothing. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls)
  if (!isRecord(value)) return value
  const kept = Object.entries(value).filter(([, item]) => item !== null)
  return Object.fromEntries(kept.map(([key, item]) => [key, withoutNulls(item)]))
}

function directed(patch: JsonRecord): JsonRecord {
  const { $patch: directive, ...rest } = patch
  if (directive === 'replace') return rest
  if (directive === 'delete') return {}
  throw patchError(`unknown patch type: ${printGo(directive)} in map: ${printGo(patch)}`)
}

/** Clears what a union does not keep; all that the patch sets must be among the kept. */
function retain(original: JsonRecord, patch: JsonRecord): void {
  const retained = patch[RETAINED]
  if (retained === undefined) return
  delete patch[RETAINED]
  if (!Array.isArray(retained)) throw badPatch('retainKeys')
  const isDirective = (key: string) => key.startsWith(REMOVALS) || key.startsWith(ORDER)
  const strays = Object.entries(patch).some(
    ([key, value]) => value !== null && !isDirective(key) && !retained.includes(key),
  )
  if (strays) throw badPatch('retainKeys')
  for (const key of Object.keys(original)) if (!retained.includes(key)) delete original[key]
}

/** Merges the lists whose order the patch tells, and takes them out of it. */
function mergeOrdered(node: SchemaNode | undefined, original: JsonRecord, patch: JsonRecord): void {
  for (const [directive, order] of Object.entries(patch)) {
    if (!directive.startsWith(ORDER)) continue
    delete patch[directive]
    if (!Array.isArray(order)) throw wrongArgument('slice', order)
    const key = directive.slice(ORDER.length)
    const present = original[key]
    const sent = patch[key]
    if (present !== undefined && !Array.isArray(present)) throw wrongArgument('slice', present)
    if (sent !== undefined && !Array.isArray(sent)) throw wrongArgument('slice', sent)
    const field = fieldOf(node, key)
    const ordered = orderedList(present, sent, order, field, (one, other) =>
      mergeMaps(field.items, one, other),
    )
    delete patch[key]
    if (ordered) original[key] = withoutDirectives(ordered)
  }
}

function mergeMaps(node: SchemaNode | undefined, target: JsonRecord, sent: JsonRecord): JsonRecord {
  if ('$patch' in sent) return directed(sent)
  const original = { ...target }
  const patch = { ...sent }
  retain(original, patch)
  mergeOrdered(node, original, patch)
  for (const [directive, value] of Object.entries(patch)) {
    const removal = directive.startsWith(REMOVALS)
    const key = removal ? directive.slice(REMOVALS.length) : directive
    const present = Object.hasOwn(original, key) ? original[key] : undefined
    if (value === null) delete original[key]
    else if (removal) original[key] = removeFrom(present, value)
    else if (isRecord(value) && isRecord(present)) {
      const field = fieldOf(node, key)
      original[key] = field.replaced ? value : mergeMaps(field.node, present, value)
    } else if (Array.isArray(value) && Array.isArray(present)) {
      const field = fieldOf(node, key)
      original[key] = field.merged
        ? mergeLists(present, value, field, (one, other) => mergeMaps(field.items, one, other))
        : value
    } else if (isRecord(value) && '$patch' in value) delete original[key]
    else original[key] = withoutDirectives(withoutNulls(value))
    if (original[key] === undefined) delete original[key]
  }
  return original
}

/**
 * Kubernetes' strategic merge for built-in objects: maps are merged, null deletes, lists that the structure of
 * the kind names are merged by their key, `$patch`, `$retainKeys`, `$setElementOrder` and `$deleteFromPrimitiveList`
 * are obeyed. `node` is the schema of the object. The target is not changed. Throws the Status of a patch that
 * makes no sense: 500, as in the original.
 */
export function strategicMerge(node: SchemaNode | undefined, target: unknown, patch: JsonRecord): unknown {
  return mergeMaps(node, isRecord(target) ? target : {}, patch)
}
