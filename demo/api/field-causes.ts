import type { FieldCause } from './status.ts'

/** A text as Go quotes it: control characters by two digits. */
const quoted = (text: string) =>
  JSON.stringify(text).replaceAll(/\\u00([01][0-9a-f])/g, (_, digits: string) => `\\x${digits}`)

/** How the original prints a rejected value: texts quoted, lists and maps as JSON. */
const printed = (value: unknown) =>
  typeof value === 'string' ? quoted(value) : (JSON.stringify(value) ?? 'null')

export function requiredValue(field: string, detail = ''): FieldCause {
  const message = detail ? `Required value: ${detail}` : 'Required value'
  return { reason: 'FieldValueRequired', message, field }
}

export function invalidValue(field: string, value: unknown, detail: string): FieldCause {
  return { reason: 'FieldValueInvalid', message: `Invalid value: ${printed(value)}: ${detail}`, field }
}

export function notSupported(field: string, value: unknown, supported: readonly string[]): FieldCause {
  const list = supported.map((one) => `"${one}"`).join(', ')
  const message = `Unsupported value: ${printed(value)}: supported values: ${list}`
  return { reason: 'FieldValueNotSupported', message, field }
}

export function forbiddenField(field: string, detail: string): FieldCause {
  return { reason: 'FieldValueForbidden', message: `Forbidden: ${detail}`, field }
}

export function duplicateValue(field: string, value: unknown, detail = ''): FieldCause {
  const message = `Duplicate value: ${printed(value)}${detail && `: ${detail}`}`
  return { reason: 'FieldValueDuplicate', message, field }
}

/** A reference to something else in the object that is not there. */
export function notFoundValue(field: string, value: unknown): FieldCause {
  return { reason: 'FieldValueNotFound', message: `Not found: ${printed(value)}`, field }
}
