import type { Environment } from '@marcbachmann/cel-js'
import { Duration } from '@marcbachmann/cel-js/evaluator'
import { parseDuration } from './cel-duration.ts'
import { celName } from './cel-names.ts'
import { isRecord, sameJson } from './json.ts'
import type { SchemaNode } from './schema-node.ts'
import { schemaNode } from './schema-node.ts'

/** How rules see the values of a schema. */
export interface CelType {
  /** As the environment knows it. */
  name: string
  /** A value that the schema allows, as CEL wants it: whole numbers as bigint, objects without absent fields. */
  convert: (value: unknown) => unknown
}

const same = (value: unknown) => value
const text: CelType = { name: 'string', convert: same }
const SCALARS: Readonly<Record<string, CelType>> = {
  boolean: { name: 'bool', convert: same },
  integer: {
    name: 'int',
    convert: (value) => (typeof value === 'number' ? BigInt(Math.trunc(value)) : value),
  },
  number: { name: 'double', convert: same },
  string: text,
}
const TIME: CelType = {
  name: 'google.protobuf.Timestamp',
  convert: (value) => new Date(String(value)),
}
const FORMATS: Readonly<Record<string, CelType>> = {
  byte: { name: 'bytes', convert: (value) => Uint8Array.from(Buffer.from(String(value), 'base64')) },
  date: TIME,
  'date-time': TIME,
  duration: { name: 'google.protobuf.Duration', convert: (value) => durationOf(String(value)) },
}
const INT_OR_STRING: CelType = {
  name: 'dyn',
  convert: (value) => (typeof value === 'number' && Number.isInteger(value) ? BigInt(value) : value),
}

function durationOf(value: string): Duration {
  return Duration.fromMilliseconds(parseDuration(value) ?? 0)
}

/** What the root of a resource has for rules, whatever its schema says. */
const ROOT = schemaNode({
  type: 'object',
  properties: {
    kind: { type: 'string' },
    apiVersion: { type: 'string' },
    metadata: {
      type: 'object',
      properties: { name: { type: 'string' }, generateName: { type: 'string' } },
    },
  },
})

/** Declares the types of a schema to an environment, each once. */
export interface TypeDeclarations {
  /** Undefined for what rules cannot see: schemas without a type, unknown fields. */
  of(node: SchemaNode, isRoot: boolean): CelType | undefined
}

/**
 * Objects become instances of a class per schema, by which CEL tells their types apart. `nameOf` is how expressions name a
 * property; those of custom resources need an escape for some.
 */
export function typeDeclarations(
  environment: Environment,
  nameOf: (property: string) => string | undefined = celName,
): TypeDeclarations {
  const known = new Map<SchemaNode, CelType | undefined>()

  const objectType = (node: SchemaNode, isRoot: boolean): CelType => {
    const properties = isRoot ? new Map([...node.properties, ...ROOT.properties]) : node.properties
    const fields: Record<string, string> = {}
    const converts = new Map<string, { field: string; convert: CelType['convert'] }>()
    for (const [name, property] of properties) {
      const field = nameOf(name)
      const type = of(property, property.embedded)
      if (field === undefined || type === undefined) continue
      fields[field] = property.nullable ? 'dyn' : type.name
      converts.set(name, { field, convert: type.convert })
    }
    class CelObject extends Map<string, unknown> {
      readonly source: unknown
      constructor(source: unknown) {
        super()
        this.source = source
        for (const [name, value] of Object.entries(isRecord(source) ? source : {})) {
          const found = converts.get(name)
          if (found && value !== undefined)
            this.set(found.field, value === null ? null : found.convert(value))
        }
      }
    }
    const name = `Object${known.size}`
    environment.registerType(name, { ctor: CelObject, fields })
    // An object can be asked whether it is null, and never is.
    environment.registerOperator(`${name} == null`, () => false)
    environment.registerOperator(`${name} == ${name}`, (a: CelObject, b: CelObject) =>
      sameJson(a.source, b.source),
    )
    return { name, convert: (value) => new CelObject(value) }
  }

  const mapType = (values: CelType): CelType => ({
    name: `map<string, ${values.name}>`,
    convert: (value) =>
      new Map(Object.entries(isRecord(value) ? value : {}).map(([key, one]) => [key, values.convert(one)])),
  })

  const listType = (items: CelType): CelType => ({
    name: `list<${items.name}>`,
    convert: (value) => (Array.isArray(value) ? value.map(items.convert) : []),
  })

  const declare = (node: SchemaNode, isRoot: boolean): CelType | undefined => {
    if (node.intOrString) return INT_OR_STRING
    if (node.type === 'array') {
      const items = node.items && of(node.items, node.items.embedded)
      return items && listType(items)
    }
    if (node.type !== 'object') {
      const format = node.type === 'string' ? FORMATS[node.format] : undefined
      return format ?? SCALARS[node.type]
    }
    if (node.additional === undefined || node.additional === true) return objectType(node, isRoot)
    const values = of(node.additional, node.additional.embedded)
    return values && mapType(values)
  }

  const of = (node: SchemaNode, isRoot: boolean): CelType | undefined => {
    if (known.has(node)) return known.get(node)
    const type = declare(node, isRoot)
    known.set(node, type)
    return type
  }
  return { of }
}
