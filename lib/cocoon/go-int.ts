/** Go's base-10 integer texts, as every annotation reader of the contract sees them (contract 2.1). */

const INTEGER = /^[+-]?[0-9]+$/
const INT32_LIMIT = 2n ** 31n
const INT64_LIMIT = 2n ** 63n
/** No 64-bit integer has more digits; longer hostile texts are refused before any arithmetic. */
const MAX_DIGITS = 19

/**
 * The integer that Go's `strconv.ParseInt(text, 10, 64)` accepts; null for malformed and out-of-range texts.
 * Beyond 2^53 the nearest number is returned.
 */
export function parseGoInt64(text: string): number | null {
  return parseWithin(text, INT64_LIMIT)
}

/** As `parseGoInt64`, for 32 bits. */
export function parseGoInt32(text: string): number | null {
  return parseWithin(text, INT32_LIMIT)
}

/** Decimal text of an integer, exact to the last digit, as Go prints it; a fraction is cut off. */
export function goIntText(value: number): string {
  return Number.isFinite(value) ? BigInt(Math.trunc(value)).toString() : '0'
}

function parseWithin(text: string, limit: bigint): number | null {
  if (!INTEGER.test(text)) return null
  const digits = text.replace(/^[+-]?0*/, '')
  if (digits.length > MAX_DIGITS) return null
  const value = text.startsWith('-') ? -BigInt(digits) : BigInt(digits)
  return value >= -limit && value < limit ? Number(value) : null
}
