import { isRecord } from './json.ts'

/** A JSON value as Go's `%v` prints it: `map[a:1 b:[x y] c:<nil>]`. */
export function printGo(value: unknown): string {
  if (value === null || value === undefined) return '<nil>'
  if (Array.isArray(value)) return `[${value.map(printGo).join(' ')}]`
  if (!isRecord(value)) return typeof value === 'string' ? value : JSON.stringify(value)
  const keys = Object.keys(value).sort()
  return `map[${keys.map((key) => `${key}:${printGo(value[key])}`).join(' ')}]`
}
