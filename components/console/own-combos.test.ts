import { expect, it } from 'vitest'
import { readCombos } from './own-combos.ts'

it.each([
  ['', []],
  ['["Ctrl+Alt+T"]', ['Ctrl+Alt+T']],
  ['["ctrl+t","Ctrl+T","<img>",7,null]', ['Ctrl+T', '7']],
  ['{"a":1}', []],
  ['not json', []],
  [JSON.stringify(Array.from({ length: 40 }, (_, place) => `Ctrl+F${(place % 12) + 1}`)), 12],
])('reads %s', (text, combos) => {
  const read = readCombos(text)
  expect(typeof combos === 'number' ? read.length : read).toEqual(combos)
})
