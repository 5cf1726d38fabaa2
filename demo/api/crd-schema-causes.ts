import { invalidValue, notSupported, requiredValue } from './field-causes.ts'
import type { KubeJson } from './json.ts'
import { isRecord, listAt, sameJson, valueAt } from './json.ts'
import { UNCORRELATED } from './schema-correlation.ts'
import { schemaNode } from './schema-node.ts'
import { valueCauses } from './schema-validation.ts'
import type { FieldCause } from './status.ts'

type Raw = Readonly<Record<string, unknown>>

const TYPES = ['array', 'boolean', 'integer', 'number', 'object', 'string']
const isOpen = (schema: Raw) =>
  schema['x-kubernetes-int-or-string'] === true || schema['x-kubernetes-preserve-unknown-fields'] === true

/** Go's words for the expressions that are wrong most often; the engine's own for the others. */
function patternFault(pattern: string): string | undefined {
  try {
    return RegExp(pattern, 'u') && undefined
  } catch (error) {
    const why = error instanceof Error ? error.message.replace(/^.*: /, '') : String(error)
    const known = /unterminated group/i.test(why)
      ? `missing closing ): \`${pattern}\``
      : `${why}: \`${pattern}\``
    return `must be a valid regular expression, but isn't: error parsing regexp: ${known}`
  }
}

function typeCauses(schema: Raw, path: string, missing: string): FieldCause[] {
  const { type = '' } = schema
  if (type === '') return isOpen(schema) ? [] : [requiredValue(`${path}.type`, missing)]
  return TYPES.includes(String(type)) ? [] : [notSupported(`${path}.type`, type, TYPES)]
}

function ownCauses(schema: Raw, path: string): FieldCause[] {
  const causes: FieldCause[] = []
  if (schema.type === 'array' && schema.items === undefined) {
    causes.push(requiredValue(`${path}.items`, 'must be specified'))
  }
  const fault = typeof schema.pattern === 'string' ? patternFault(schema.pattern) : undefined
  if (fault) causes.push(invalidValue(`${path}.pattern`, schema.pattern, fault))
  return causes
}

/** A default must itself be a value of the schema. */
function defaultCauses(schema: Raw, path: string): FieldCause[] {
  if (schema.default === undefined) return []
  const at = `${path}.default`
  return valueCauses(schemaNode(schema), schema.default, at, UNCORRELATED).map(
    ({ reason, message, field }) => {
      // The original knows no name for the value of a default.
      const unnamed = message.replace(`${at} in body`, ' in body')
      return { reason, message: unnamed, field }
    },
  )
}

const OF_FIELDS = 'must not be empty for specified object fields'
const OF_ITEMS = 'must not be empty for specified array items'

function walk(schema: unknown, path: string, missing: string): FieldCause[] {
  if (!isRecord(schema)) return []
  const inner = (value: unknown, at: string, why: string) => walk(value, `${path}.${at}`, why)
  const properties = isRecord(schema.properties) ? Object.entries(schema.properties) : []
  const types = missing === '' ? [] : typeCauses(schema, path, missing)
  return [
    ...types,
    ...ownCauses(schema, path),
    ...(types.length > 0 ? [] : defaultCauses(schema, path)),
    ...properties.flatMap(([name, property]) => inner(property, `properties[${name}]`, OF_FIELDS)),
    ...inner(schema.items, 'items', OF_ITEMS),
    ...inner(schema.additionalProperties, 'additionalProperties', OF_FIELDS),
  ]
}

function rootCauses(schema: Raw, path: string): FieldCause[] {
  if (schema.type === undefined) return [requiredValue(`${path}.type`, 'must not be empty at the root')]
  return schema.type === 'object'
    ? []
    : [invalidValue(`${path}.type`, schema.type, 'must be object at the root')]
}

const hasDefault = (schema: unknown): boolean =>
  isRecord(schema)
    ? schema.default !== undefined || Object.values(schema).some(hasDefault)
    : Array.isArray(schema) && schema.some(hasDefault)

function preservation(crd: KubeJson, schemas: readonly unknown[]): FieldCause[] {
  if (valueAt(crd, 'spec', 'preserveUnknownFields') !== true) return []
  const field = 'spec.preserveUnknownFields'
  const why =
    'cannot set to true, set x-kubernetes-preserve-unknown-fields to true in spec.versions[*].schema instead'
  const causes = [invalidValue(field, true, why)]
  if (schemas.some(hasDefault)) {
    causes.push(invalidValue(field, true, 'must be false in order to use defaults in the schema'))
  }
  return causes
}

/** What is wrong with the schemas of a CustomResourceDefinition, which have to be structural. */
export function schemaCauses(crd: KubeJson): FieldCause[] {
  const schemas = listAt(crd, 'spec', 'versions').map((one) => valueAt(one, 'schema', 'openAPIV3Schema'))
  const alike = schemas.every((one) => sameJson(one, schemas[0]))
  const told = schemas.flatMap((schema, index) => {
    const own = `spec.versions[${index}].schema.openAPIV3Schema`
    if (!isRecord(schema)) return [requiredValue(own)]
    if (alike && index > 0) return []
    const path = alike ? 'spec.validation.openAPIV3Schema' : own
    return [...rootCauses(schema, path), ...walk(schema, path, '')]
  })
  return [...preservation(crd, schemas), ...told]
}
