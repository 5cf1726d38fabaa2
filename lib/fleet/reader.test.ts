import { describe, expect, it } from 'vitest'
import { createReader, fieldsOf, itemsOf } from './reader.ts'

/** What a reader makes of a value, and what it says of it. */
function reading<T>(read: (reader: ReturnType<typeof createReader>) => T): [T, string[]] {
  const reader = createReader()
  return [read(reader), reader.problems]
}

describe('text', () => {
  it.each<[unknown, string, string[]]>([
    ['web', 'web', []],
    ['', '', []],
    [undefined, '', []],
    [null, '', []],
    ['a\0b', 'a\0b', []],
    [7, '', ['name is 7, which is not text']],
    [false, '', ['name is false, which is not text']],
    [['a'], '', ['name is a list, which is not text']],
    [{ toString: 'x' }, '', ['name is an object, which is not text']],
    ['x'.repeat(513), 'x'.repeat(512), ['name has 513 characters; the first 512 are shown']],
  ])('reads %j', (value, expected, problems) => {
    expect(reading((read) => read.text('name', value))).toEqual([expected, problems])
  })
})

describe('whole', () => {
  const no = (shown: string) => [`port is ${shown}, not a whole number from 0 to 65535`]
  it.each<[unknown, number, string[]]>([
    ['5901', 5901, []],
    ['+5901', 5901, []],
    ['05901', 5901, []],
    [5901, 5901, []],
    ['', 0, []],
    [undefined, 0, []],
    ['-1', 0, no('-1')],
    ['70000', 0, no('70000')],
    ['59o1', 0, no('59o1')],
    [' 5901', 0, no(' 5901')],
    ['1e3', 0, no('1e3')],
    ['9'.repeat(99), 0, no(`${'9'.repeat(60)}…`)],
    [1e21, 0, no('1e+21')],
    [1.5, 0, no('1.5')],
    [Number.NaN, 0, no('NaN')],
    [{}, 0, no('an object')],
  ])('reads %j', (value, expected, problems) => {
    expect(reading((read) => read.whole('port', value, 0, 65_535))).toEqual([expected, problems])
  })
})

describe('time', () => {
  const no = (shown: string) => [`at is ${shown}, which is not a time`]
  it.each<[unknown, string | null, string[]]>([
    ['2026-01-01T10:00:00Z', '2026-01-01T10:00:00.000Z', []],
    ['2026-01-01T10:00:00.123456Z', '2026-01-01T10:00:00.123Z', []],
    ['2026-01-01T12:00:00+02:00', '2026-01-01T10:00:00.000Z', []],
    [undefined, null, []],
    [null, null, []],
    ['', null, no('')],
    ['2', null, no('2')],
    ['2026-01-01 10:00', null, no('2026-01-01 10:00')],
    ['2026-13-01T10:00:00Z', null, no('2026-13-01T10:00:00Z')],
    ['-271821-04-20T00:00:00Z', null, no('-271821-04-20T00:00:00Z')],
    [1_767_261_600, null, no('1767261600')],
    [new Date(0), null, no('an object')],
  ])('reads %j', (value, expected, problems) => {
    expect(reading((read) => read.time('at', value))).toEqual([expected, problems])
  })
})

describe('flag', () => {
  it.each<[unknown, boolean, string[]]>([
    [true, true, []],
    [false, false, []],
    [undefined, false, []],
    ['true', false, ['suspend is true, which is neither true nor false']],
    [1, false, ['suspend is 1, which is neither true nor false']],
  ])('reads %j', (value, expected, problems) => {
    expect(reading((read) => read.flag('suspend', value))).toEqual([expected, problems])
  })
})

it('keeps the first eight problems', () => {
  const [, problems] = reading((read) => Array.from({ length: 50 }, (_, at) => read.text(`f${at}`, at)))
  expect(problems).toHaveLength(8)
})

it('does not print what is too deep to print', () => {
  const deep: unknown = JSON.parse('['.repeat(50_000) + ']'.repeat(50_000))
  expect(reading((read) => read.text('name', deep))).toEqual(['', ['name is a list, which is not text']])
})

describe('what has fields and items', () => {
  it.each<[unknown, object]>([
    [{ a: 1 }, { a: 1 }],
    [null, {}],
    [undefined, {}],
    ['text', {}],
    [[1], {}],
  ])('fields of %j', (value, expected) => expect(fieldsOf(value)).toEqual(expected))

  it.each<[unknown, object[]]>([
    [
      [{ a: 1 }, null, 7, 'x', [2]],
      [{ a: 1 }, {}],
    ],
    [{ length: 3 }, []],
    [null, []],
  ])('items of %j', (value, expected) => expect(itemsOf(value)).toEqual(expected))
})
