import { binarySuffix, decimalSuffix, parseQuantity } from './quantity-parse.ts'
import type { Quantity } from './quantity-parse.ts'

/** A quantity as JSON carries it. */
export type QuantityJson = string | number | null | undefined

// The blanks that Go trims and that JSON lets through unescaped: an escaped tab is an error to Go.
const BLANK = /[ \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/

/**
 * Go's text of a quantity, as the storage annotation carries it: "" for none, and for what Go cannot read,
 * which no API server accepts either. Above 999E Go forgets the suffix, and so does this (contract 2.4).
 */
export function quantityString(quantity: QuantityJson): string {
  const parsed = fromJson(quantity)
  return parsed === null ? '' : quantityText(parsed)
}

/** Amount in base units (cores, bytes); null for none, for what Go cannot read and beyond a double. */
export function quantityValue(quantity: QuantityJson): number | null {
  const parsed = fromJson(quantity)
  if (parsed === null) return null
  const value = Number(`${parsed.coefficient}e${parsed.exponent}`)
  return Number.isFinite(value) ? value : null
}

/** Canonical text of a parsed quantity (contract 2.4). */
export function quantityText(quantity: Quantity): string {
  const { coefficient, exponent, format, text } = quantity
  if (coefficient === 0n) return '0'
  if (text !== null) return text
  const [mantissa, power] = inThousands(coefficient, exponent)
  if (format === 'exponent') return power === 0 ? mantissa : `${mantissa}e${power}`
  const whole = format === 'binary' ? wholeOf(mantissa, power) : null
  if (whole !== null && (whole >= 1024n || whole <= -1024n)) return inKibi(whole)
  return mantissa + decimalSuffix(power)
}

function fromJson(quantity: QuantityJson): Quantity | null {
  if (quantity === null || quantity === undefined) return null
  return parseQuantity(trimBlanks(String(quantity)))
}

function trimBlanks(text: string): string {
  let start = 0
  let end = text.length
  while (start < end && BLANK.test(text.charAt(start))) start += 1
  while (end > start && BLANK.test(text.charAt(end - 1))) end -= 1
  return text.slice(start, end)
}

/** The fewest digits, at a power of ten that is a multiple of three. */
function inThousands(coefficient: bigint, exponent: number): [string, number] {
  const digits = coefficient.toString()
  let end = digits.length
  while (digits[end - 1] === '0') end -= 1
  const power = (exponent + digits.length - end) | 0
  const extra = ((power % 3) + 3) % 3
  return [digits.slice(0, end) + '0'.repeat(extra), power - extra]
}

function wholeOf(mantissa: string, power: number): bigint | null {
  return power < 0 ? null : BigInt(mantissa) * 10n ** BigInt(power)
}

function inKibi(whole: bigint): string {
  let rest = whole
  let power = 0
  while (rest % 1024n === 0n) {
    rest /= 1024n
    power += 1
  }
  return rest.toString() + binarySuffix(power)
}
