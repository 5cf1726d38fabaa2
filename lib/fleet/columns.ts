import type { Columns } from './wire.ts'

type Column = Columns['c'][string]

/** A dictionary pays off when values repeat; ids and timestamps do not, and stay as they are. */
const WORTH_A_DICTIONARY = 0.5

/** JSON has no word for a missing value: it is an index that no dictionary has. */
const MISSING = -1

function encodeColumn(values: unknown[]): Column {
  const missing = values.includes(undefined)
  if (!missing && values.some((value) => typeof value === 'object' && value !== null)) return values
  const index = new Map<unknown, number>()
  for (const value of values) if (value !== undefined && !index.has(value)) index.set(value, index.size)
  if (!missing && index.size > values.length * WORTH_A_DICTIONARY) return values
  return { d: [...index.keys()], i: values.map((value) => index.get(value) ?? MISSING) }
}

/** Rows by columns: about a third of the size of an array of objects, and quicker to parse. */
export function encodeColumns(rows: readonly object[]): Columns {
  const names = new Set<string>()
  for (const row of rows) for (const name of Object.keys(row)) names.add(name)
  const columns = [...names].map((name): [string, Column] => [
    name,
    encodeColumn(rows.map((row) => Reflect.get(row, name) as unknown)),
  ])
  return { n: rows.length, c: Object.fromEntries(columns) }
}

const valueAt = (column: Column, row: number): unknown =>
  Array.isArray(column) ? column[row] : column.d[column.i[row] ?? MISSING]

/** The rows again. Every row has every column of the table, `undefined` where a column is too short. */
export function decodeColumns<Row>(table: Columns): Row[] {
  const columns = Object.entries(table.c)
  return Array.from({ length: table.n }, (_, row) => {
    const decoded: Record<string, unknown> = {}
    for (const [name, column] of columns) decoded[name] = valueAt(column, row)
    return decoded as Row
  })
}
