import { parseQuantity } from '../../../lib/cocoon/quantity-parse.ts'
import type { Quantity } from '../../../lib/cocoon/quantity-parse.ts'
import { quantityText } from '../../../lib/cocoon/quantity.ts'
import type { TimeLayout } from './decode-time.ts'
import { parseTime, timeText } from './decode-time.ts'
import type { Place } from './decode-place.ts'
import { mismatch, unreadable } from './decode-words.ts'

/** Reads a value that its Go type reads by itself; null stays absent. Throws what is unreadable. */
type Reader = (value: unknown, place: Place | undefined) => unknown

const QUANTITY_FORM =
  "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'"
const NUMBER_AND_SUFFIX = /^[+-]?[0-9.]+[eEinumkKMGTP]*[-+]?[0-9]*$/

function quantityOf(value: unknown): Quantity {
  const text = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : ''
  const parsed = parseQuantity(text)
  if (parsed) return parsed
  if (!NUMBER_AND_SUFFIX.test(text)) throw unreadable(QUANTITY_FORM)
  const numeric = /^[+-]?(?:\d+\.?\d*|\.\d+)/.test(text)
  throw unreadable(`unable to parse ${numeric ? "quantity's suffix" : 'numeric part of quantity'}`)
}

const INT32_MAX = 2 ** 31 - 1

const time =
  (layout: TimeLayout): Reader =>
  (value, place) => {
    if (typeof value !== 'string') throw unreadable(mismatch(value, 'string', place))
    const at = parseTime(value, layout)
    if (typeof at !== 'number') throw unreadable(at.error)
    return timeText(value, at, layout)
  }

const intOrString: Reader = (value, place) => {
  if (typeof value === 'string') return value
  if (typeof value !== 'number') throw unreadable(mismatch(value, 'int32', place))
  if (Number.isInteger(value) && Math.abs(value) <= INT32_MAX) return value
  throw unreadable(mismatch(value, 'int32', place, true))
}

const asItIs: Reader = (value) => value
const META = 'io.k8s.apimachinery.pkg.apis.meta.v1.'

/** By the name of their schema. */
export const SPECIAL_READERS: Readonly<Record<string, Reader>> = {
  'io.k8s.apimachinery.pkg.api.resource.Quantity': (value) => quantityText(quantityOf(value)),
  'io.k8s.apimachinery.pkg.runtime.RawExtension': asItIs,
  'io.k8s.apimachinery.pkg.util.intstr.IntOrString': intOrString,
  [`${META}FieldsV1`]: asItIs,
  [`${META}MicroTime`]: time('micros'),
  [`${META}Time`]: time('seconds'),
  'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSON': asItIs,
}

const ALPHABET = /[A-Za-z0-9+/]/

/** Go's complaint about a text that is not base64; undefined when it is. */
export function base64Fault(text: string): string | undefined {
  const fault = (at: number) => `illegal base64 data at input byte ${at}`
  let pending = 0
  for (let at = 0; at < text.length; at++) {
    const letter = text.charAt(at)
    if (letter === '\n' || letter === '\r') continue
    if (letter === '=') return paddingFault(text, at, pending, fault)
    if (!ALPHABET.test(letter)) return fault(at)
    pending = (pending + 1) % 4
  }
  return pending === 0 ? undefined : fault(text.length - pending)
}

function paddingFault(
  text: string,
  at: number,
  pending: number,
  fault: (at: number) => string,
): string | undefined {
  if (pending < 2) return fault(at)
  const rest = text.slice(at + 1).replaceAll(/[\r\n]/g, '')
  if (pending === 3) return rest === '' ? undefined : fault(at + 1)
  if (!rest.startsWith('=')) return fault(rest === '' ? text.length : at + 1)
  return rest.length === 1 ? undefined : fault(at + 2)
}
