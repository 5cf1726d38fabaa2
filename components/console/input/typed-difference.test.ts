import { expect, it } from 'vitest'
import { typedDifference } from './typed-difference.ts'

it.each([
  ['____', '____a', 0, 'a'],
  ['____', '___', 1, ''],
  ['____teh', '____the ', 2, 'he '],
  ['____', '', 4, ''],
  ['____👍', '____', 1, ''],
  ['____', '____', 0, ''],
])('from %s to %s', (before, after, backspaces, text) => {
  expect(typedDifference(before, after)).toEqual({ backspaces, text })
})
