import type { ObjectMeta } from '../../../lib/cocoon/kube-json.ts'
import type { JsonRecord, KubeJson } from '../json.ts'
import { isRecord } from '../json.ts'
import type { Resource } from '../resource.ts'
import { apiVersionOf } from '../resource.ts'
import { badRequest, invalid } from '../status.ts'
import { unknownFields } from './custom-fields.ts'
import type { Dialect } from './decode-words.ts'
import { mismatch } from './decode-words.ts'
import { decodeStruct } from './decode.ts'
import { schemaNameOf } from './structure.ts'

/** An object as it will be stored, and what strict clients want to know about the one that was sent. */
export interface DecodedObject {
  object: KubeJson
  /** `unknown field "spec.foo"`, `duplicate field "spec.bar"`: in the order of the original. */
  strict: readonly string[]
}

const OBJECT_META = 'io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta'
const TYPE_META =
  'struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }'
const SHOWN = 30

/** A body in short, as errors show it: JSON objects as they are, everything else in hexadecimal digits. */
function summary(value: unknown): string {
  const text = JSON.stringify(value)
  if (!isRecord(value)) return Buffer.from(text).toString('hex')
  return text.length > SHOWN ? `${text.slice(0, SHOWN)} ...` : text
}

function unrecognized(resource: Resource, value: unknown, why: string): Error {
  return badRequest(
    `the object provided is unrecognized (must be of type ${resource.kind}): ${why} (${summary(value)})`,
  )
}

/** Its kind and version, which are read before anything else. Throws 400 when they cannot be. */
function typeOf(
  resource: Resource,
  value: unknown,
): { kind: string; apiVersion: string; record: JsonRecord } {
  const json = "couldn't get version/kind; json parse error: json: cannot unmarshal"
  if (!isRecord(value)) {
    const found = Array.isArray(value) ? 'array' : typeof value === 'boolean' ? 'bool' : typeof value
    throw unrecognized(resource, value, `${json} ${found} into Go value of type ${TYPE_META}`)
  }
  const text = (field: 'kind' | 'apiVersion'): string => {
    const found = value[field] ?? ''
    if (typeof found === 'string') return found
    const kind = Array.isArray(found) ? 'array' : typeof found === 'boolean' ? 'bool' : typeof found
    throw unrecognized(resource, value, `${json} ${kind} into Go struct field .${field} of type string`)
  }
  return { kind: text('kind'), apiVersion: text('apiVersion'), record: value }
}

const splitVersion = (apiVersion: string): [group: string, version: string] => {
  const slash = apiVersion.indexOf('/')
  return slash < 0 ? ['', apiVersion] : [apiVersion.slice(0, slash), apiVersion.slice(slash + 1)]
}
/** Events are one type inside the original, whatever group they come by. */
const internalGroup = (group: string) =>
  group === '' || group === 'events.k8s.io' ? 'core' : group.split('.')[0]

/** Why an object of another kind or version is refused; undefined for the right ones. */
function foreignType(resource: Resource, kind: string, apiVersion: string): string | undefined {
  if (kind === resource.kind && apiVersion === apiVersionOf(resource)) return undefined
  const [group, version] = splitVersion(apiVersion)
  const schema = schemaNameOf(group, version, kind)
  if (!schema)
    return `no kind "${kind}" is registered for version "${apiVersion}" in scheme "pkg/runtime/scheme.go:111"`
  const given = schema.split('.').slice(-2).join('.')
  return `converting (${given}) to (${internalGroup(resource.group)}.${resource.kind}): unknown conversion`
}

function checkCustomType(
  resource: Resource,
  value: JsonRecord,
  kind: string,
  apiVersion: string,
  isPatched: boolean,
): void {
  const expected = apiVersionOf(resource)
  if (kind === '') {
    throw unrecognized(resource, value, `Object 'Kind' is missing in '${JSON.stringify(value)}'`)
  }
  const refuse = (field: string, given: string, wanted: string) => {
    const name =
      isRecord(value.metadata) && typeof value.metadata.name === 'string' ? value.metadata.name : ''
    const message = `Invalid value: ${JSON.stringify(given)}: must be ${wanted}`
    return invalid({ ...resource, kind }, name, [{ reason: 'FieldValueInvalid', message, field }])
  }
  if (apiVersion !== expected && isPatched) throw refuse('apiVersion', apiVersion, expected)
  if (apiVersion !== expected) {
    const texts = `(${apiVersion}) does not match the expected API version (${expected})`
    throw badRequest(`the API version in the data ${texts}`)
  }
  if (kind !== resource.kind) throw refuse('kind', kind, resource.kind)
}

function decodeCustom(resource: Resource, record: JsonRecord, duplicates: readonly string[]): Attempt {
  const sent = record.metadata ?? {}
  if (!isRecord(sent)) {
    return { ok: false, why: mismatch(sent, 'v1.ObjectMeta', undefined) }
  }
  const metadata = decodeStruct(OBJECT_META, sent, { within: 'metadata' })
  if (!metadata.ok) return { ok: false, why: metadata.error }
  const unknown = [...metadata.strict, ...unknownFields(resource.schema, record)].sort()
  const repeated = duplicates.map((path) => `duplicate field "${path}"`)
  const own: ObjectMeta = metadata.value
  return { ok: true, object: { ...record, metadata: own }, strict: [...repeated, ...unknown] }
}

/** What became of reading an object: itself, or why it cannot be handled. */
export type Attempt =
  | ({ ok: true } & DecodedObject)
  | { ok: false; why: string; kind?: string; version?: string }

/** How an object came: what its text gave twice, or that it is the outcome of a patch, and of which. */
export interface Origin {
  duplicates?: readonly string[]
  patch?: Dialect
}

/** Reads an object that a client sent for a resource. Throws the Status of what is no object of any kind. */
export function attemptDecode(resource: Resource, value: unknown, origin: Origin = {}): Attempt {
  // Go reads null as nothing at all.
  const sent = value === null && !resource.custom ? {} : value
  const { kind, apiVersion, record } = typeOf(resource, sent)
  const type = { kind: resource.kind, apiVersion: apiVersionOf(resource) }
  const { duplicates = [], patch } = origin
  if (resource.custom) {
    checkCustomType(resource, record, kind, apiVersion, patch !== undefined)
    const decoded = decodeCustom(resource, record, duplicates)
    return decoded.ok ? { ...decoded, object: { ...decoded.object, ...type } } : decoded
  }
  if (apiVersion.split('/').length > 2) {
    throw unrecognized(resource, record, `unexpected GroupVersion string: ${apiVersion}`)
  }
  const foreign = foreignType(resource, kind || type.kind, apiVersion || type.apiVersion)
  if (foreign)
    return { ok: false, why: foreign, kind, version: splitVersion(apiVersion || type.apiVersion)[1] }
  const schema = schemaNameOf(resource.group, resource.version, resource.kind)
  if (!schema) {
    const metadata: ObjectMeta = isRecord(record.metadata) ? record.metadata : {}
    return { ok: true, object: { ...record, ...type, metadata }, strict: [] }
  }
  const decoded = decodeStruct(schema, record, { duplicates, dialect: patch ?? 'json' })
  if (!decoded.ok) return { ok: false, why: decoded.error }
  const metadata: ObjectMeta = isRecord(decoded.value.metadata) ? decoded.value.metadata : {}
  const strict = patch === 'unstructured' ? [...decoded.strict].sort() : decoded.strict
  return { ok: true, object: { ...decoded.value, ...type, metadata }, strict }
}

/**
 * Reads an object that a client sent for a resource. Throws 400 in the original's words when it is of another kind
 * or a field is of the wrong type. `duplicates` are the paths that its text gave twice.
 */
export function decodeWithStrictness(
  resource: Resource,
  value: unknown,
  duplicates: readonly string[] = [],
): DecodedObject {
  const attempt = attemptDecode(resource, value, { duplicates })
  if (attempt.ok) return attempt
  const { why, kind = resource.kind, version = resource.version } = attempt
  throw badRequest(
    `${kind || resource.kind} in version "${version}" cannot be handled as a ${resource.kind}: ${why}`,
  )
}

/** The object alone: what its schema does not know is dropped without a word. */
export const decodeObject = (resource: Resource, value: unknown): KubeJson =>
  decodeWithStrictness(resource, value).object
