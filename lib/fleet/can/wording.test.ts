import { describe, expect, it } from 'vitest'
import { agree, because, counted, listed } from './wording.ts'

describe('because', () => {
  it.each([
    ['', ''],
    [' \n', ''],
    ['pull failed.', ' (pull failed)'],
    ['one\n  two', ' (one two)'],
    ['x'.repeat(201), ` (${'x'.repeat(200)}…)`],
  ])('of %j', (message, words) => {
    expect(because(message)).toBe(words)
  })
})

describe('listed', () => {
  it.each([
    ['', ''],
    ['a', 'a'],
    ['a b', 'a and b'],
    ['a b c', 'a, b and c'],
    ['a b c d e f', 'a, b, c, d, e and f'],
    ['a b c d e f g', 'a, b, c, d, e and 2 more'],
  ])('of %j', (names, words) => {
    expect(listed(names === '' ? [] : names.split(' '))).toBe(words)
  })

  it('counts those that it was not given', () => {
    expect(listed('a b c d e f'.split(' '), 2_000)).toBe('a, b, c, d, e and 1995 more')
  })
})

it('counts and agrees', () => {
  expect([0, 1, 2].map((count) => `${counted(count, 'VM')} ${agree(count, 'is', 'are')}`)).toEqual([
    '0 VMs are',
    '1 VM is',
    '2 VMs are',
  ])
})
