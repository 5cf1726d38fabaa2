import type { JsonRecord } from '../json.ts'
import { isRecord } from '../json.ts'
import { base64Fault, SPECIAL_READERS } from './decode-special.ts'
import type { Place } from './decode-place.ts'
import { pathOf } from './decode-place.ts'
import type { GoKind, Reading } from './decode-words.ts'
import { inconvertible, mismatch, unreadable } from './decode-words.ts'
import type { FieldFacts } from './field-notation.ts'
import { derivedGoType } from './go-type.ts'
import { once } from './once.ts'
import type { SchemaNode } from './schema-node.ts'
import { referenceOf } from './schema-node.ts'
import { structOf } from './structure.ts'

/** Reads a value that is not null. Made once for each field, since objects are read all the time. */
type Read = (value: unknown, place: Place | undefined, reading: Reading) => unknown

interface Field {
  read: Read
  /** What Go writes when it is not there; undefined for nothing. */
  absent: () => unknown
  /** Whether an empty value is written, too. */
  keepsEmpty: boolean
  within: string | undefined
}

const RANGES: Readonly<Record<string, number>> = { int32: 2 ** 31, int64: 2 ** 63 }
const EXTENSIONS = 'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.'
/** Unions of a schema and something else, which Go tells apart by how they begin. */
const UNIONS = new Set(['JSONSchemaPropsOrArray', 'JSONSchemaPropsOrBool', 'JSONSchemaPropsOrStringArray'])
/** What is not null although nobody has set it. */
const FILLED: Readonly<Record<string, unknown>> = {
  'io.k8s.apimachinery.pkg.api.resource.Quantity': '0',
  'io.k8s.apimachinery.pkg.util.intstr.IntOrString': 0,
}

function wrong(goType: string, kind: GoKind, number = false): Read {
  return (value, place, reading) => {
    reading.error ??=
      reading.dialect === 'json' ? mismatch(value, goType, place, number) : inconvertible(value, goType, kind)
    return undefined
  }
}

function scalarKind({ type, format }: SchemaNode): GoKind {
  if (type === 'integer') return format === 'int32' ? 'int32' : 'int64'
  if (type === 'number') return 'float64'
  return type === 'boolean' ? 'bool' : 'string'
}

function scalar(node: SchemaNode, goType: string): Read {
  const kind = scalarKind(node)
  const ofAnotherType = wrong(goType, kind)
  if (node.type === 'integer') {
    const limit = RANGES[node.format ?? 'int64'] ?? Infinity
    const outOfRange = wrong(goType, kind, true)
    return (value, place, reading) => {
      if (typeof value !== 'number') return ofAnotherType(value, place, reading)
      const fits = Number.isInteger(value) && value >= -limit && value < limit
      return fits ? value : outOfRange(value, place, reading)
    }
  }
  if (node.format === 'byte') {
    return (value, place, reading) => {
      if (typeof value !== 'string') return ofAnotherType(value, place, reading)
      const fault = base64Fault(value)
      if (fault) throw unreadable(fault)
      return value
    }
  }
  const { type } = node
  return (value, place, reading) =>
    type === undefined || typeof value === type ? value : ofAnotherType(value, place, reading)
}

function list(items: SchemaNode, goType: string): Read {
  const read = readerOf(items, goType.startsWith('[]') ? goType.slice(2) : derivedGoType(items))
  const refuse = wrong(goType, 'slice')
  return (value, place, reading) => {
    if (!Array.isArray(value)) return refuse(value, place, reading)
    return value.map((item: unknown, step) =>
      item === null ? zeroOf(items) : read(item, { up: place, step }, reading),
    )
  }
}

function repeated(reading: Reading, place: Place): void {
  if (reading.duplicates.size === 0) return
  const path = pathOf(place)
  if (reading.duplicates.has(path)) reading.strict.push(`duplicate field "${path}"`)
}

function map(values: SchemaNode, goType: string): Read {
  const read = readerOf(values, derivedGoType(values))
  const refuse = wrong(goType, 'map')
  return (value, place, reading) => {
    if (!isRecord(value)) return refuse(value, place, reading)
    const entries = Object.entries(value).map(([step, item]) => {
      const at = { up: place, step }
      repeated(reading, at)
      return [step, item === null ? zeroOf(values) : read(item, at, reading)] as const
    })
    return Object.fromEntries(entries)
  }
}

function readerOf(node: SchemaNode, goType: string): Read {
  const name = referenceOf(node)
  if (name) return later(() => structReader(name))
  if (node.items) return list(node.items, goType)
  return node.additionalProperties ? map(node.additionalProperties, goType) : scalar(node, goType)
}

const NOTHING: Reading = { error: undefined, strict: [], duplicates: new Set(), dialect: 'json' }

function zeroOf(node: SchemaNode): unknown {
  const name = referenceOf(node)
  if (name) return name in SPECIAL_READERS ? null : structReader(name)({}, undefined, NOTHING)
  if (node.items || node.additionalProperties) return null
  if (node.type === 'string') return ''
  return node.type === 'boolean' ? false : 0
}

function absence({ node, pointer, filled, kept, omitted }: FieldFacts): () => unknown {
  const name = referenceOf(node)
  const value = (zero: unknown) => () => zero
  if (pointer || omitted) return value(undefined)
  if (filled) return value(FILLED[name ?? ''] ?? null)
  if (name) return isRecord(node.default) ? () => zeroOf(node) : value(undefined)
  if (node.items || node.additionalProperties) return value(kept ? null : undefined)
  return value(node.default === zeroOf(node) ? node.default : undefined)
}

function fieldOf(facts: FieldFacts): Field {
  const { node, goType, pointer, kept, omitted, within } = facts
  const written = node.default !== undefined && !omitted
  return {
    read: readerOf(node, goType ?? derivedGoType(node)),
    absent: absence(facts),
    keepsEmpty: Boolean(pointer || referenceOf(node) || kept || written),
    within,
  }
}

function isEmpty(value: unknown): boolean {
  if (value === '' || value === 0 || value === false) return true
  if (Array.isArray(value)) return value.length === 0
  return isRecord(value) && Object.keys(value).length === 0
}

const shortName = (schema: string) => schema.slice(schema.lastIndexOf('.') + 1)

function struct(name: string): Read {
  const facts = structOf(name)
  if (!facts) return (value) => value
  const fields = new Map([...facts.fields].map(([key, one]) => [key, fieldOf(one)]))
  const own = shortName(name)
  const refuse = wrong(name.split('.').slice(-2).join('.'), 'struct')
  return (value, place, reading) => {
    if (!isRecord(value)) return refuse(value, place, reading)
    const read: JsonRecord = {}
    for (const [step, member] of Object.entries(value)) {
      const field = fields.get(step)
      const at: Place = { up: place, step, struct: own, within: field?.within }
      repeated(reading, at)
      if (!field) reading.strict.push(`unknown field "${pathOf(at)}"`)
      else if (member !== null && member !== undefined) {
        const found = field.read(member, at, reading)
        if (found !== undefined && (field.keepsEmpty || !isEmpty(found))) read[step] = found
      }
    }
    for (const [key, field] of fields) {
      if (read[key] !== undefined) continue
      const zero = field.absent()
      if (zero !== undefined) read[key] = zero
    }
    return read
  }
}

function union(name: string): Read {
  const schema = structReader(`${EXTENSIONS}JSONSchemaProps`)
  const isSchema = name !== `${EXTENSIONS}JSONSchemaPropsOrStringArray`
  return (value, place, reading) => (isSchema && isRecord(value) ? schema(value, place, reading) : value)
}

const readers = new Map<string, Read>()

/** Reads a value as a struct of Go, by the name of its schema; what no schema describes is taken as it is. */
export function structReader(name: string): Read {
  const known = readers.get(name)
  if (known) return known
  const special = SPECIAL_READERS[name]
  const isUnion = name.startsWith(EXTENSIONS) && UNIONS.has(shortName(name))
  const made = special ?? (isUnion ? later(() => union(name)) : struct(name))
  readers.set(name, made)
  return made
}

/** A reader that is made when it is first used: schemas hold others of their own kind. */
function later(make: () => Read): Read {
  const reader = once(make)
  return (value, place, reading) => reader()(value, place, reading)
}
