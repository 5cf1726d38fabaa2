import { expect, it } from 'vitest'
import type { Control } from './layout.ts'
import { fromControl, shownText } from './scalar-value.ts'

it.each<[Control, string, unknown]>([
  ['number', '3', 3],
  ['number', ' 3 ', 3],
  ['number', 'three', 'three'],
  ['number', '1.5', '1.5'],
  ['number', '007', '007'],
  ['amount', '4Gi', '4Gi'],
  ['amount', '2', 2],
  ['text', '2', '2'],
  ['text', '', undefined],
  ['number', ' ', undefined],
])('%s %j is %j', (control, typed, value) => expect(fromControl(control, typed)).toBe(value))

it.each([
  ['a', 'a'],
  [0, '0'],
  [false, 'false'],
  [null, ''],
  [undefined, ''],
  [{ a: 1 }, ''],
])('shows %j as %j', (value, text) => expect(shownText(value)).toBe(text))
