import { describe, expect, it } from 'vitest'
import { followTail, NOTHING_FOLLOWED } from './follow-tail.ts'

const split = (text: string) => (text === '' ? [] : text.split(' '))

/** The tails as they come, and what is shown after the last; `|` is a gap. */
const CASES: [why: string, tails: string[], shown: string][] = [
  ['one tail', ['a b c'], 'a b c'],
  ['nothing at all', ['', ''], ''],
  ['nothing new', ['a b c', 'a b c'], 'a b c'],
  ['a line more', ['a b c', 'b c d'], 'a b c d'],
  ['the first lines', ['', 'a b'], 'a b'],
  ['a short log that grows', ['a', 'a b', 'a b c'], 'a b c'],
  ['all new', ['a b c', 'd e f'], 'a b c | d e f'],
  ['a log that began anew', ['a b c', 'x'], 'a b c | x'],
  ['a log that became shorter', ['a b c', 'c'], 'a b c'],
  ['an empty answer in between', ['a b c', '', 'b c d'], 'a b c d'],
  ['lines that come again', ['a b a b', 'a b a b c'], 'a b a b c'],
  ['a line that comes always', ['t t t', 't t t'], 't t t'],
  ['a false beginning', ['a a b a a', 'a a b a a a'], 'a a b a a a'],
  ['a beginning inside', ['x a b', 'a b a b'], 'x a b a b'],
  ['a larger tail', ['c d', 'a b c d e'], 'c d | a b c d e'],
  ['two gaps', ['a', 'b', 'c'], 'a | b | c'],
]

describe('followTail', () => {
  it.each(CASES)('%s', (_why, tails, shown) => {
    const { lines, gaps } = tails.reduce((all, tail) => followTail(all, split(tail), 100), NOTHING_FOLLOWED)
    const marked = lines.flatMap((line, place) => (gaps.includes(place) ? ['|', line] : [line]))
    expect(marked.join(' ')).toBe(shown)
  })

  it('keeps the last lines, their numbers and their gaps', () => {
    const first = followTail(NOTHING_FOLLOWED, ['a', 'b', 'c'], 4)
    const second = followTail(first, ['d', 'e'], 4)
    expect(second).toEqual({ lines: ['b', 'c', 'd', 'e'], gaps: [2], dropped: 1 })
    expect(followTail(second, ['f', 'g', 'h'], 4)).toEqual({
      lines: ['e', 'f', 'g', 'h'],
      gaps: [1],
      dropped: 4,
    })
  })

  it('takes thousands of equal lines in its stride', () => {
    const many = Array.from({ length: 10_000 }, () => 'tick')
    const first = followTail(NOTHING_FOLLOWED, many, 20_000)
    expect(followTail(first, [...many.slice(1), 'tock'], 20_000).lines.at(-1)).toBe('tock')
  })
})
