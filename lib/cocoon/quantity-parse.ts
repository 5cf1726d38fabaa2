import { parseGoBigInt64 } from './go-int.ts'

/**
 * Reading Kubernetes quantities as Go's `resource.Quantity` does, its leniency and its corners included:
 * the annotations of the contract carry the text that Go makes of them (contract 2.4).
 */
export type QuantityFormat = 'decimal' | 'binary' | 'exponent'

export interface Quantity {
  /** The amount is `coefficient` times ten to the power of `exponent`; the coefficient carries the sign. */
  coefficient: bigint
  exponent: number
  format: QuantityFormat
  /** The text as given where Go keeps it: short numbers that already look canonical to it. */
  text: string | null
}

interface Suffix {
  format: QuantityFormat
  ten: number
  two: number
}

const DECIMAL_SUFFIXES = ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E']
const BINARY_SUFFIXES = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei']

const SUFFIXES = new Map<string, Suffix>([
  ...BINARY_SUFFIXES.map((text, i): [string, Suffix] => [text, { format: 'binary', ten: 0, two: i * 10 }]),
  ...DECIMAL_SUFFIXES.map((text, i): [string, Suffix] => [
    text,
    { format: 'decimal', ten: i * 3 - 9, two: 0 },
  ]),
])

/** Matches every text, and never backtracks: what it leaves must be a suffix. */
const NUMBER = /^([+-]?)([0-9]*)(?:\.([0-9]*))?/
const EXPONENT = /^[eE]([+-]?[0-9]+)$/
const INT64_MAX = 2n ** 63n - 1n
/** Decimal digits that Go computes with in an int64; longer numbers take the slow path. */
const FAST_DIGITS = 18
const FAST_BINARY_DIGITS = 14
/** Nothing finer than a nano unit exists. */
const FINEST = -9

/** The quantity that Go reads from a text without blanks; null where Go reports an error (contract 2.4). */
export function parseQuantity(text: string): Quantity | null {
  const match = NUMBER.exec(text)
  if (text === '' || match === null) return null
  const [whole = '', sign = '', integer = '', fraction = ''] = match
  const suffix = readSuffix(text.slice(whole.length))
  if (suffix === null) return null
  const digits = integer.replace(/^0+/, '') || '0'
  const scale = (suffix.ten - fraction.length) | 0
  const amount = { sign: sign === '-' ? -1n : 1n, shifted: digits + fraction, scale, suffix }
  if (isFast(digits, fraction, suffix) && scale >= FINEST) {
    return fastQuantity(amount, keepsText(amount) ? text : null)
  }
  // A bare suffix or point is zero to the fast path and an error to the slow one.
  return integer + fraction === '' ? null : slowQuantity(amount)
}

/** Suffix of ten to the power of `exponent`; "" outside n..E, which is how Go loses it (contract 2.4). */
export function decimalSuffix(exponent: number): string {
  return DECIMAL_SUFFIXES[(exponent - FINEST) / 3] ?? ''
}

/** Suffix of 1024 to the power of `power`: "" for 0, `Ei` for 6. */
export function binarySuffix(power: number): string {
  return BINARY_SUFFIXES[power] ?? ''
}

interface Amount {
  sign: bigint
  shifted: string
  scale: number
  suffix: Suffix
}

function readSuffix(text: string): Suffix | null {
  const known = SUFFIXES.get(text)
  if (known) return known
  const power = EXPONENT.exec(text)?.[1] ?? ''
  const value = parseGoBigInt64(power)
  if (value === null) return null
  return { format: 'exponent', ten: Number(BigInt.asIntN(32, value)), two: 0 }
}

function isFast(digits: string, fraction: string, suffix: Suffix): boolean {
  if (suffix.format !== 'binary') return digits.length + fraction.length <= FAST_DIGITS
  return fraction === '' && digits.length + Math.trunc(suffix.two * 0.3) <= FAST_BINARY_DIGITS
}

function keepsText({ shifted, scale, suffix }: Amount): boolean {
  if (suffix.format === 'binary') return Number(shifted) % 8 !== 0
  return scale % 3 === 0 && !shifted.endsWith('000') && !shifted.startsWith('0')
}

function fastQuantity({ sign, shifted, scale, suffix }: Amount, text: string | null): Quantity {
  const coefficient = sign * BigInt(shifted) * 2n ** BigInt(suffix.two)
  return { coefficient, exponent: scale, format: suffix.format, text }
}

function slowQuantity({ sign, shifted, scale, suffix }: Amount): Quantity {
  let coefficient = BigInt(shifted) * 2n ** BigInt(suffix.two)
  let exponent = scale
  if (exponent < FINEST) {
    coefficient = roundUp(coefficient, FINEST - exponent)
    exponent = FINEST
  }
  let format = suffix.format
  if (format === 'binary') {
    const one = 10n ** BigInt(-exponent)
    if (coefficient > INT64_MAX * one) [coefficient, exponent] = [INT64_MAX, 0]
    else if (coefficient > 0n && coefficient < one) format = 'decimal'
  }
  return { coefficient: sign * coefficient, exponent, format, text: null }
}

/** Drops the last `places` digits, away from zero. */
function roundUp(coefficient: bigint, places: number): bigint {
  const digits = coefficient.toString()
  const dropped = digits.slice(-places)
  const kept = BigInt(digits.slice(0, Math.max(0, digits.length - places)) || '0')
  return /[1-9]/.test(dropped) ? kept + 1n : kept
}
