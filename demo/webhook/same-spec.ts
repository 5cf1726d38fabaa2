import { isDeepStrictEqual } from 'node:util'

const withoutAbsent = (value: unknown): unknown =>
  value === undefined || value === null ? {} : (JSON.parse(JSON.stringify(value)) as unknown)

/** Whether two specs mean the same: a missing one equals an empty one, as Go's semantic equality has it. */
export function sameSpec(a: unknown, b: unknown): boolean {
  return isDeepStrictEqual(withoutAbsent(a), withoutAbsent(b))
}
