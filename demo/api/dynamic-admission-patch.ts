import { internalError } from './dynamic-admission-status.ts'
import type { KubeJson } from './json.ts'
import { isRecord, sameJson, textAt } from './json.ts'
import { jsonPatch } from './json-patch.ts'
import { isStatusError } from './status.ts'

/** The object after a webhook's JSON patch; the same one when nothing changed. Throws 500 when it does not apply. */
export function patchedBy(patch: readonly unknown[], object: KubeJson): KubeJson {
  const patched = applied(patch, object)
  if (!isRecord(patched) || !isRecord(patched.metadata)) {
    throw internalError("Object 'metadata' is missing in the patched object")
  }
  return sameJson(patched, object) ? object : { ...patched, metadata: patched.metadata }
}

/** One operation after the other, so that the answer can name the one that fails. */
function applied(patch: readonly unknown[], object: KubeJson): unknown {
  let result: unknown = object
  for (const operation of patch) {
    try {
      result = jsonPatch(result, [operation])
    } catch (error) {
      if (!isStatusError(error)) throw error
      throw internalError(failureOf(operation))
    }
  }
  return result
}

function failureOf(operation: unknown): string {
  const [op, path] = [textAt(operation, 'op'), textAt(operation, 'path')]
  if (op === 'test') return `testing value ${path} failed: test failed`
  return `${op} operation does not apply: doc is missing path: ${path}: missing value`
}
