import { statusError } from './status.ts'
import type { StatusError } from './status.ts'

/** A patch that cannot be merged: the original answers 500 and only the words of the library. */
export function patchError(why: string): StatusError {
  const error = statusError(500, '', why)
  delete error.status.reason
  return error
}

export const badPatch = (part: 'primitive list' | 'retainKeys' | 'setElementOrder list') =>
  patchError(`invalid patch format of ${part}`)

const KINDS: Readonly<Record<string, string>> = { boolean: 'bool', number: 'int64', string: 'string' }

/** Go's kind of a JSON value. */
export function goKind(value: unknown): string {
  if (Array.isArray(value)) return 'slice'
  if (typeof value === 'number' && !Number.isInteger(value)) return 'float64'
  return KINDS[typeof value] ?? 'map'
}

export const wrongArgument = (expected: string, value: unknown) =>
  patchError(`expected a ${expected}, but received a ${goKind(value)}`)
