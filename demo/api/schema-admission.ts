import { withoutUnknownFields, withSchemaDefaults } from '../../lib/cocoon/defaults.ts'
import { schemaErrors } from '../../lib/cocoon/schema-errors.ts'
import type { FieldError, Schema } from '../../lib/cocoon/schema.ts'
import type { Admission } from './admission.ts'
import type { KubeJson } from './json.ts'
import { isRecord } from './json.ts'
import type { Resource } from './resource.ts'
import type { FieldCause } from './status.ts'
import { invalid } from './status.ts'

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

function shaped(schema: Schema, object: KubeJson): KubeJson {
  const result = withSchemaDefaults(schema, withoutUnknownFields(schema, object))
  if (!isRecord(result)) return object
  return { ...result, apiVersion: object.apiVersion, kind: object.kind, metadata: object.metadata }
}

/** What the schema of a custom resource does: unknown fields go, defaults come, errors are 422 (contract 3). */
export const schemaAdmission: Admission = {
  mutate({ resource, object }) {
    const schema = schemaOf(resource)
    return schema ? shaped(schema, object) : object
  },
  validate({ resource, object, name }) {
    const schema = schemaOf(resource)
    const errors = schema ? schemaErrors(schema, object) : []
    if (errors.length > 0) throw invalid(resource, name, errors.map(causeOf))
  },
}
