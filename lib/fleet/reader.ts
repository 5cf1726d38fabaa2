import { remembered } from './remembered.ts'

/**
 * Reads fields of objects that strangers wrote. Whatever is not as the contract says becomes a zero value
 * and a problem in words; nothing here throws, so that one poisoned object costs one row its shine and no
 * more (promise A4).
 */
export interface Reader {
  problems: string[]
  /** Text of at most `limit` characters; anything that is not text counts as ''. */
  text(field: string, value: unknown, limit?: number): string
  /** The same for what many objects say alike: equal texts are one text in memory. */
  word(field: string, value: unknown): string
  /** A whole number between `low` and `high`, written as a number or in plain decimal digits; else 0. */
  whole(field: string, value: unknown, low: number, high: number): number
  /** True for `true` only. */
  flag(field: string, value: unknown): boolean
  /** The value as ISO 8601; null when it is missing or is not a time as Kubernetes writes it (RFC 3339). */
  time(field: string, value: unknown): string | null
  /** Adds a problem of another kind, in words. */
  problem(text: string): void
}

/** Longer names than this are no names: Kubernetes itself stops at 253. */
const NAME_LIMIT = 512
const PROBLEM_LIMIT = 8

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/

/** No time as the API server writes it is longer. */
const TIME_LENGTH = 35
const SHARED_LIMIT = 4_096

const shared = remembered(SHARED_LIMIT, (text) => text)

/** ISO 8601; null for what is no time. */
const isoTime = remembered(SHARED_LIMIT, (text) => {
  const parsed = TIME.test(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(parsed) ? null : new Date(parsed).toISOString()
})

/** Objects and lists are named, not printed: they may be deep enough to overflow the stack. */
const shown = (value: unknown) => {
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object') return 'an object'
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  const text = typeof value === 'string' ? value : typeof value
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}

export function createReader(): Reader {
  const problems: string[] = []
  const problem = (text: string) => {
    if (problems.length < PROBLEM_LIMIT) problems.push(text)
  }
  const text = (field: string, value: unknown, limit = NAME_LIMIT) => {
    if (value === undefined || value === null) return ''
    if (typeof value !== 'string') {
      problem(`${field} is ${shown(value)}, which is not text`)
      return ''
    }
    if (value.length <= limit) return value
    problem(`${field} has ${value.length} characters; the first ${limit} are shown`)
    return value.slice(0, limit)
  }
  return {
    problems,
    problem,
    text,
    word: (field, value) => shared(text(field, value)),
    whole(field, value, low, high) {
      if (value === undefined || value === null || value === '') return 0
      const digits = typeof value === 'number' ? String(value) : value
      const number =
        typeof digits === 'string' && /^[+-]?\d{1,19}$/.test(digits) ? Number(digits) : Number.NaN
      if (Number.isSafeInteger(number) && number >= low && number <= high) return number
      problem(`${field} is ${shown(value)}, not a whole number from ${low} to ${high}`)
      return 0
    },
    flag(field, value) {
      if (value !== undefined && value !== null && typeof value !== 'boolean') {
        problem(`${field} is ${shown(value)}, which is neither true nor false`)
      }
      return value === true
    },
    time(field, value) {
      if (value === undefined || value === null) return null
      const time = typeof value === 'string' && value.length <= TIME_LENGTH ? isoTime(value) : null
      if (time !== null) return time
      problem(`${field} is ${shown(value)}, which is not a time`)
      return null
    },
  }
}

/** A plain object, or {} for anything else: null, arrays and primitives have no fields worth reading. */
export function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {}
}

/** The plain objects of a list; anything else in it is passed over. */
export function itemsOf(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value)
    ? value.filter((item) => item !== null && typeof item === 'object').map(fieldsOf)
    : []
}
