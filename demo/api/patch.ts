import { parseJson } from './body.ts'
import type { KubeJson } from './json.ts'
import { isRecord } from './json.ts'
import { jsonPatch } from './json-patch.ts'
import { mergePatch } from './merge-patch.ts'
import type { Resource } from './resource.ts'
import { badRequest, unsupportedMediaType } from './status.ts'
import { strategicMerge } from './strategic-merge.ts'

type Apply = (target: unknown, patch: unknown) => unknown

const JSON_PATCH = 'application/json-patch+json'
const MERGE_PATCH = 'application/merge-patch+json'
const STRATEGIC_PATCH = 'application/strategic-merge-patch+json'

/** Server-side apply is not among them: it would need field managers. */
const KINDS: Readonly<Record<string, Apply>> = {
  [JSON_PATCH]: jsonPatch,
  [MERGE_PATCH]: mergePatch,
  [STRATEGIC_PATCH]: strategicMerge,
}

/** How to apply a patch of this media type. Throws 415, which custom resources answer to strategic merges, too. */
export function patchOf(resource: Resource, type: string): Apply {
  const accepted = Object.keys(KINDS).filter((kind) => !resource.custom || kind !== STRATEGIC_PATCH)
  const apply = KINDS[type]
  if (!apply || !accepted.includes(type)) throw unsupportedMediaType(accepted)
  return apply
}

/** The object after the patch, with whatever it did to it. Throws 400 and 422. */
export function patched(target: KubeJson, apply: Apply, body: string): KubeJson {
  const patch = parseJson(body)
  if (apply !== jsonPatch && !isRecord(patch)) {
    throw badRequest('error decoding patch: the body must be a JSON object')
  }
  const result = apply(target, patch)
  if (!isRecord(result) || !isRecord(result.metadata)) {
    throw badRequest('the patched object is not an object with metadata')
  }
  return { ...result, metadata: result.metadata }
}
