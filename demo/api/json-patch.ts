import { Pointer, applyPatch } from 'rfc6902'
import type { Operation } from 'rfc6902'
import { isRecord } from './json.ts'
import { statusError } from './status.ts'

const OPERATIONS = new Set(['add', 'remove', 'replace', 'move', 'copy', 'test'])
const refused = () =>
  statusError(422, 'Invalid', 'the server rejected our request due to an error in our request', {})
/** More operations than this are refused, as in the original. */
const MAX_OPERATIONS = 10_000

function isOperation(value: unknown): value is Operation {
  if (!isRecord(value) || typeof value.op !== 'string' || !OPERATIONS.has(value.op)) return false
  const pointers = value.op === 'move' || value.op === 'copy' ? [value.path, value.from] : [value.path]
  return pointers.every((pointer) => typeof pointer === 'string' && (pointer === '' || pointer.includes('/')))
}

const isMissing = (document: object, pointer: string): boolean => {
  const { parent, key } = Pointer.fromJSON(pointer).evaluate(document)
  return isRecord(parent) && !Object.hasOwn(parent, key)
}

/** The original replaces and copies what an object does not have, too, which the standard forbids. */
function lenient(document: object, operation: Operation): Operation {
  const { op, path } = operation
  if (op === 'replace' && isMissing(document, path)) return { ...operation, op: 'add' }
  if (op === 'copy' && isMissing(document, operation.from)) return { op: 'add', path, value: null }
  return operation
}

/**
 * RFC 6902, all or nothing, on a copy. Throws 422 for what is not an operation or cannot be applied, a failed
 * `test` included.
 */
export function jsonPatch(target: unknown, patch: unknown): unknown {
  if (!Array.isArray(patch) || !patch.every(isOperation)) throw refused()
  if (patch.length > MAX_OPERATIONS) {
    const message = `The allowed maximum operations in a JSON patch is ${MAX_OPERATIONS}, got ${patch.length}`
    throw statusError(413, 'RequestEntityTooLarge', message)
  }
  const copy = { root: structuredClone(target) }
  for (const operation of patch) {
    const rooted = lenient(copy, under('/root', operation))
    if (applyPatch(copy, [rooted]).some((failure) => failure !== null)) throw refused()
  }
  return copy.root
}

/**
 * Moves an operation below a prefix, so that one on the whole document ("") replaces it, too. What stands before
 * the first slash does not count, as in the original.
 */
function under(prefix: string, operation: Operation): Operation {
  const rooted = (path: string) => prefix + path.slice(Math.max(0, path.indexOf('/')))
  const moved = { ...operation, path: rooted(operation.path) }
  return 'from' in moved ? { ...moved, from: rooted(moved.from) } : moved
}
