import { expect, it } from 'vitest'
import { countWords } from './audit-words.ts'

it.each([
  [0, 0, 0, '0 deeds'],
  [1, 1, 1, '1 deed'],
  [12, 12, 12, '12 deeds'],
  [3, 3, 12, '3 of 12 deeds'],
  [1000, 5002, 5002, 'the latest 1,000 of 5,002 deeds'],
  [1000, 1249, 5002, 'the latest 1,000 of 1,249 that fit, of 5,002 deeds'],
  [0, 0, 5002, '0 of 5,002 deeds'],
])('%i in the list, %i that fit, %i in all: %s', (shown, found, read, words) => {
  expect(countWords({ shown, found, read })).toBe(words)
})
