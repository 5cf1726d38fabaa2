import { isRecord } from '../json.ts'
import type { JsonRecord } from '../json.ts'
import { base64Fault, SPECIAL_READERS } from './decode-special.ts'
import type { Dialect, GoKind, Place, Reading } from './decode-words.ts'
import { inconvertible, isUnreadable, mismatch, unreadable } from './decode-words.ts'
import type { FieldFacts } from './field-notation.ts'
import { derivedGoType } from './go-type.ts'
import type { SchemaNode } from './schema-node.ts'
import { referenceOf } from './schema-node.ts'
import { structOf } from './structure.ts'

const RANGES: Readonly<Record<string, number>> = { int32: 2 ** 31, int64: 2 ** 63 }
const EXTENSIONS = 'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.'
const SCHEMA = `${EXTENSIONS}JSONSchemaProps`

const shortName = (schema: string) => schema.slice(schema.lastIndexOf('.') + 1)

/** What is not null although nobody has set it. */
const FILLED: Readonly<Record<string, unknown>> = {
  'io.k8s.apimachinery.pkg.api.resource.Quantity': '0',
  'io.k8s.apimachinery.pkg.util.intstr.IntOrString': 0,
}

interface Wrong {
  value: unknown
  goType: string
  kind: GoKind
  place: Place
  /** Of the right kind, but out of range. */
  number?: boolean
}

function complain(reading: Reading, { value, goType, kind, place, number }: Wrong): undefined {
  reading.error ??=
    reading.dialect === 'json' ? mismatch(value, goType, place, number) : inconvertible(value, goType, kind)
}

function scalarKind({ type, format }: SchemaNode): GoKind {
  if (type === 'integer') return format === 'int32' ? 'int32' : 'int64'
  if (type === 'number') return 'float64'
  return type === 'boolean' ? 'bool' : 'string'
}

/** Unions of a schema and something else, which Go tells apart by how they begin. */
function union(name: string, value: unknown, place: Place, reading: Reading): { value: unknown } | undefined {
  if (name === `${EXTENSIONS}JSONSchemaPropsOrBool` || name === `${EXTENSIONS}JSONSchemaPropsOrArray`) {
    return { value: isRecord(value) ? readStruct(SCHEMA, value, place, reading) : value }
  }
  return name === `${EXTENSIONS}JSONSchemaPropsOrStringArray` ? { value } : undefined
}

function readScalar(
  node: SchemaNode,
  goType: string,
  value: unknown,
  place: Place,
  reading: Reading,
): unknown {
  const wrong = (number = false) =>
    complain(reading, { value, goType, kind: scalarKind(node), place, number })
  if (node.type === 'integer') {
    if (typeof value !== 'number') return wrong()
    const limit = RANGES[node.format ?? 'int64'] ?? Infinity
    return Number.isInteger(value) && value >= -limit && value < limit ? value : wrong(true)
  }
  if (typeof value !== (node.type ?? typeof value)) return wrong()
  if (node.format === 'byte') {
    const fault = base64Fault(String(value))
    if (fault) throw unreadable(fault)
  }
  return value
}

/** Reads what is not null. */
function readValue(
  node: SchemaNode,
  goType: string,
  value: unknown,
  place: Place,
  reading: Reading,
): unknown {
  const name = referenceOf(node)
  if (name) return readStruct(name, value, place, reading)
  if (node.items) {
    const { items } = node
    if (!Array.isArray(value)) return complain(reading, { value, goType, kind: 'slice', place })
    const itemType = goType.startsWith('[]') ? goType.slice(2) : derivedGoType(items)
    return value.map((item: unknown, index) => {
      const at = { ...place, path: `${place.path}[${index}]` }
      return item === null ? zeroValue(items) : readValue(items, itemType, item, at, reading)
    })
  }
  if (node.additionalProperties) {
    const { additionalProperties } = node
    if (!isRecord(value)) return complain(reading, { value, goType, kind: 'map', place })
    const entries = Object.entries(value).map(([key, item]) => {
      const at = { ...place, path: `${place.path}.${key}` }
      if (reading.duplicates.has(at.path)) reading.strict.push(`duplicate field "${at.path}"`)
      const type = derivedGoType(additionalProperties)
      return [
        key,
        item === null
          ? zeroValue(additionalProperties)
          : readValue(additionalProperties, type, item, at, reading),
      ]
    })
    return Object.fromEntries(entries) as JsonRecord
  }
  return readScalar(node, goType, value, place, reading)
}

function zeroValue(node: SchemaNode): unknown {
  const name = referenceOf(node)
  if (name) return name in SPECIAL_READERS ? null : zeroStruct(name)
  if (node.items || node.additionalProperties) return null
  if (node.type === 'string') return ''
  return node.type === 'boolean' ? false : 0
}

/** What Go writes for a struct of which nothing is set. */
function zeroStruct(name: string): JsonRecord {
  return readStruct(name, {}, { struct: '', fields: [], path: '' }, newReading()) as JsonRecord
}

/** What Go writes of a field that is not there; undefined for nothing. */
function absent({ node, pointer, filled, kept, omitted }: FieldFacts): unknown {
  if (pointer || omitted) return undefined
  if (filled) return FILLED[referenceOf(node) ?? ''] ?? null
  const zero = node.default
  if (referenceOf(node)) return isRecord(zero) ? zeroValue(node) : undefined
  if (node.items || node.additionalProperties) return kept ? null : undefined
  return zero === zeroValue(node) ? zero : undefined
}

function isEmpty(node: SchemaNode, value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0
  if (node.additionalProperties && isRecord(value)) return Object.keys(value).length === 0
  return value === '' || value === 0 || value === false
}

function readField(facts: FieldFacts, value: unknown, place: Place, reading: Reading): unknown {
  const { node, pointer, omitted } = facts
  if (value === null || value === undefined) return undefined
  const read = readValue(node, facts.goType ?? derivedGoType(node), value, place, reading)
  const written = node.default !== undefined && !omitted
  const kept = pointer || referenceOf(node) || facts.kept || written
  return !kept && isEmpty(node, read) ? undefined : read
}

function readStruct(name: string, value: unknown, place: Place, reading: Reading): unknown {
  const special = SPECIAL_READERS[name]
  if (special) return special(value, place)
  const either = union(name, value, place, reading)
  if (either) return either.value
  const facts = structOf(name)
  if (!facts) return value
  if (!isRecord(value)) {
    const goType = name.split('.').slice(-2).join('.')
    return complain(reading, { value, goType, kind: 'struct', place })
  }
  const read: JsonRecord = {}
  for (const [key, member] of Object.entries(value)) {
    const field = facts.fields.get(key)
    const path = place.path ? `${place.path}.${key}` : key
    if (reading.duplicates.has(path)) reading.strict.push(`duplicate field "${path}"`)
    if (!field) {
      reading.strict.push(`unknown field "${path}"`)
      continue
    }
    const within = field.within ? field.within.split('.') : []
    const at = { struct: shortName(name), fields: [...place.fields, ...within, key], path }
    const found = readField(field, member, at, reading)
    if (found !== undefined) read[key] = found
  }
  for (const [key, field] of facts.fields) {
    if (read[key] !== undefined) continue
    const zero = absent(field)
    if (zero !== undefined) read[key] = zero
  }
  return read
}

function newReading(duplicates: Iterable<string> = [], dialect: Dialect = 'json'): Reading {
  return { error: undefined, strict: [], duplicates: new Set(duplicates), dialect }
}

/** An object as the original would hold it, or why it cannot be read; `strict` tells of fields that are dropped. */
export type Decoded =
  | { ok: true; value: JsonRecord; strict: readonly string[] }
  | { ok: false; error: string }

/** How to read: where the value stands, which paths its text gives twice, and in whose words errors are told. */
export interface DecodeOptions {
  within?: string
  duplicates?: Iterable<string>
  dialect?: Dialect
}

/**
 * Reads a value as the struct of a built-in schema: types are checked, unknown fields dropped, zero values left
 * out or filled in as Go does. Errors are worded as Go words them.
 */
export function decodeStruct(name: string, value: JsonRecord, options: DecodeOptions = {}): Decoded {
  const reading = newReading(options.duplicates, options.dialect)
  try {
    const read = readStruct(name, value, { struct: '', fields: [], path: options.within ?? '' }, reading)
    if (reading.error !== undefined || !isRecord(read)) return { ok: false, error: reading.error ?? '' }
    return { ok: true, value: read, strict: reading.strict }
  } catch (error) {
    if (isUnreadable(error)) return { ok: false, error: error.message }
    throw error
  }
}
