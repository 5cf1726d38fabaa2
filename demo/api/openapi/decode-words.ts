import type { Place } from './decode-place.ts'
import { goPathOf } from './decode-place.ts'

/** What goes wrong while an object is read. The first error counts; those of a type's own reader stop the rest. */
export interface Reading {
  error: string | undefined
  /** `unknown field "spec.foo"`, in the order of the document. */
  strict: string[]
  /** Paths that the document gives more than once. */
  duplicates: ReadonlySet<string>
  dialect: Dialect
}

/** Whose words errors are in: those of the JSON decoder, or of the converter that strategic patches go through. */
export type Dialect = 'json' | 'unstructured'

interface Unreadable extends Error {
  unreadable: true
}

/** What readers of special types throw, as Go's custom unmarshallers end the decoding. */
export const unreadable = (why: string): Unreadable =>
  Object.assign(new Error(why), { unreadable: true as const })

export const isUnreadable = (error: unknown): error is Unreadable =>
  error instanceof Error && 'unreadable' in error

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'array'
  if (typeof value === 'boolean') return 'bool'
  return typeof value
}

/** Go's words for a value of the wrong type; `number` gives the number itself where only its value is wrong. */
export function mismatch(value: unknown, goType: string, place: Place | undefined, number = false): string {
  const found = number ? `number ${String(value)}` : kindOf(value)
  const path = goPathOf(place)
  const where = path ? `Go struct field ${path} of type ${goType}` : `Go value of type ${goType}`
  return `json: cannot unmarshal ${found} into ${where}`
}

/** Go's kind of a type: what the converter can make it from. */
export type GoKind = 'struct' | 'slice' | 'map' | 'string' | 'bool' | 'int32' | 'int64' | 'float64'

function sourceKind(value: unknown): string {
  if (Array.isArray(value)) return 'slice'
  if (typeof value === 'number') return Number.isInteger(value) ? 'int64' : 'float64'
  return typeof value === 'object' ? 'map' : kindOf(value)
}

/** The converter's words for a value of the wrong type. */
export function inconvertible(value: unknown, goType: string, kind: GoKind): string {
  const source = sourceKind(value)
  if (kind === 'struct') return `cannot restore struct from: ${source}`
  if (kind === 'slice' || kind === 'map') return `cannot restore ${kind} from ${source}`
  if (typeof value === 'number' && kind !== 'bool') return `cannot convert ${source} to ${goType}`
  return `unrecognized type: ${kind}`
}
