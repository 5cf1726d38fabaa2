import type { FieldCause } from './status.ts'

/** How the original prints a rejected value: texts quoted, lists and maps as JSON. */
const printed = (value: unknown) => JSON.stringify(value) ?? 'null'

export function requiredValue(field: string, detail = ''): FieldCause {
  const message = detail ? `Required value: ${detail}` : 'Required value'
  return { reason: 'FieldValueRequired', message, field }
}

export function invalidValue(field: string, value: unknown, detail: string): FieldCause {
  return { reason: 'FieldValueInvalid', message: `Invalid value: ${printed(value)}: ${detail}`, field }
}

export function wrongType(field: string, expected: string, found: string): FieldCause {
  const message = `Invalid value: "${found}": ${field} in body must be of type ${expected}: "${found}"`
  return { reason: 'FieldValueTypeInvalid', message, field }
}

export function notSupported(field: string, value: unknown, supported: readonly string[]): FieldCause {
  const list = supported.map((one) => `"${one}"`).join(', ')
  const message = `Unsupported value: ${printed(value)}: supported values: ${list}`
  return { reason: 'FieldValueNotSupported', message, field }
}

export function forbiddenField(field: string, detail: string): FieldCause {
  return { reason: 'FieldValueForbidden', message: `Forbidden: ${detail}`, field }
}

export function duplicateValue(field: string, value: unknown): FieldCause {
  return { reason: 'FieldValueDuplicate', message: `Duplicate value: ${printed(value)}`, field }
}

export function tooLong(field: string, limit: number): FieldCause {
  return { reason: 'FieldValueTooLong', message: `Too long: may not be more than ${limit} bytes`, field }
}
