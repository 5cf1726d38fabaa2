import { isRecord } from '../json.ts'
import type { JsonRecord } from '../json.ts'

/** What every object has, whatever its schema says. */
const OF_EVERY_OBJECT = new Set(['apiVersion', 'kind', 'metadata'])

const propertyOf = (schema: JsonRecord, name: string): unknown => {
  const { properties, additionalProperties } = schema
  return isRecord(properties) && Object.hasOwn(properties, name) ? properties[name] : additionalProperties
}

function unknownIn(schema: unknown, value: unknown, path: string): string[] {
  if (!isRecord(schema)) return []
  if (Array.isArray(value)) {
    return value.flatMap((item: unknown, index) => unknownIn(schema.items, item, `${path}[${index}]`))
  }
  if (!isRecord(value) || schema['x-kubernetes-int-or-string'] === true) return []
  const root = path === '' || schema['x-kubernetes-embedded-resource'] === true
  return Object.entries(value).flatMap(([name, member]) => {
    if (root && OF_EVERY_OBJECT.has(name)) return []
    const field = path ? `${path}.${name}` : name
    const property = propertyOf(schema, name)
    if (isRecord(property) || property === true) return unknownIn(property, member, field)
    return schema['x-kubernetes-preserve-unknown-fields'] === true ? [] : [`unknown field "${field}"`]
  })
}

/** The fields of a custom resource that its schema does not know, and that are dropped therefore. */
export function unknownFields(schema: unknown, object: JsonRecord): string[] {
  return isRecord(schema) ? unknownIn(schema, object, '') : []
}
