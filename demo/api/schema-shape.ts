import type { JsonRecord } from './json.ts'
import { isRecord } from './json.ts'
import type { SchemaNode } from './schema-node.ts'

/** What embedded resources and roots have, whatever their schema says. */
const META = new Set(['apiVersion', 'kind', 'metadata'])

const schemaOf = (node: SchemaNode, name: string): SchemaNode | undefined =>
  node.properties.get(name) ?? (typeof node.additional === 'object' ? node.additional : undefined)

/** Nulls count as absent where the schema does not allow them. */
const isAbsent = (value: unknown, node: SchemaNode | undefined) =>
  value === undefined || (value === null && node !== undefined && !node.nullable)

function prunedObject(node: SchemaNode, value: JsonRecord): JsonRecord {
  const keepsAll = node.preserve || node.additional === true
  const kept: [string, unknown][] = []
  for (const [name, member] of Object.entries(value)) {
    const schema = schemaOf(node, name)
    if (schema && isAbsent(member, schema) && schema.default === undefined) continue
    if (schema) kept.push([name, pruned(schema, member)])
    else if (keepsAll || (node.embedded && META.has(name))) kept.push([name, member])
  }
  return Object.fromEntries(kept)
}

function pruned(node: SchemaNode, value: unknown): unknown {
  if (Array.isArray(value)) {
    const { items } = node
    return items ? value.map((item) => pruned(items, item)) : value
  }
  if (!isRecord(value) || node.intOrString) return value
  return prunedObject(node, value)
}

function filled(node: SchemaNode, value: unknown): unknown {
  if (Array.isArray(value)) {
    const { items } = node
    return items ? value.map((item) => filled(items, item)) : value
  }
  if (!isRecord(value)) return value
  const result: JsonRecord = { ...value }
  for (const [name, property] of node.properties) {
    if (property.default !== undefined && isAbsent(result[name], property)) {
      result[name] = structuredClone(property.default)
    }
    if (result[name] !== undefined) result[name] = filled(property, result[name])
  }
  if (typeof node.additional === 'object') {
    for (const name of Object.keys(value)) {
      if (!node.properties.has(name)) result[name] = filled(node.additional, result[name])
    }
  }
  return result
}

/** The original keeps custom resources as maps, and writes these with their keys in order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (!isRecord(value)) return value
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(members.map(([name, member]) => [name, sorted(member)]))
}

/** A copy of a custom resource without the fields that its schema does not know, and with its defaults. */
export function shapedBy(root: SchemaNode, object: JsonRecord): JsonRecord {
  const { apiVersion, kind, metadata } = object
  const result = sorted(filled(root, prunedObject(root, object)))
  return { ...(isRecord(result) && result), apiVersion, kind, metadata }
}
