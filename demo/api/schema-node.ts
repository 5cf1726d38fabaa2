import type { JsonRecord } from './json.ts'
import { isRecord } from './json.ts'

/** One rule of x-kubernetes-validations. */
export interface ValidationRule {
  rule: string
  message: string
  messageExpression: string
  reason: string | undefined
  fieldPath: string
  optionalOldSelf: boolean | undefined
}

/** A schema of a CustomResourceDefinition, with all that this server reads of it. */
export interface SchemaNode {
  type: string
  format: string
  nullable: boolean
  properties: ReadonlyMap<string, SchemaNode>
  /** Undefined when the object has no members beyond its properties; true when they may be anything. */
  additional: SchemaNode | true | undefined
  items: SchemaNode | undefined
  required: readonly string[]
  enumeration: readonly unknown[] | undefined
  /** Of numbers, lengths, items and properties; absent ones do not limit. */
  limits: Readonly<Record<Limit, number | undefined>>
  exclusiveMinimum: boolean
  exclusiveMaximum: boolean
  multipleOf: number | undefined
  uniqueItems: boolean
  pattern: string | undefined
  default: unknown
  allOf: readonly SchemaNode[]
  anyOf: readonly SchemaNode[]
  oneOf: readonly SchemaNode[]
  not: SchemaNode | undefined
  intOrString: boolean
  preserve: boolean
  embedded: boolean
  listType: string
  listKeys: readonly string[]
  rules: readonly ValidationRule[]
}

const LIMITS = [
  'minimum',
  'maximum',
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  'minProperties',
  'maxProperties',
] as const
export type Limit = (typeof LIMITS)[number]

const text = (raw: JsonRecord, name: string) => {
  const value = raw[name]
  return typeof value === 'string' ? value : ''
}
const numeric = (raw: JsonRecord, name: string) => {
  const value = raw[name]
  return typeof value === 'number' ? value : undefined
}
const listOf = (raw: JsonRecord, name: string): readonly unknown[] => {
  const value = raw[name]
  return Array.isArray(value) ? value : []
}
const nodes = (raw: JsonRecord, name: string) => listOf(raw, name).map(schemaNode)
const texts = (raw: JsonRecord, name: string) => listOf(raw, name).filter((one) => typeof one === 'string')

function limitsOf(raw: JsonRecord): SchemaNode['limits'] {
  return {
    minimum: numeric(raw, 'minimum'),
    maximum: numeric(raw, 'maximum'),
    minLength: numeric(raw, 'minLength'),
    maxLength: numeric(raw, 'maxLength'),
    minItems: numeric(raw, 'minItems'),
    maxItems: numeric(raw, 'maxItems'),
    minProperties: numeric(raw, 'minProperties'),
    maxProperties: numeric(raw, 'maxProperties'),
  }
}

function ruleOf(value: unknown): ValidationRule {
  const raw = isRecord(value) ? value : {}
  return {
    rule: text(raw, 'rule'),
    message: text(raw, 'message'),
    messageExpression: text(raw, 'messageExpression'),
    reason: typeof raw.reason === 'string' ? raw.reason : undefined,
    fieldPath: text(raw, 'fieldPath'),
    optionalOldSelf: typeof raw.optionalOldSelf === 'boolean' ? raw.optionalOldSelf : undefined,
  }
}

function additionalOf(value: unknown): SchemaNode['additional'] {
  if (value === true) return true
  return isRecord(value) ? schemaNode(value) : undefined
}

function read(raw: JsonRecord): SchemaNode {
  const properties = isRecord(raw.properties) ? raw.properties : {}
  const pattern = text(raw, 'pattern')
  return {
    type: text(raw, 'type'),
    format: text(raw, 'format'),
    nullable: raw.nullable === true,
    properties: new Map(Object.entries(properties).map(([name, one]) => [name, schemaNode(one)])),
    additional: additionalOf(raw.additionalProperties),
    items: isRecord(raw.items) ? schemaNode(raw.items) : undefined,
    required: texts(raw, 'required'),
    enumeration: Array.isArray(raw.enum) ? raw.enum : undefined,
    limits: limitsOf(raw),
    exclusiveMinimum: raw.exclusiveMinimum === true,
    exclusiveMaximum: raw.exclusiveMaximum === true,
    multipleOf: numeric(raw, 'multipleOf'),
    uniqueItems: raw.uniqueItems === true,
    pattern: pattern || undefined,
    default: raw.default,
    allOf: nodes(raw, 'allOf'),
    anyOf: nodes(raw, 'anyOf'),
    oneOf: nodes(raw, 'oneOf'),
    not: isRecord(raw.not) ? schemaNode(raw.not) : undefined,
    intOrString: raw['x-kubernetes-int-or-string'] === true,
    preserve: raw['x-kubernetes-preserve-unknown-fields'] === true,
    embedded: raw['x-kubernetes-embedded-resource'] === true,
    listType: text(raw, 'x-kubernetes-list-type'),
    listKeys: texts(raw, 'x-kubernetes-list-map-keys'),
    rules: listOf(raw, 'x-kubernetes-validations').map(ruleOf),
  }
}

const known = new WeakMap<JsonRecord, SchemaNode>()

/** The schema in a JSON value; what has no place in a schema, or the wrong type for it, counts as absent. */
export function schemaNode(value: unknown): SchemaNode {
  if (!isRecord(value)) return read({})
  const found = known.get(value) ?? read(value)
  known.set(value, found)
  return found
}
