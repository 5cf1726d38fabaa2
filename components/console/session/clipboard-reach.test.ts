import { expect, it } from 'vitest'
import { characterList } from '../input/character-list.ts'
import { beyondLatin1 } from './clipboard-reach.ts'

it.each([
  ['', []],
  ['plain\n', []],
  ['Zürich ñ ÿ', []],
  ['漢字 漢 €', ['漢', '字', '€']],
  ['🦋🦋', ['🦋']],
])('%j loses %j', (text, lost) => {
  expect(beyondLatin1(text)).toEqual(lost)
})

it('names a dozen of them', () => {
  expect(characterList(['漢', '字'])).toBe('漢 字')
  expect(characterList(Array.from({ length: 1_013 }, () => '漢'))).toMatch(/^(漢 ){12}and 1,001 more$/)
})
