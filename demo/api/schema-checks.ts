import { bodyCause, invalidCause, nowhere, required, tooLong, tooMany, typeCause } from './schema-causes.ts'
import { FORMATS } from './schema-formats.ts'
import type { SchemaNode } from './schema-node.ts'
import type { FieldCause } from './status.ts'

const INT32 = 2 ** 31
const INT64 = 2 ** 63

/** What goes beyond 64 bits is no whole number to Go. */
const isWhole = (value: unknown) => Number.isInteger(value) && Math.abs(Number(value)) < INT64

/** How a value's type is called in schemas. */
export function typeName(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  return isWhole(value) ? 'integer' : typeof value
}

const NUMBER_FORMATS = new Set(['int32', 'int64', 'float', 'double'])
const isKnown = (format: string) => NUMBER_FORMATS.has(format) || Object.hasOwn(FORMATS, format)

/** The format that Go would give a value: none but numbers have one. */
function goFormat(value: unknown): string {
  if (typeof value !== 'number') return ''
  return isWhole(value) ? 'int64' : 'float64'
}

/** A value of the wrong type; undefined when the type is right. */
export function typeFault(node: SchemaNode, value: unknown, field: string): FieldCause | undefined {
  const found = typeName(value)
  const wanted = node.intOrString ? 'integer,string' : node.type
  const fits =
    wanted === '' || wanted.split(',').includes(found) || (wanted === 'number' && found === 'integer')
  if (fits) return undefined
  // With a format, it is the formats that the original compares, save for texts and lists.
  const byFormat = isKnown(node.format) && found !== 'string' && found !== 'array' && found !== 'null'
  return byFormat ? typeCause(field, goFormat(value), node.format) : typeCause(field, found, wanted)
}

/** Go's regular expressions, where JavaScript has them. */
function matches(pattern: string, text: string): boolean {
  const folded = pattern.startsWith('(?i)')
  return new RegExp(folded ? pattern.slice('(?i)'.length) : pattern, folded ? 'i' : '').test(text)
}

/** Only the first fault of a length or pattern is told, as in the original. */
export function textCauses(node: SchemaNode, value: string, field: string): FieldCause[] {
  const { minLength = 0, maxLength = Infinity } = node.limits
  const causes: FieldCause[] = []
  // Code points, though the message says bytes.
  const length = Array.from(value).length
  if (length > maxLength) causes.push(tooLong(field, maxLength))
  else if (length < minLength)
    causes.push(bodyCause(field, value, `should be at least ${minLength} chars long`))
  else if (node.pattern !== undefined && !matches(node.pattern, value)) {
    causes.push(bodyCause(field, value, `should match '${node.pattern}'`))
  }
  const format = node.type === 'string' ? FORMATS[node.format] : undefined
  if (format && !format(value)) causes.push(typeCause(field, value, node.format))
  return causes
}

function bounds(node: SchemaNode, value: number): string | undefined {
  const { minimum = -Infinity, maximum = Infinity } = node.limits
  if (node.exclusiveMaximum && value >= maximum) return `should be less than ${maximum}`
  if (value > maximum) return `should be less than or equal to ${maximum}`
  if (node.exclusiveMinimum && value <= minimum) return `should be greater than ${minimum}`
  if (value < minimum) return `should be greater than or equal to ${minimum}`
  return undefined
}

const FLOAT = 3.402_823_466_385_288_6e38

function fitsFormat({ type, format }: SchemaNode, value: number): boolean {
  if (type === 'number') return format !== 'float' || Math.abs(value) <= FLOAT
  if (type !== 'integer') return true
  return Number.isInteger(value) && (format !== 'int32' || (value >= -INT32 && value < INT32))
}

function formatFault(node: SchemaNode, value: number, field: string): FieldCause | undefined {
  if (fitsFormat(node, value)) return undefined
  const format = isKnown(node.format) ? `with format ${node.format}` : '(default format)'
  return nowhere(`Checked value must be of type ${node.type} ${format} in ${field}`)
}

export function numberCauses(node: SchemaNode, value: number, field: string): FieldCause[] {
  const causes: FieldCause[] = []
  const { multipleOf } = node
  const format = formatFault(node, value, field)
  if (format) causes.push(format)
  if (multipleOf !== undefined && !Number.isInteger(value / multipleOf)) {
    causes.push(bodyCause(field, value, `should be a multiple of ${multipleOf}`))
  }
  const bound = bounds(node, value)
  if (bound) causes.push(bodyCause(field, value, bound))
  return causes
}

export function listCauses(node: SchemaNode, list: readonly unknown[], field: string): FieldCause[] {
  const { minItems = 0, maxItems = Infinity } = node.limits
  const causes: FieldCause[] = []
  if (list.length < minItems) {
    causes.push(bodyCause(field, list.length, `should have at least ${minItems} items`))
  }
  if (list.length > maxItems) causes.push(tooMany(field, list.length, maxItems))
  if (node.uniqueItems && new Set(list.map((one) => JSON.stringify(one))).size < list.length) {
    causes.push(invalidCause(field, list, `${field} in body shouldn't contain duplicates`))
  }
  return causes
}

export function objectCauses(node: SchemaNode, value: Record<string, unknown>, field: string): FieldCause[] {
  const at = (name: string) => (field === '' ? name : `${field}.${name}`)
  const { minProperties = 0, maxProperties = Infinity } = node.limits
  const count = Object.keys(value).length
  const causes: FieldCause[] = []
  if (count < minProperties) {
    causes.push(bodyCause(field, count, `should have at least ${minProperties} properties`))
  }
  if (count > maxProperties) causes.push(tooMany(field, count, maxProperties))
  const wanted = node.embedded ? [...node.required, 'apiVersion', 'kind'] : node.required
  for (const name of new Set(wanted)) {
    if (!Object.hasOwn(value, name) || value[name] === undefined) causes.push(required(at(name)))
  }
  return causes
}
