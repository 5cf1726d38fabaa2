import { withoutUnknownFields, withSchemaDefaults } from '../../lib/cocoon/defaults.ts'
import { schemaErrors } from '../../lib/cocoon/schema-errors.ts'
import type { FieldError, Schema } from '../../lib/cocoon/schema.ts'
import type { WriteRequest } from './admission.ts'
import { transitionCauses } from './cocoon-admission.ts'
import type { KubeJson } from './json.ts'
import { isRecord } from './json.ts'
import type { Resource } from './resource.ts'
import type { FieldCause } from './status.ts'

/** Causes by how their messages begin; a wrong type is an invalid value with a reason of its own. */
const REASONS: readonly (readonly [RegExp, string])[] = [
  [/^Required value/, 'FieldValueRequired'],
  [/^Unsupported value/, 'FieldValueNotSupported'],
  [/^Duplicate value/, 'FieldValueDuplicate'],
  [/^Too long/, 'FieldValueTooLong'],
  [/in body must be of type (object|array|string|integer|boolean)/, 'FieldValueTypeInvalid'],
]

export function causeOf({ field, message }: FieldError): FieldCause {
  const reason = REASONS.find(([pattern]) => pattern.test(message))?.[1] ?? 'FieldValueInvalid'
  return { reason, message, field }
}

/** CRDs are validated where they are written; here their schema is taken at its word. */
const schemaOf = (resource: Resource) => (isRecord(resource.schema) ? (resource.schema as Schema) : undefined)

/** Custom resources without the fields that their schema does not know, and with its defaults (contract 3). */
export function shaped(resource: Resource, object: KubeJson): KubeJson {
  const schema = schemaOf(resource)
  if (!schema) return object
  const result = withSchemaDefaults(schema, withoutUnknownFields(schema, object))
  if (!isRecord(result)) return object
  return { ...result, apiVersion: object.apiVersion, kind: object.kind, metadata: object.metadata }
}

/** All in which a custom resource departs from its schema; none for built-in kinds. */
export function customCauses({ resource, object, old }: WriteRequest): FieldCause[] {
  const schema = schemaOf(resource)
  if (!schema) return []
  const causes = schemaErrors(schema, object).map(causeOf)
  return causes.length > 0 ? causes : transitionCauses(resource, object, old)
}
