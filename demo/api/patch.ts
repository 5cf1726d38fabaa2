import { scanJson } from './body-json-scan.ts'
import type { KubeJson } from './json.ts'
import { isRecord } from './json.ts'
import { jsonPatch } from './json-patch.ts'
import { mergePatch } from './merge-patch.ts'
import type { Dialect } from './openapi/decode-words.ts'
import { structOf, schemaNameOf } from './openapi/structure.ts'
import type { Resource } from './resource.ts'
import { badRequest, statusError, unsupportedMediaType } from './status.ts'
import { printGo } from './strategic-merge-print.ts'
import { strategicMerge } from './strategic-merge.ts'

/** What a patch makes of an object, before it is read as one. */
export interface Patched {
  value: unknown
  /** In whose words errors of reading it are told. */
  dialect: Dialect
  /** How those errors show it: the patch itself, or its outcome. */
  printed: () => string
}

type Apply = (target: KubeJson, body: string, resource: Resource) => Patched

const GO_KINDS: Readonly<Record<string, string>> = { boolean: 'bool', number: 'number', string: 'string' }
const goKind = (value: unknown) => (Array.isArray(value) ? 'array' : (GO_KINDS[typeof value] ?? 'object'))

/** Parses a patch; the two standard ones say first that it is the patch that they cannot read. */
function parsePatch(body: string, goType: string, fits: (value: unknown) => boolean, said = ''): unknown {
  const { error } = scanJson(body)
  if (error !== undefined) throw badRequest(said + error)
  const patch: unknown = JSON.parse(body)
  if (patch === null || fits(patch)) return patch
  throw badRequest(`${said}json: cannot unmarshal ${goKind(patch)} into Go value of type ${goType}`)
}

const MAP = 'map[string]interface {}'

/** With its keys in the order that Go writes those of maps in. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder)
  if (!isRecord(value)) return value
  const keys = Object.keys(value).sort()
  return Object.fromEntries(keys.map((key) => [key, inOrder(value[key])]))
}

const decoded = (value: unknown): Patched => ({
  value,
  dialect: 'json',
  printed: () => JSON.stringify(inOrder(value)),
})

const SAID = 'error decoding patch: '
const JSON_PATCH = 'application/json-patch+json'
const MERGE_PATCH = 'application/merge-patch+json'
const STRATEGIC_PATCH = 'application/strategic-merge-patch+json'

/** Server-side apply is not among them: it would need field managers. */
const KINDS: Readonly<Record<string, Apply>> = {
  [JSON_PATCH](target, body) {
    const patch = parsePatch(body, '[]handlers.jsonPatchOp', Array.isArray, SAID) ?? []
    const foreign = Array.isArray(patch) ? patch.find((one) => !isRecord(one)) : undefined
    if (foreign !== undefined && foreign !== null) {
      const why = `json: cannot unmarshal ${goKind(foreign)} into Go value of type handlers.jsonPatchOp`
      throw badRequest(SAID + why)
    }
    return decoded(jsonPatch(target, patch))
  },
  [MERGE_PATCH](target, body) {
    const patch = parsePatch(body, MAP, isRecord, SAID)
    if (!isRecord(patch)) throw badRequest('Invalid JSON Patch')
    return decoded(mergePatch(target, patch))
  },
  [STRATEGIC_PATCH](target, body, { group, version, kind }) {
    const found = parsePatch(body, MAP, isRecord)
    const patch = isRecord(found) ? found : {}
    const schema = schemaNameOf(group, version, kind)
    const value = strategicMerge(schema ? structOf(schema)?.node : undefined, target, patch)
    return { value, dialect: 'unstructured', printed: () => printGo(patch) }
  },
}

/** The words of the web server in front of the original's built-in kinds. */
const unknownPatch = () => statusError(415, 'UnsupportedMediaType', '415: Unsupported Media Type', {})

/** How to apply a patch of this media type. Throws 415, which custom resources answer to strategic merges, too. */
export function patchOf(resource: Resource, type: string): (target: KubeJson, body: string) => Patched {
  const accepted = Object.keys(KINDS).filter((kind) => !resource.custom || kind !== STRATEGIC_PATCH)
  const apply = KINDS[type]
  if (!apply || !accepted.includes(type)) {
    throw resource.custom ? unsupportedMediaType(accepted) : unknownPatch()
  }
  return (target, body) => apply(target, body, resource)
}
