import type { FieldCause } from './status.ts'

const printed = (value: unknown) => JSON.stringify(value) ?? 'null'

/** A fault that belongs to no field. */
const NOWHERE = '<nil>'

export const invalidCause = (field: string, value: unknown, detail: string): FieldCause => ({
  reason: 'FieldValueInvalid',
  message: `Invalid value: ${printed(value)}: ${detail}`,
  field: field || NOWHERE,
})

/** Of a value that a check rejects in its own words. */
export const bodyCause = (field: string, value: unknown, detail: string): FieldCause =>
  invalidCause(field, value, `${field} in body ${detail}`)

export const typeCause = (field: string, value: unknown, type: string): FieldCause => ({
  ...bodyCause(field, value, `must be of type ${type}: ${printed(value)}`),
  reason: 'FieldValueTypeInvalid',
})

export const nowhere = (detail: string): FieldCause => invalidCause(NOWHERE, '', detail)

export const tooMany = (field: string, found: number, most: number): FieldCause => ({
  reason: 'FieldValueTooMany',
  message: `Too many: ${found}: must have at most ${most} items`,
  field,
})

export const tooLong = (field: string, most: number): FieldCause => ({
  reason: 'FieldValueTooLong',
  message: `Too long: may not be more than ${most} bytes`,
  field,
})

export const required = (field: string): FieldCause => ({
  reason: 'FieldValueRequired',
  message: 'Required value',
  field,
})

export const duplicate = (field: string, value: unknown): FieldCause => ({
  reason: 'FieldValueDuplicate',
  message: `Duplicate value: ${printed(value)}`,
  field,
})

export function unsupported(field: string, value: unknown, supported: readonly unknown[]): FieldCause {
  const list = supported.map((one) => JSON.stringify(typeof one === 'string' ? one : printed(one)))
  return {
    reason: 'FieldValueNotSupported',
    message: `Unsupported value: ${printed(value)}: supported values: ${list.join(', ')}`,
    field,
  }
}
