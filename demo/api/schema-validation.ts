import { isRecord, sameJson } from './json.ts'
import { duplicate, nowhere, unsupported } from './schema-causes.ts'
import { listCauses, numberCauses, objectCauses, textCauses, typeFault } from './schema-checks.ts'
import type { Correlation } from './schema-correlation.ts'
import { isUnchanged, itemOf, memberOf, UNCORRELATED } from './schema-correlation.ts'
import type { SchemaNode } from './schema-node.ts'
import type { FieldCause } from './status.ts'

const childOf = (field: string, name: string) => (field === '' ? name : `${field}.${name}`)
/** These cannot be told from what they were: the server has written them anew. */
const TYPE_META = new Set(['apiVersion', 'kind'])

/** Alternatives are judged by themselves, without a past. */
const alone = (nodes: readonly SchemaNode[], value: unknown, field: string) =>
  nodes.map((node) => valueCauses(node, value, field, UNCORRELATED))

function alternatives(node: SchemaNode, value: unknown, field: string): FieldCause[] {
  const causes: FieldCause[] = []
  const any = alone(node.anyOf, value, field)
  if (any.length > 0 && any.every((one) => one.length > 0)) {
    causes.push(nowhere(`"${field}" must validate at least one schema (anyOf)`), ...(any[0] ?? []))
  }
  const one = alone(node.oneOf, value, field)
  const valid = one.filter((each) => each.length === 0).length
  const exactly = `"${field}" must validate one and only one schema (oneOf). Found`
  if (one.length > 0 && valid === 0) causes.push(nowhere(`${exactly} none valid`), ...(one[0] ?? []))
  if (valid > 1) causes.push(nowhere(`${exactly} ${valid} valid alternatives`))
  const all = alone(node.allOf, value, field).flat()
  if (all.length > 0) causes.push(...all, nowhere(`"${field}" must validate all the schemas (allOf)`))
  if (node.not && alone([node.not], value, field).flat().length === 0) {
    causes.push(nowhere(`"${field}" must not validate the schema (not)`))
  }
  return causes
}

function ownCauses(node: SchemaNode, value: unknown, field: string): FieldCause[] {
  if (typeof value === 'string') return textCauses(node, value, field)
  if (typeof value === 'number') return numberCauses(node, value, field)
  if (Array.isArray(value)) return listCauses(node, value, field)
  return isRecord(value) ? objectCauses(node, value, field) : []
}

function memberCauses(
  node: SchemaNode,
  value: Record<string, unknown>,
  field: string,
  past: Correlation,
): FieldCause[] {
  return Object.entries(value).flatMap(([name, member]) => {
    const beyond = typeof node.additional === 'object' ? node.additional : undefined
    const schema = node.properties.get(name) ?? beyond
    if (!schema || member === undefined) return []
    const own = field === '' && TYPE_META.has(name) ? UNCORRELATED : memberOf(past, name)
    return valueCauses(schema, member, childOf(field, name), own)
  })
}

function partCauses(node: SchemaNode, value: unknown, field: string, past: Correlation): FieldCause[] {
  const { items } = node
  if (Array.isArray(value) && items) {
    return value.flatMap((item, index) =>
      valueCauses(items, item, `${field}[${index}]`, itemOf(past, node, item)),
    )
  }
  return isRecord(value) ? memberCauses(node, value, field, past) : []
}

/** All in which a value departs from its schema, save what is as it was before. */
export function valueCauses(
  node: SchemaNode,
  value: unknown,
  field: string,
  past: Correlation,
): FieldCause[] {
  if (value === null && node.nullable) return []
  const wrong = typeFault(node, value, field)
  const causes = wrong ? [wrong] : []
  causes.push(...alternatives(node, value, field))
  if (!wrong || typeof value === 'number') causes.push(...ownCauses(node, value, field))
  if (node.enumeration && !node.enumeration.some((one) => sameJson(one, value))) {
    causes.push(unsupported(field, value, node.enumeration))
  }
  if (!wrong) causes.push(...partCauses(node, value, field, past))
  return causes.length > 0 && isUnchanged(past) ? [] : causes
}

const sortedKeys = (item: unknown, keys: readonly string[]) =>
  isRecord(item)
    ? Object.fromEntries(
        keys.toSorted().flatMap((key) => (item[key] === undefined ? [] : [[key, item[key]]])),
      )
    : item

function repeated(node: SchemaNode, list: readonly unknown[], field: string): FieldCause[] {
  if (node.listType !== 'set' && node.listType !== 'map') return []
  const identities = list.map((item) => (node.listType === 'map' ? sortedKeys(item, node.listKeys) : item))
  const texts = identities.map((one) => JSON.stringify(one))
  return identities.flatMap((one, index) =>
    texts.indexOf(texts[index] ?? '') < index ? [duplicate(`${field}[${index}]`, one)] : [],
  )
}

/** Items of sets and keyed lists that are there twice. */
export function repeatedItems(node: SchemaNode, value: unknown, field: string): FieldCause[] {
  const { items } = node
  if (Array.isArray(value)) {
    const within = items
      ? value.flatMap((item, index) => repeatedItems(items, item, `${field}[${index}]`))
      : []
    return [...repeated(node, value, field), ...within]
  }
  if (!isRecord(value)) return []
  return Object.entries(value).flatMap(([name, member]) => {
    const schema =
      node.properties.get(name) ?? (typeof node.additional === 'object' ? node.additional : undefined)
    return schema ? repeatedItems(schema, member, childOf(field, name)) : []
  })
}
