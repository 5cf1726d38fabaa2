import { sameJson } from '../json.ts'
import type { SchemaNode } from './schema-node.ts'
import { SCHEMA_PREFIX } from './schema-node.ts'

/**
 * The line that stands for one field in structure.json: `[]` and `{}` for lists and maps, then a type or the
 * name of a schema, `=` when its default is the zero value, and facts as `key=value`. Such as
 * `[]@core.v1.Container=;list=map;keys=name;merge=name;strategy=merge`.
 */
export interface FieldFacts {
  node: SchemaNode
  /** The type in Go where it does not follow from the schema, such as `v1.RestartPolicy`. */
  goType?: string
  /** A scalar that Go keeps by reference: its zero value is told from its absence. */
  pointer?: true
  /** A value that Go reads by code of its own and always writes: a time that is not set is null. */
  filled?: true
  /** A list or map that Go writes even when it is empty; null when it is not there. */
  kept?: true
  /** A scalar that Go leaves out when it is zero although the document gives that as its default. */
  omitted?: true
  /** The embedded struct that the field comes from, as decoding errors name it. */
  within?: string
}

/** Written short because they are on every other line. */
const PREFIXES: readonly (readonly [string, string])[] = [
  ['@', 'io.k8s.api.'],
  ['~', 'io.k8s.apimachinery.pkg.'],
]
const ZEROS: Readonly<Record<string, unknown>> = { string: '', integer: 0, number: 0, boolean: false }

const EXTENSIONS: Readonly<Record<string, string>> = {
  list: 'x-kubernetes-list-type',
  map: 'x-kubernetes-map-type',
  merge: 'x-kubernetes-patch-merge-key',
  strategy: 'x-kubernetes-patch-strategy',
}

function shortName(name: string): string {
  for (const [sign, prefix] of PREFIXES) if (name.startsWith(prefix)) return sign + name.slice(prefix.length)
  return `#${name}`
}

function longName(short: string): string | undefined {
  if (short.startsWith('#')) return short.slice(1)
  const found = PREFIXES.find(([sign]) => short.startsWith(sign))
  return found && found[1] + short.slice(1)
}

const reference = (name: string): SchemaNode => ({ $ref: SCHEMA_PREFIX + name })

function innermost(text: string, facts: ReadonlyMap<string, string>): SchemaNode {
  const [name = '', zero] = text.split('=')
  const schema = longName(name)
  const written = facts.get('default')
  if (schema) {
    if (facts.has('plain')) return reference(schema)
    return { allOf: [reference(schema)], ...(zero !== undefined && { default: {} }) }
  }
  const [type = '', format] = name.split('.')
  const values = facts.get('enum')
  return {
    type,
    ...(format && { format }),
    ...(zero !== undefined && { default: ZEROS[type] }),
    ...(written !== undefined && { default: JSON.parse(written) as unknown }),
    ...(values !== undefined && { enum: values.split('|') }),
  }
}

function nested(text: string, facts: ReadonlyMap<string, string>): SchemaNode {
  if (text.startsWith('[]')) return { type: 'array', items: nested(text.slice(2), facts) }
  if (text.startsWith('{}')) return { type: 'object', additionalProperties: nested(text.slice(2), facts) }
  return innermost(text, facts)
}

/** Reads a field's line. */
export function readField(line: string): FieldFacts {
  const [text = '', ...rest] = line.split(';')
  const facts = new Map(
    rest.map((fact) => {
      const at = fact.indexOf('=')
      return at < 0 ? ([fact, ''] as const) : ([fact.slice(0, at), fact.slice(at + 1)] as const)
    }),
  )
  const outer: Record<string, unknown> = {}
  for (const [key, keyword] of Object.entries(EXTENSIONS)) {
    const value = facts.get(key)
    if (value !== undefined) outer[keyword] = value
  }
  const keys = facts.get('keys')
  if (keys !== undefined) outer['x-kubernetes-list-map-keys'] = keys.split(',')
  const goType = facts.get('go')
  const within = facts.get('in')
  return {
    node: { ...nested(text, facts), ...outer },
    ...(goType && { goType }),
    ...(facts.has('ptr') && { pointer: true }),
    ...(facts.has('filled') && { filled: true }),
    ...(facts.has('kept') && { kept: true }),
    ...(facts.has('omit') && { omitted: true }),
    ...(within && { within }),
  }
}

function typeText(node: SchemaNode, facts: string[]): string {
  if (node.items) return `[]${typeText(node.items, facts)}`
  if (node.additionalProperties) return `{}${typeText(node.additionalProperties, facts)}`
  const found = node.$ref ?? node.allOf?.[0]?.$ref
  if (node.$ref) facts.push('plain')
  const name = found
    ? shortName(found.slice(SCHEMA_PREFIX.length))
    : [node.type, node.format].filter(Boolean).join('.')
  if (node.enum) facts.push(`enum=${node.enum.join('|')}`)
  if (node.default === undefined) return name
  const zero = found ? {} : ZEROS[node.type ?? '']
  if (sameJson(node.default, zero)) return `${name}=`
  facts.push(`default=${JSON.stringify(node.default)}`)
  return name
}

/** Writes a field's line. Throws when the notation has no words for it: then it must be extended. */
export function writeField({ node, goType, pointer, filled, kept, omitted, within }: FieldFacts): string {
  const inner: string[] = []
  const type = typeText(node, inner)
  const outer = Object.entries(EXTENSIONS).flatMap(([key, keyword]) =>
    typeof node[keyword] === 'string' ? [`${key}=${node[keyword]}`] : [],
  )
  const keys = node['x-kubernetes-list-map-keys']
  if (keys) outer.push(`keys=${keys.join(',')}`)
  if (goType) outer.push(`go=${goType}`)
  if (pointer) outer.push('ptr')
  if (filled) outer.push('filled')
  if (kept) outer.push('kept')
  if (omitted) outer.push('omit')
  if (within) outer.push(`in=${within}`)
  const line = [type, ...inner, ...outer].join(';')
  if (!sameJson(readField(line).node, node)) throw new Error(`no words for ${JSON.stringify(node)}: ${line}`)
  return line
}
