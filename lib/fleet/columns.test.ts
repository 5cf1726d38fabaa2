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
    [
      'UUIDs',
      [{ uid: 'd52d7ff8-77e0-4c13-8ca3-e6f93f84b45f' }, { uid: '00000000-0000-0000-0000-000000000000' }],
    ],
    [
      'UUIDs and texts that are nearly so',
      [
        { uid: 'd52d7ff8-77e0-4c13-8ca3-e6f93f84b45f' },
        { uid: 'D52d7ff8-77e0-4c13-8ca3-e6f93f84b45f' },
        { uid: 'd52d7ff8-77e0-4c13-8ca3-e6f93f84b45f\n' },
      ],
    ],
    ['texts that end with the name', ['a', 'b', 'c'].map((name) => ({ vmName: `vk-lab-${name}`, name }))],
    [
      'texts that mostly end with the name',
      ['a', 'b', 'c', ''].map((name) => ({ name, vmName: name === 'b' ? 'other' : `vk-${name}` })),
    ],
    ['many different values', Array.from({ length: 200 }, (_, at) => ({ a: at % 44, b: at % 45 }))],
    ['hostile texts', [{ a: '\0\u{d800}"\\\n' }, { a: '__proto__' }, { a: 'constructor' }]],
  ])('come back as they were: %s', (_, rows) => {
    expect(decodeColumns(encodeColumns(rows))).toEqual(rows)
    expect(overTheWire(rows)).toEqual(rows)
  })

  it('use a dictionary where values repeat, and only there', () => {
    const rows = Array.from({ length: 8 }, (_, at) => ({ phase: at < 4 ? 'ready' : 'failed', uid: `u${at}` }))
    expect(encodeColumns(rows).c).toEqual({
      phase: { d: ['ready', 'failed'], i: '00001111' },
      uid: rows.map((row) => row.uid),
    })
  })

  it('send once what stands in all texts of two columns, and the digits of UUIDs without what is between', () => {
    const uid = (at: number) => `d52d7ff8-77e0-4c13-8ca3-e6f93f84b45${at}`
    const rows = [1, 2, 3].map((at) => ({ name: `web-${at}`, vmName: `vk-lab-web-${at}`, uid: uid(at) }))
    expect(encodeColumns(rows).c).toMatchObject({
      vmName: { d: ['vk-lab-'], i: '000', before: 'name' },
      uid: { u: rows.map((row) => row.uid.replaceAll('-', '')).join('') },
    })
  })

  it('follow no column in circles', () => {
    const table = { n: 1, c: { a: { d: ['x'], i: [0], before: 'b' }, b: { d: ['y'], i: [0], before: 'a' } } }
    expect(decodeColumns(table)).toEqual([{ a: 'x', b: 'y' }])
  })

  it('read a column that is too short, or an index that is wrong, as missing', () => {
    const stemmed = { d: ['x'], i: [0, 0, 0], before: 'a' }
    const table = {
      n: 3,
      c: {
        a: ['y'],
        b: { d: ['x'], i: [0, 5] },
        c: stemmed,
        e: { d: [1], i: '01' },
        u: { u: '0'.repeat(63) },
      },
    }
    expect(decodeColumns(table)).toEqual([
      { a: 'y', b: 'x', c: 'xy', e: 1, u: '00000000-0000-0000-0000-000000000000' },
      { a: undefined },
      {},
    ])
  })

  it('weigh less than half of the rows, plain, and less compressed too', () => {
    const rows = manyVms(1_000)
    const [asColumns, asRows] = [JSON.stringify(encodeColumns(rows)), JSON.stringify(rows)]
    expect(decodeColumns(JSON.parse(asColumns))).toEqual(rows)
    expect(asColumns.length / asRows.length).toBeLessThan(0.4)
    expect(deflateSync(asColumns).length / deflateSync(asRows).length).toBeLessThan(0.8)
  })
})
