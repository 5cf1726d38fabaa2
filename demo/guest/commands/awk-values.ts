import { posixRegex } from './posix-regex.ts'

/** Input is text that counts as a number where it looks like one; that is what `Input` marks. */
export type Value = number | string | { input: string }

export type AwkArray = Map<string, Value>

/** Where a program runs: its variables and the record it is at. */
export interface AwkState {
  variables: Map<string, Value>
  arrays: Map<string, AwkArray>
  record: string
  fields: string[]
  output: string
  random: () => number
}

export const toText = (value: Value | undefined): string => {
  if (value === undefined) return ''
  if (typeof value === 'string') return value
  if (typeof value === 'object') return value.input
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(6)))
}

export const toNumber = (value: Value | undefined): number => {
  if (typeof value === 'number') return value
  return (
    Number.parseFloat(/^\s*[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?/.exec(toText(value))?.[0] ?? '0') || 0
  )
}

const looksNumeric = (value: Value | undefined) =>
  typeof value === 'number' ||
  value === undefined ||
  (typeof value === 'object' && /^\s*[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?\s*$/.test(value.input))

export const isTrue = (value: Value | undefined): boolean =>
  looksNumeric(value) ? toNumber(value) !== 0 : toText(value) !== ''

export function compareValues(a: Value | undefined, b: Value | undefined): number {
  if (looksNumeric(a) && looksNumeric(b)) return toNumber(a) - toNumber(b)
  const [left, right] = [toText(a), toText(b)]
  return left < right ? -1 : left > right ? 1 : 0
}

const compiled = new Map<string, RegExp>()

/** Regular expressions are kept: a program uses few, and often. */
export function awkRegex(source: string): RegExp {
  const known = compiled.get(source)
  if (known) return known
  if (compiled.size > 500) compiled.clear()
  const regex = posixRegex(source, true)
  compiled.set(source, regex)
  return regex
}

/** Splits as FS says: a blank takes runs of blanks, one letter itself, more is a regular expression. */
export function splitFields(text: string, separator: string): string[] {
  if (separator === ' ') return text.trim() === '' ? [] : text.trim().split(/\s+/)
  if (text === '') return []
  if (separator === '') return Array.from(text)
  return text.split(separator.length === 1 && separator !== '\\' ? separator : awkRegex(separator))
}

export function setRecord(state: AwkState, record: string): void {
  state.record = record
  state.fields = splitFields(record, toText(state.variables.get('FS')))
}

export function getField(state: AwkState, n: number): Value {
  return { input: n === 0 ? state.record : (state.fields[n - 1] ?? '') }
}

/** A field beyond the last makes those between empty; the record is put together again. */
export function setField(state: AwkState, n: number, value: Value): void {
  if (n === 0) return setRecord(state, toText(value))
  const { fields } = state
  for (let i = fields.length; i < Math.min(n, 10_000); i++) fields.push('')
  fields[n - 1] = toText(value)
  state.record = state.fields.join(toText(state.variables.get('OFS')))
}

export function getVariable(state: AwkState, name: string): Value | undefined {
  return name === 'NF' ? state.fields.length : state.variables.get(name)
}

export function setVariable(state: AwkState, name: string, value: Value): void {
  if (name !== 'NF') return void state.variables.set(name, value)
  state.fields.length = Math.min(Math.max(0, toNumber(value)), 10_000)
  state.fields = Array.from(state.fields, (field) => field ?? '')
  state.record = state.fields.join(toText(state.variables.get('OFS')))
}

export function arrayOf(state: AwkState, name: string): AwkArray {
  const known = state.arrays.get(name)
  if (known) return known
  const made: AwkArray = new Map()
  state.arrays.set(name, made)
  return made
}
