/** The part of Kubernetes' structural OpenAPI v3 schemas that the two custom resources use (contract 3). */
export interface Schema {
  /** For people; the schemas that are validated with do without. */
  description?: string
  type?: 'object' | 'array' | 'string' | 'integer' | 'boolean'
  format?: 'int32' | 'int64' | 'date-time'
  properties?: Readonly<Record<string, Schema>>
  required?: readonly string[]
  additionalProperties?: Schema
  items?: Schema
  default?: string | number
  enum?: readonly string[]
  minimum?: number
  maximum?: number
  minLength?: number
  maxLength?: number
  pattern?: string
  anyOf?: readonly { type: 'integer' | 'string' }[]
  'x-kubernetes-int-or-string'?: true
  'x-kubernetes-list-type'?: 'map' | 'atomic'
  'x-kubernetes-list-map-keys'?: readonly string[]
  'x-kubernetes-map-type'?: 'atomic'
  'x-kubernetes-validations'?: readonly { rule: string; message: string }[]
}

/** A rule that an object breaks: where, as `spec.toolboxes[0].name`, and how, in words for people. */
export interface FieldError {
  field: string
  message: string
}

/** A JSON object, as opposed to null and lists. */
export function isJsonObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Schema of a member of an object; undefined for members that the schema does not know. */
export function propertyOf(schema: Schema, name: string): Schema | undefined {
  const { properties, additionalProperties } = schema
  return properties && Object.hasOwn(properties, name) ? properties[name] : additionalProperties
}
