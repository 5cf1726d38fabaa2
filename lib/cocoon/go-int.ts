/** Go's base-10 integer texts, as every annotation reader of the contract sees them (contract 2.1). */

const INTEGER = /^[+-]?[0-9]+$/
/** No 64-bit integer has more digits; longer hostile texts are refused before any arithmetic. */
const MAX_DIGITS = 19

/**
 * The integer that Go's `strconv.ParseInt(text, 10, 64)` accepts; null for malformed and out-of-range texts.
 * Beyond 2^53 the nearest number is returned.
 */
export function parseGoInt64(text: string): number | null {
  const value = parseGoBigInt64(text)
  return value === null ? null : Number(value)
}

/** As `parseGoInt64`, for 32 bits. */
export function parseGoInt32(text: string): number | null {
  const value = parseGoBigInt64(text)
  return value !== null && BigInt.asIntN(32, value) === value ? Number(value) : null
}

/** As `parseGoInt64`, exact beyond 2^53. */
export function parseGoBigInt64(text: string): bigint | null {
  if (!INTEGER.test(text)) return null
  const digits = text.replace(/^[+-]?0*/, '')
  if (digits.length > MAX_DIGITS) return null
  const value = text.startsWith('-') ? -BigInt(digits) : BigInt(digits)
  return BigInt.asIntN(64, value) === value ? value : null
}

/** Decimal text of an integer, exact to the last digit, as Go prints it; a fraction is cut off. */
export function goIntText(value: number): string {
  return Number.isFinite(value) ? BigInt(Math.trunc(value)).toString() : '0'
}
