import { deflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { decodeColumns, encodeColumns } from './columns.ts'
import { manyVms } from './fleet.fixture.ts'

const overTheWire = (rows: readonly object[]): unknown[] =>
  decodeColumns(JSON.parse(JSON.stringify(encodeColumns(rows))))

describe('rows by columns', () => {
  it.each<[string, object[]]>([
    ['no rows', []],
    ['one row', [{ uid: 'a', slot: 0 }]],
    ['rows without fields', [{}, {}, {}]],
    ['equal rows', Array.from({ length: 9 }, () => ({ phase: 'ready', ok: true, slot: null, n: 0 }))],
    ['different rows', [{ n: 1 }, { n: 2 }, { n: 3 }]],
    ['values of many types', [{ v: 1 }, { v: '1' }, { v: true }, { v: null }, { v: '' }, { v: '1' }]],
    ['nested values', [{ p: [] }, { p: ['x', ['y']] }, { p: { a: { b: [null] } } }, { p: null }]],
    [
      'missing values',
      [
        { a: 1, b: undefined },
        { a: undefined, b: 'x' },
        { a: 1, b: 'x' },
      ],
    ],
    ['only missing values', [{ a: undefined }, { a: undefined }]],
    ['missing among nested values', [{ a: ['x'] }, { a: undefined }, { a: ['x'] }]],
    ['fields that not all rows have', [{ a: 1 }, { a: 1, b: 2 }, { c: [3] }]],
    [
      'texts that look like indexes',
      [
        { '0': 'd', d: 'i', i: '-1' },
        { '0': 'd', d: 'i', i: '-1' },
      ],
    ],
    ['hostile texts', [{ a: '\0\u{d800}"\\\n' }, { a: '__proto__' }, { a: 'constructor' }]],
  ])('come back as they were: %s', (_, rows) => {
    expect(decodeColumns(encodeColumns(rows))).toEqual(rows)
    expect(overTheWire(rows)).toEqual(rows)
  })

  it('use a dictionary where values repeat, and only there', () => {
    const rows = Array.from({ length: 8 }, (_, at) => ({ phase: at < 4 ? 'ready' : 'failed', uid: `u${at}` }))
    expect(encodeColumns(rows).c).toEqual({
      phase: { d: ['ready', 'failed'], i: [0, 0, 0, 0, 1, 1, 1, 1] },
      uid: rows.map((row) => row.uid),
    })
  })

  it('read a column that is too short, or an index that is wrong, as missing', () => {
    const table = { n: 3, c: { a: [1], b: { d: ['x'], i: [0, 5] } } }
    expect(decodeColumns(table)).toEqual([{ a: 1, b: 'x' }, { a: undefined, b: undefined }, {}])
  })

  it('weigh less than half of the rows, plain, and less compressed too', () => {
    const rows = manyVms(1_000)
    const [asColumns, asRows] = [JSON.stringify(encodeColumns(rows)), JSON.stringify(rows)]
    expect(decodeColumns(JSON.parse(asColumns))).toEqual(rows)
    expect(asColumns.length / asRows.length).toBeLessThan(0.4)
    expect(deflateSync(asColumns).length / deflateSync(asRows).length).toBeLessThan(0.8)
  })
})
