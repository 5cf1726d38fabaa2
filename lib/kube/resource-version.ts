const DECIMAL = /^(?:0|[1-9]\d*)$/

/** True for what the API server writes as a resource version: a decimal number, as text. */
export function isResourceVersion(value: unknown): value is string {
  return typeof value === 'string' && DECIMAL.test(value)
}

/**
 * Orders two decimal resource versions of one resource; negative when `left` is older. They exceed what a
 * double can hold, so they stay text: a longer number is a greater one.
 */
export function compareResourceVersions(left: string, right: string): number {
  if (left.length !== right.length) return left.length - right.length
  if (left === right) return 0
  return left < right ? -1 : 1
}
