import { applyPatch } from 'rfc6902'
import type { Operation } from 'rfc6902'
import { isRecord } from './json.ts'
import { badRequest, statusError } from './status.ts'

const OPERATIONS = new Set(['add', 'remove', 'replace', 'move', 'copy', 'test'])
/** More operations than this are refused, as in the original. */
const MAX_OPERATIONS = 10_000

function isOperation(value: unknown): value is Operation {
  if (!isRecord(value) || typeof value.op !== 'string' || !OPERATIONS.has(value.op)) return false
  const pointers = value.op === 'move' || value.op === 'copy' ? [value.path, value.from] : [value.path]
  return pointers.every(
    (pointer) => typeof pointer === 'string' && (pointer === '' || pointer.startsWith('/')),
  )
}

/**
 * RFC 6902, all or nothing, on a copy. Throws 400 for what is not a patch and 422 when an operation
 * cannot be applied, a failed `test` included.
 */
export function jsonPatch(target: unknown, patch: unknown): unknown {
  if (!Array.isArray(patch) || !patch.every(isOperation)) {
    throw badRequest('error decoding patch: the body must be a list of JSON patch operations')
  }
  if (patch.length > MAX_OPERATIONS) {
    const message = `The allowed maximum operations in a JSON patch is ${MAX_OPERATIONS}, got ${patch.length}`
    throw statusError(413, 'RequestEntityTooLarge', message)
  }
  const copy = { root: structuredClone(target) }
  const rooted = patch.map((operation) => under('/root', operation))
  if (applyPatch(copy, rooted).some((failure) => failure !== null)) {
    throw statusError(422, 'Invalid', 'the server rejected our request due to an error in our request', {})
  }
  return copy.root
}

/** Moves an operation below a prefix, so that one on the whole document ("") replaces it, too. */
function under(prefix: string, operation: Operation): Operation {
  const moved = { ...operation, path: prefix + operation.path }
  return 'from' in moved ? { ...moved, from: prefix + moved.from } : moved
}
