import { kubeTime } from '../kube-time.ts'
import type { JsonRecord } from './json.ts'
import { isRecord } from './json.ts'
import type { ProtoField } from './protobuf-fields.ts'
import { protoFields } from './protobuf-fields.ts'
import type { RawField } from './protobuf.ts'
import { rawFields } from './protobuf.ts'
import { badRequest, statusError } from './status.ts'

const numberIn = (fields: readonly RawField[], number: number) => {
  const found = fields.find((one) => one.number === number)
  return found?.wire === 'number' ? Number(BigInt.asIntN(64, found.value)) : 0
}
const bytesIn = (fields: readonly RawField[], number: number) => {
  const found = fields.find((one) => one.number === number)
  return found?.wire === 'bytes' ? found.value : Buffer.alloc(0)
}
const textIn = (fields: readonly RawField[], number: number) => bytesIn(fields, number).toString('utf8')

const MILLIS_PER_SECOND = 1000
const NANOS_PER_MICRO = 1000

function time(fields: readonly RawField[]): string | undefined {
  if (fields.length === 0) return undefined
  return kubeTime(numberIn(fields, 1) * MILLIS_PER_SECOND)
}

function microTime(fields: readonly RawField[]): string | undefined {
  const micros = Math.floor(numberIn(fields, 2) / NANOS_PER_MICRO)
  return time(fields)?.replace('Z', `.${String(micros).padStart(6, '0')}Z`)
}

const parsedJson = (bytes: Buffer): unknown =>
  bytes.length > 0 ? JSON.parse(bytes.toString('utf8')) : undefined

/** Messages that are something else than an object in JSON. */
const SPECIAL: Readonly<Record<string, (fields: readonly RawField[]) => unknown>> = {
  'meta/v1.Time': time,
  'meta/v1.MicroTime': microTime,
  'meta/v1.FieldsV1': (fields) => parsedJson(bytesIn(fields, 1)),
  'k8s.io.apimachinery.pkg.runtime.RawExtension': (fields) => parsedJson(bytesIn(fields, 1)),
  'k8s.io.apimachinery.pkg.api.resource.Quantity': (fields) => textIn(fields, 1),
  'k8s.io.apimachinery.pkg.util.intstr.IntOrString': (fields) =>
    numberIn(fields, 1) === 0 ? numberIn(fields, 2) : textIn(fields, 3),
  'authentication/v1.ExtraValue': (fields) => fields.map((one) => String(one.value)),
  'authorization/v1.ExtraValue': (fields) => fields.map((one) => String(one.value)),
}

const SCALARS: Readonly<Record<string, (raw: RawField) => unknown>> = {
  text: (raw) => String(raw.value),
  bytes: (raw) => (raw.wire === 'bytes' ? raw.value.toString('base64') : ''),
  truth: (raw) => raw.value === 1n,
  whole: (raw) => (raw.wire === 'number' ? Number(BigInt.asIntN(64, raw.value)) : 0),
  real: (raw) => (raw.wire === 'bytes' ? raw.value.readDoubleLE() : 0),
}

function valueOf(type: string, raw: RawField): unknown {
  const scalar = SCALARS[type]
  if (scalar) return scalar(raw)
  const bytes = raw.wire === 'bytes' ? raw.value : Buffer.alloc(0)
  const special = SPECIAL[type]
  return special ? special(rawFields(bytes)) : readMessage(type, bytes)
}

const isZero = (value: unknown) =>
  value === undefined ||
  value === '' ||
  value === 0 ||
  value === false ||
  (isRecord(value) && Object.keys(value).length === 0)

function addEntry(object: JsonRecord, { name, type }: ProtoField, bytes: Buffer): void {
  const fields = rawFields(bytes)
  const raw = fields.find((one) => one.number === 2) ?? { number: 2, wire: 'bytes', value: Buffer.alloc(0) }
  const before = isRecord(object[name]) ? object[name] : {}
  object[name] = { ...before, [textIn(fields, 1)]: valueOf(type, raw) }
}

function add(object: JsonRecord, field: ProtoField, raw: RawField): void {
  const { name, shape } = field
  if (shape === 'map') {
    if (raw.wire === 'bytes') addEntry(object, field, raw.value)
    return
  }
  const value = valueOf(field.type, raw)
  if (shape === 'list') {
    const before: unknown = object[name]
    object[name] = [...(Array.isArray(before) ? before : []), value]
  } else if (field.inline && isRecord(value)) Object.assign(object, value)
  else if (value !== undefined && (field.keepsZero || !isZero(value))) object[name] = value
}

function readMessage(message: string, bytes: Buffer): JsonRecord {
  const known = protoFields(message)
  const object: JsonRecord = {}
  for (const raw of rawFields(bytes)) {
    const field = known?.get(raw.number)
    if (field) add(object, field, raw)
  }
  return object
}

/** Four bytes before every message that Kubernetes writes. */
const MAGIC = Buffer.from([0x6b, 0x38, 0x73, 0])

/** The message of a kind; groups are known by the first part of their name there. */
function messageOf(apiVersion: string, kind: string): string {
  const [group = '', version] = apiVersion.includes('/') ? apiVersion.split('/') : ['core', apiVersion]
  const own = `${group.split('.')[0]}/${version}.${kind}`
  return protoFields(own) ? own : `meta/v1.${kind}`
}

/** Reads an object in Kubernetes' protobuf envelope. Throws 400 for nonsense, 415 for kinds that are not built in. */
export function readProtobuf(bytes: Buffer): JsonRecord {
  if (!bytes.subarray(0, MAGIC.length).equals(MAGIC)) {
    throw badRequest(
      'the object provided is unrecognized: it does not begin as a Kubernetes protobuf message',
    )
  }
  const envelope = rawFields(bytes.subarray(MAGIC.length))
  const typeMeta = rawFields(bytesIn(envelope, 1))
  const apiVersion = textIn(typeMeta, 1)
  const kind = textIn(typeMeta, 2)
  const message = messageOf(apiVersion, kind)
  if (!protoFields(message)) {
    const why = `this server reads ${kind || 'such objects'} as application/json only`
    throw statusError(415, 'UnsupportedMediaType', why)
  }
  return { apiVersion, kind, ...readMessage(message, bytesIn(envelope, 2)) }
}
