import { describe, expect, it } from 'vitest'
import { compareTexts, naturalKey } from './arrange-natural.ts'

const compareNatural = (a: string, b: string) =>
  compareTexts(naturalKey(a), naturalKey(b)) || compareTexts(a, b)

describe('naturalKey', () => {
  it.each<[string, string]>([
    ['web-2', 'web-10'],
    ['web-2', 'web-2a'],
    ['web-9-z', 'web-10-a'],
    ['a', 'b'],
    ['', 'a'],
    ['web', 'web-0'],
    ['node-a2', 'node-b1'],
    ['10.8.4.9', '10.8.4.17'],
    ['x999999999999999999998', 'x999999999999999999999'],
    ['web-2', 'web-02b'],
    ['a1b2', 'a1b10'],
  ])('puts %j before %j', (first, second) => {
    expect(compareNatural(first, second)).toBeLessThan(0)
    expect(compareNatural(second, first)).toBeGreaterThan(0)
  })

  it('does not count leading zeros', () => {
    expect(naturalKey('web-02')).toBe(naturalKey('web-2'))
    expect(naturalKey('web-20')).not.toBe(naturalKey('web-2'))
  })

  it('is an order: sorting any shuffle gives the same', () => {
    const words = [
      'web-10',
      'web-2',
      'web-02',
      'web-1',
      '',
      '1',
      '01',
      'a1b',
      'a01b',
      'a1',
      '🦆2',
      '🦆10',
      '\u202Ex',
    ]
    const sorted = [...words].sort(compareNatural)
    for (let turn = 0; turn < words.length; turn++) {
      words.push(words.shift() ?? '')
      expect([...words].sort(compareNatural)).toEqual(sorted)
      expect([...words].reverse().sort(compareNatural)).toEqual(sorted)
    }
  })
})
