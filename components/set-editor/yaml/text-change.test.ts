import { expect, it } from 'vitest'
import { textChange } from './text-change.ts'

it.each([
  ['a: 1\n', 'a: 2\n', { from: 3, to: 4, insert: '2' }],
  ['a\nb\n', 'a\nx\nb\n', { from: 2, to: 2, insert: 'x\n' }],
  ['a\nx\nb\n', 'a\nb\n', { from: 2, to: 4, insert: '' }],
  ['aaa', 'aa', { from: 2, to: 3, insert: '' }],
  ['', 'a', { from: 0, to: 0, insert: 'a' }],
])('from %j to %j', (before, after, wanted) => {
  const change = textChange(before, after)
  expect(change).toEqual(wanted)
  expect(before.slice(0, change?.from) + change?.insert + before.slice(change?.to)).toBe(after)
})

it('is nothing for the same text', () => expect(textChange('a', 'a')).toBe(null))
