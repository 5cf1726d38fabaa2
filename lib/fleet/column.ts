import type { Columns } from './wire.ts'

type Column = Columns['c'][string]

/** A dictionary pays off when values repeat; ids and timestamps do not, and stay as they are. */
const WORTH_A_DICTIONARY = 0.5
/** JSON has no word for a missing value: it is an index that no dictionary has. */
const MISSING = -1
/** The indexes of a small dictionary are characters of one text, from `0` on: the last before JSON's backslash is `[`. */
const FIRST_CODE = 0x30
const MISSING_LETTER = String.fromCharCode(FIRST_CODE + MISSING)
const SMALL_DICTIONARY = 0x5c - FIRST_CODE

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const UUID_DIGITS = 32

const isUuid = (value: unknown): value is string => typeof value === 'string' && UUID.test(value)

/** Distinct values in the order in which they come, and their places; null when there are more than `most`. */
function placesOf(values: readonly unknown[], most: number): Map<unknown, number> | null {
  const places = new Map<unknown, number>()
  let last: unknown
  for (const value of values) {
    // Neighbours are often alike, and then need no look into the map.
    if (value === undefined || value === last) continue
    last = value
    if (places.has(value)) continue
    if (places.size >= most) return null
    places.set(value, places.size)
  }
  return places
}

function indexed(values: readonly unknown[], places: ReadonlyMap<unknown, number>) {
  const d = [...places.keys()]
  if (d.length > SMALL_DICTIONARY) return { d, i: values.map((value) => places.get(value) ?? MISSING) }
  const letters = new Map(d.map((value, place) => [value, String.fromCharCode(FIRST_CODE + place)]))
  return { d, i: values.map((value) => letters.get(value) ?? MISSING_LETTER).join('') }
}

const worthOf = (values: readonly unknown[]) => Math.floor(values.length * WORTH_A_DICTIONARY)

/** One column as it goes over the wire, in whichever form is short. */
export function encodeColumn(values: unknown[]): Column {
  const missing = values.includes(undefined)
  if (!missing && values.some((value) => typeof value === 'object' && value !== null)) return values
  const places = placesOf(values, missing ? values.length : worthOf(values))
  if (places !== null) return indexed(values, places)
  return values.every(isUuid) ? { u: values.join('').replaceAll('-', '') } : values
}

/** Texts that end with those of column `stem` in the same row, as what stands before; undefined for others. */
export function encodeStemmed(
  values: readonly unknown[],
  stem: string,
  stems: readonly unknown[],
): Column | undefined {
  const heads: string[] = []
  for (const [row, value] of values.entries()) {
    const end = stems[row]
    const fits = typeof value === 'string' && typeof end === 'string' && value.endsWith(end)
    if (!fits) return undefined
    heads.push(value.slice(0, value.length - end.length))
  }
  const places = placesOf(heads, worthOf(values))
  return places === null ? undefined : { ...indexed(heads, places), before: stem }
}

function uuidAt(digits: string, row: number): string | undefined {
  const at = row * UUID_DIGITS
  if (at + UUID_DIGITS > digits.length) return undefined
  const part = (from: number, to: number) => digits.slice(at + from, at + to)
  return [part(0, 8), part(8, 12), part(12, 16), part(16, 20), part(20, 32)].join('-')
}

/** Reads a column of the table by row; what it does not have is undefined. */
export function columnReader(column: Column, table: Columns): (row: number) => unknown {
  if (Array.isArray(column)) return (row) => column[row]
  if ('u' in column) return (row) => uuidAt(column.u, row)
  const { d, i } = column
  const entry =
    typeof i === 'string'
      ? (row: number) => d[i.charCodeAt(row) - FIRST_CODE]
      : (row: number) => d[i[row] ?? MISSING]
  const stem = column.before === undefined ? undefined : table.c[column.before]
  // A stem is a plain column itself; whatever claims otherwise is not followed.
  if (stem === undefined || (!Array.isArray(stem) && !('d' in stem && stem.before === undefined)))
    return entry
  const stemAt = columnReader(stem, table)
  return (row) => {
    const [head, end] = [entry(row), stemAt(row)]
    return typeof head === 'string' && typeof end === 'string' ? head + end : undefined
  }
}
