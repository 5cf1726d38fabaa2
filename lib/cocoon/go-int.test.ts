import { describe, expect, it } from 'vitest'
import { goIntText, parseGoInt32, parseGoInt64 } from './go-int.ts'

// Contract 2.1: text, 64 bits, 32 bits.
const CASES: readonly [text: string, int64: number | null, int32: number | null][] = [
  ['5', 5, 5],
  ['+5', 5, 5],
  ['005', 5, 5],
  ['-0', 0, 0],
  ['+0', 0, 0],
  ['000', 0, 0],
  ['-7', -7, -7],
  [' 5', null, null],
  ['5 ', null, null],
  ['5\n', null, null],
  ['5.0', null, null],
  ['1e2', null, null],
  ['0x5', null, null],
  ['1_0', null, null],
  ['+', null, null],
  ['-', null, null],
  ['', null, null],
  ['+-5', null, null],
  ['٣', null, null],
  ['2147483647', 2147483647, 2147483647],
  ['2147483648', 2147483648, null],
  ['-2147483648', -2147483648, -2147483648],
  ['-2147483649', -2147483649, null],
  ['9007199254740993', 9007199254740992, null],
  ['9223372036854775807', 2 ** 63, null],
  ['9223372036854775808', null, null],
  ['-9223372036854775808', -(2 ** 63), null],
  ['-9223372036854775809', null, null],
  ['99999999999999999999', null, null],
  ['0000000000000000000000000000007', 7, 7],
]

describe('integers', () => {
  it.each(CASES)('%j is %j in 64 bits and %j in 32', (text, int64, int32) => {
    expect(parseGoInt64(text)).toBe(int64)
    expect(parseGoInt32(text)).toBe(int32)
  })

  it.each(['9', '0', '-'])('survive a hostile run of %j', (digit) => {
    expect(parseGoInt64(digit.repeat(200_000) + 'x')).toBeNull()
    expect(parseGoInt64('9'.repeat(200_000))).toBeNull()
  })

  it.each([
    [0, '0'],
    [-0, '0'],
    [-4, '-4'],
    [2 ** 60, '1152921504606846976'],
    [1.5, '1'],
    [Number.NaN, '0'],
  ])('%d prints as %j', (value, text) => {
    expect(goIntText(value)).toBe(text)
  })
})
