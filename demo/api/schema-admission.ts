import type { WriteRequest } from './admission.ts'
import { ruleCauses } from './cel-validation.ts'
import type { KubeJson } from './json.ts'
import { isRecord } from './json.ts'
import type { Resource } from './resource.ts'
import { correlated, memberOf, UNCORRELATED } from './schema-correlation.ts'
import type { SchemaNode } from './schema-node.ts'
import { schemaNode } from './schema-node.ts'
import { shapedBy } from './schema-shape.ts'
import { repeatedItems, valueCauses } from './schema-validation.ts'
import type { FieldCause } from './status.ts'

const schemaOf = ({ schema }: Resource) => (isRecord(schema) ? schemaNode(schema) : undefined)

/** Custom resources without the fields that their schema does not know, and with its defaults (contract 3). */
export function shaped(resource: Resource, object: KubeJson): KubeJson {
  const schema = schemaOf(resource)
  return schema ? { ...shapedBy(schema, object), metadata: object.metadata } : object
}

/** After these faults rules would only fail for the same reason once more. */
const BLOCKING = new Set([
  'FieldValueNotSupported',
  'FieldValueRequired',
  'FieldValueTooLong',
  'FieldValueTooMany',
  'FieldValueTypeInvalid',
])
/** Where a fault of the whole value is. */
const NOWHERE = '<nil>'
const NOT_CHECKED: FieldCause = {
  reason: 'FieldValueInvalid',
  message:
    'Invalid value: null: some validation rules were not checked because the object was invalid; correct the existing ' +
    'errors to complete validation',
  field: NOWHERE,
}

function hasRules(node: SchemaNode): boolean {
  const inner = [
    ...node.properties.values(),
    node.items,
    typeof node.additional === 'object' ? node.additional : undefined,
  ]
  return node.rules.length > 0 || inner.some((one) => one !== undefined && hasRules(one))
}

/** A write of the status is judged by what it may change alone. */
function shapeCauses(root: SchemaNode, { subresource, object, old }: WriteRequest): FieldCause[] {
  const past = old ? correlated(object, old) : UNCORRELATED
  if (subresource !== 'status') return valueCauses(root, object, '', past)
  const status = root.properties.get('status')
  if (!status || object.status === undefined) return []
  const causes = valueCauses(status, object.status, '', memberOf(past, 'status'))
  // The original looks at the status by itself, and says afterwards where it was.
  return causes.map(({ reason, message, field }) => ({
    reason,
    message,
    field: field === '' || field === NOWHERE ? 'status' : `status.${field}`,
  }))
}

/**
 * All in which a custom resource departs from its schema and breaks its rules; none for built-in kinds. `found` is what is
 * wrong with it already.
 */
export function customCauses(request: WriteRequest, found: readonly FieldCause[]): FieldCause[] {
  const { resource, object, old, warn } = request
  const root = schemaOf(resource)
  if (!root) return []
  const causes = shapeCauses(root, request)
  const was = old ? repeatedItems(root, old, '') : []
  if (was.length === 0) causes.push(...repeatedItems(root, object, ''))
  if (![...found, ...causes].some(({ reason }) => BLOCKING.has(reason))) {
    const past = old ? correlated(object, old) : UNCORRELATED
    return [...causes, ...ruleCauses(root, object, old, past, warn)]
  }
  return hasRules(root) ? [...causes, NOT_CHECKED] : causes
}
