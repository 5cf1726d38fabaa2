import { describe, expect, it } from 'vitest'
import { QUANTITY_CASES } from './quantity.cases.ts'
import { quantityString, quantityValue } from './quantity.ts'

describe('quantityString', () => {
  it.each(QUANTITY_CASES)('prints %j as Go does: %j', (text, canonical) => {
    expect(quantityString(text)).toBe(canonical ?? '')
  })

  it.each([
    [null, ''],
    [undefined, ''],
    [10, '10'],
    [0.5, '500m'],
    [-0, '0'],
    [1e21, '1e+21'],
  ])('prints %j as %j', (json, text) => {
    expect(quantityString(json)).toBe(text)
  })

  it('changes no text twice', () => {
    // Above 999E the suffix is lost, so the printed amount is another one.
    const stable = QUANTITY_CASES.map(([, text]) => text).filter((text) => text !== null)
    expect(stable.map((text) => quantityString(text))).toEqual(stable)
  })

  it.each([
    ['digits', '9'.repeat(200_000)],
    ['zeros', `1${'0'.repeat(200_000)}`],
    ['fractions', `0.${'0'.repeat(200_000)}1Ki`],
    ['blanks', ' '.repeat(200_000)],
    ['powers', '12345678901234567890123e2147483000'],
    ['fine powers', '1e-2147483000'],
  ])('survives hostile %s', (_, text) => {
    expect(typeof quantityString(text)).toBe('string')
    expect(quantityValue(text)).not.toBeNaN()
  })
})

describe('quantityValue', () => {
  it.each([
    ['500m', 0.5],
    ['1500Mi', 1500 * 1024 * 1024],
    ['20Gi', 20 * 1024 ** 3],
    ['1.5G', 1.5e9],
    ['100G', 1e11],
    ['1e3', 1000],
    ['-2k', -2000],
    ['1n', 1e-9],
    ['0.1n', 1e-9],
    ['8Ei', 2 ** 63],
    [4, 4],
    ['0', 0],
    ['', null],
    ['many', null],
    [null, null],
    [undefined, null],
    ['1e999999', null],
  ])('reads %j as %j', (text, value) => {
    expect(quantityValue(text)).toBe(value)
  })

  it('reads the canonical text as the same amount', () => {
    const exact = QUANTITY_CASES.filter(([text]) => text !== '1000E')
    expect(exact.map(([, text]) => quantityValue(text))).toEqual(exact.map(([text]) => quantityValue(text)))
  })
})
