import type { CocoonSet } from './crd.ts'
import { COCOON_SET_SCHEMA } from './schema-set.ts'
import { isJsonObject, propertyOf } from './schema.ts'
import type { Schema } from './schema.ts'

/**
 * The set as the API server stores it: defaults filled in where the parent object is present, nulls in
 * their place counted as absent (contract 3.1). The argument is left alone.
 */
export function withCocoonSetDefaults(set: CocoonSet): CocoonSet {
  return withSchemaDefaults(COCOON_SET_SCHEMA, set) as CocoonSet
}

/** A copy of a JSON value with the schema's defaults filled in. */
export function withSchemaDefaults(schema: Schema, value: unknown): unknown {
  const { items, properties } = schema
  if (Array.isArray(value)) return items ? value.map((item) => withSchemaDefaults(items, item)) : value
  if (!properties || !isJsonObject(value)) return value
  const filled: Record<string, unknown> = { ...value }
  for (const [name, property] of Object.entries(properties)) {
    const current = Object.hasOwn(filled, name) ? filled[name] : undefined
    if (property.default !== undefined && (current ?? null) === null) filled[name] = property.default
    else if (current !== undefined) filled[name] = withSchemaDefaults(property, current)
  }
  return filled
}

/** A copy of a custom resource without the fields that its schema does not know; metadata stays whole. */
export function withoutUnknownFields(schema: Schema, object: unknown): unknown {
  const pruned = prune(schema, object)
  if (!isJsonObject(pruned) || !isJsonObject(object) || !('metadata' in object)) return pruned
  return { ...pruned, metadata: object.metadata }
}

function prune(schema: Schema, value: unknown): unknown {
  const { items } = schema
  if (Array.isArray(value)) return items ? value.map((item) => prune(items, item)) : value
  if (!isJsonObject(value) || schema['x-kubernetes-int-or-string']) return value
  const kept: [string, unknown][] = []
  for (const [name, member] of Object.entries(value)) {
    const property = propertyOf(schema, name)
    if (property) kept.push([name, prune(property, member)])
  }
  return Object.fromEntries(kept)
}
