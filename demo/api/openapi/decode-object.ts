import type { ObjectMeta } from '../../../lib/cocoon/kube-json.ts'
import type { JsonRecord, KubeJson } from '../json.ts'
import { isRecord } from '../json.ts'
import type { Resource } from '../resource.ts'
import { apiVersionOf } from '../resource.ts'
import { badRequest, invalid } from '../status.ts'
import { unknownFields } from './custom-fields.ts'
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

function checkBuiltinType(resource: Resource, kind: string, apiVersion: string): void {
  if (kind === resource.kind && apiVersion === apiVersionOf(resource)) return
  const [group, version] = splitVersion(apiVersion)
  const schema = schemaNameOf(group, version, kind)
  const why = schema
    ? `converting (${schema.split('.').slice(-2).join('.')}) to (${internalGroup(resource.group)}.${resource.kind}): unknown conversion`
    : `no kind "${kind}" is registered for version "${apiVersion}" in scheme "pkg/runtime/scheme.go:111"`
  throw badRequest(`${kind} in version "${version}" cannot be handled as a ${resource.kind}: ${why}`)
}

function checkCustomType(resource: Resource, value: JsonRecord, kind: string, apiVersion: string): void {
  const expected = apiVersionOf(resource)
  if (kind === '') {
    throw unrecognized(resource, value, `Object 'Kind' is missing in '${JSON.stringify(value)}'`)
  }
  if (apiVersion !== expected) {
    const texts = `(${apiVersion}) does not match the expected API version (${expected})`
    throw badRequest(`the API version in the data ${texts}`)
  }
  if (kind === resource.kind) return
  const name = isRecord(value.metadata) && typeof value.metadata.name === 'string' ? value.metadata.name : ''
  const message = `Invalid value: ${JSON.stringify(kind)}: must be ${resource.kind}`
  throw invalid({ ...resource, kind }, name, [{ reason: 'FieldValueInvalid', message, field: 'kind' }])
}

const cannotBeHandled = (resource: Resource, why: string) =>
  badRequest(
    `${resource.kind} in version "${resource.version}" cannot be handled as a ${resource.kind}: ${why}`,
  )

function decodeCustom(resource: Resource, record: JsonRecord, duplicates: readonly string[]): DecodedObject {
  const sent = record.metadata ?? {}
  if (!isRecord(sent)) {
    const found = Array.isArray(sent) ? 'array' : typeof sent === 'boolean' ? 'bool' : typeof sent
    throw cannotBeHandled(resource, `json: cannot unmarshal ${found} into Go value of type v1.ObjectMeta`)
  }
  const metadata = decodeStruct(OBJECT_META, sent, 'metadata')
  if (!metadata.ok) throw cannotBeHandled(resource, metadata.error)
  const unknown = [...metadata.strict, ...unknownFields(resource.schema, record)].sort()
  const repeated = duplicates.map((path) => `duplicate field "${path}"`)
  const own: ObjectMeta = metadata.value
  return { object: { ...record, metadata: own }, strict: [...repeated, ...unknown] }
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
  // Go reads null as nothing at all.
  const sent = value === null && !resource.custom ? {} : value
  const { kind, apiVersion, record } = typeOf(resource, sent)
  const type = { kind: resource.kind, apiVersion: apiVersionOf(resource) }
  if (resource.custom) {
    checkCustomType(resource, record, kind, apiVersion)
    const decoded = decodeCustom(resource, record, duplicates)
    return { ...decoded, object: { ...decoded.object, ...type } }
  }
  checkBuiltinType(resource, kind || type.kind, apiVersion || type.apiVersion)
  const schema = schemaNameOf(resource.group, resource.version, resource.kind)
  if (!schema) return { object: { ...record, ...type, metadata: record.metadata ?? {} }, strict: [] }
  const decoded = decodeStruct(schema, record, '', duplicates)
  if (!decoded.ok) throw cannotBeHandled(resource, decoded.error)
  const metadata: ObjectMeta = isRecord(decoded.value.metadata) ? decoded.value.metadata : {}
  return { object: { ...decoded.value, ...type, metadata }, strict: decoded.strict }
}

/** The object alone: what its schema does not know is dropped without a word. */
export const decodeObject = (resource: Resource, value: unknown): KubeJson =>
  decodeWithStrictness(resource, value).object
