import { describe, expect, it } from 'vitest'
import { nameFlaw, namespaceFlaw, poolFlaw } from './name-flaw.ts'

const LONG = 'a'.repeat(64)

describe('the flaw of a name', () => {
  it.each([
    ['web', null],
    ['web-2', null],
    ['web.v2', null],
    ['a'.repeat(63), null],
    ['', 'It needs a name.'],
    ['Web', 'Small letters only.'],
    ['web copy', 'Small letters, digits, - and . only.'],
    ['wéb', 'Small letters, digits, - and . only.'],
    ['-web', 'It begins and ends with a letter or a digit.'],
    ['web-', 'It begins and ends with a letter or a digit.'],
    ['web..v2', 'It begins and ends with a letter or a digit.'],
    [LONG, 'At most 63 letters: these are 64.'],
  ])('of "%s" is %s', (text, flaw) => {
    expect(nameFlaw(text)).toBe(flaw)
  })

  it.each([
    [namespaceFlaw, 'team-a', null],
    [namespaceFlaw, 'team.a', 'Small letters, digits and - only.'],
    [namespaceFlaw, '', 'It needs a namespace.'],
    [namespaceFlaw, LONG, 'At most 63 letters: these are 64.'],
    [poolFlaw, '', null],
    [poolFlaw, 'GPU_a.1', null],
    [poolFlaw, 'gpu a', 'Letters, digits, -, _ and . only.'],
    [poolFlaw, LONG, 'At most 63 letters: these are 64.'],
  ])('%o of "%s" is %s', (flawOf, text, flaw) => {
    expect(flawOf(text)).toBe(flaw)
  })
})
