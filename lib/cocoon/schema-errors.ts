import { isJsonObject, propertyOf } from './schema.ts'
import type { FieldError, Schema } from './schema.ts'

/**
 * Everything in which a JSON value departs from a schema, in the API server's words and order: required,
 * enum, ranges, lengths, patterns, date-times and unique list keys. As the API server, it does not mind an
 * int32 out of range; unlike it, it tells once what a quantity of the wrong type is. CEL rules stand in
 * `transitions.ts`.
 */
export function schemaErrors(schema: Schema, value: unknown, field = ''): FieldError[] {
  if (schema['x-kubernetes-int-or-string']) {
    const found = typeOf(value)
    if (found !== 'integer' && found !== 'string') return [wrongType(field, 'integer,string', found)]
  } else if (schema.type !== undefined && schema.type !== typeOf(value)) {
    return [wrongType(field, schema.type, typeOf(value)), ...enumErrors(schema, value, field)]
  }
  if (typeof value === 'string') return textErrors(schema, value, field)
  if (typeof value === 'number') return numberErrors(schema, value, field)
  if (Array.isArray(value)) return listErrors(schema, value, field)
  return isJsonObject(value) ? objectErrors(schema, value, field) : []
}

const DATE_TIME = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)$/

/** The original names the values that it supports even to a value of another type. */
function enumErrors(schema: Schema, value: unknown, field: string): FieldError[] {
  if (!schema.enum || schema.enum.some((one) => one === value)) return []
  const supported = schema.enum.map((one) => JSON.stringify(one)).join(', ')
  return [{ field, message: `Unsupported value: ${JSON.stringify(value)}: supported values: ${supported}` }]
}

function textErrors(schema: Schema, value: string, field: string): FieldError[] {
  const { minLength = 0, maxLength = Infinity, pattern } = schema
  const errors = enumErrors(schema, value, field)
  const invalid = (detail: string) =>
    errors.push({ field, message: `Invalid value: ${JSON.stringify(value)}: ${field} in body ${detail}` })
  // Code points, as the API server counts; its message says bytes all the same. It tells the first fault only.
  const length = Array.from(value).length
  if (length > maxLength) {
    errors.push({ field, message: `Too long: may not be more than ${maxLength} bytes` })
  } else if (length < minLength) invalid(`should be at least ${minLength} chars long`)
  else if (pattern !== undefined && !new RegExp(pattern).test(value)) invalid(`should match '${pattern}'`)
  if (schema.format === 'date-time' && !isDateTime(value)) {
    invalid(`must be of type date-time: ${JSON.stringify(value)}`)
  }
  return errors
}

/** RFC 3339, on a day that exists: JavaScript would take 30 February for 2 March. */
function isDateTime(text: string): boolean {
  if (!DATE_TIME.test(text) || !Number.isFinite(Date.parse(text))) return false
  const day = text.slice(0, 'YYYY-MM-DD'.length)
  return new Date(`${day}T00:00:00Z`).toISOString().startsWith(day)
}

function numberErrors(schema: Schema, value: number, field: string): FieldError[] {
  const { minimum = -Infinity, maximum = Infinity } = schema
  const invalid = (detail: string) => [
    { field, message: `Invalid value: ${value}: ${field} in body ${detail}` },
  ]
  if (value < minimum) return invalid(`should be greater than or equal to ${minimum}`)
  return value > maximum ? invalid(`should be less than or equal to ${maximum}`) : []
}

function listErrors(schema: Schema, list: readonly unknown[], field: string): FieldError[] {
  const { items } = schema
  const errors = items ? list.flatMap((item, i) => schemaErrors(items, item, `${field}[${i}]`)) : []
  const keys = schema['x-kubernetes-list-map-keys']
  if (!keys) return errors
  const seen = new Set<string>()
  for (const [i, item] of list.entries()) {
    if (!isJsonObject(item)) continue
    const key = JSON.stringify(Object.fromEntries(keys.map((name) => [name, item[name]])))
    if (seen.has(key)) errors.push({ field: `${field}[${i}]`, message: `Duplicate value: ${key}` })
    seen.add(key)
  }
  return errors
}

function objectErrors(schema: Schema, object: Record<string, unknown>, field: string): FieldError[] {
  const at = (name: string) => (field === '' ? name : `${field}.${name}`)
  const missing = (schema.required ?? []).filter(
    (name) => !Object.hasOwn(object, name) || object[name] === undefined,
  )
  const errors = missing.map((name) => ({ field: at(name), message: 'Required value' }))
  for (const [name, value] of Object.entries(object)) {
    const property = propertyOf(schema, name)
    if (property && value !== undefined) errors.push(...schemaErrors(property, value, at(name)))
  }
  return errors
}

function wrongType(field: string, expected: string, found: string): FieldError {
  const message = `Invalid value: "${found}": ${field} in body must be of type ${expected}: "${found}"`
  return { field, message }
}

function typeOf(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  return typeof value === 'number' && Number.isInteger(value) ? 'integer' : typeof value
}
