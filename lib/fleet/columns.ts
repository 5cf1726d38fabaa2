import { columnReader, encodeColumn, encodeStemmed } from './column.ts'
import type { Columns } from './wire.ts'

/** The names of VMs end with those of their pods (contract 2.2), so they need not be sent again. */
const STEM = 'name'

/** Rows by columns: about a quarter of the size of an array of objects, and quicker to parse. */
export function encodeColumns(rows: readonly object[]): Columns {
  const fields = rows as readonly Record<string, unknown>[]
  const names = new Set<string>()
  for (const row of rows) for (const name of Object.keys(row)) names.add(name)
  const valuesOf = (name: string) => fields.map((row) => row[name])
  const stems = valuesOf(STEM)
  const columns = [...names].map((name): [string, Columns['c'][string]] => {
    const values = valuesOf(name)
    const column = encodeColumn(values)
    const stemmed = name === STEM || column !== values ? undefined : encodeStemmed(values, STEM, stems)
    return [name, stemmed ?? column]
  })
  return { n: rows.length, c: Object.fromEntries(columns) }
}

/** The rows again. Every row has every column of the table, `undefined` where a column is too short. */
export function decodeColumns<Row>(table: Columns): Row[] {
  const names = Object.keys(table.c)
  // Copies of a row that has all fields already: much quicker than to add them to each row one by one.
  const blank = Object.fromEntries(names.map((name) => [name, undefined]))
  const rows = Array.from({ length: table.n }, (): Record<string, unknown> => ({ ...blank }))
  for (const [name, column] of Object.entries(table.c)) {
    const read = columnReader(column, table)
    rows.forEach((row, at) => {
      row[name] = read(at)
    })
  }
  return rows as Row[]
}
