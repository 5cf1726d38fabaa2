import { expect, it } from 'vitest'
import { readRebuildHistory, writeRebuildHistory } from './rebuild-history.ts'

const entry = { count: 2, lastDeleted: '2026-01-01T00:00:00Z' }
const cases: [string | undefined, object][] = [
  [undefined, {}],
  ['', {}],
  ['null', {}],
  ['[]', {}],
  ['{"1":null,"2":{"count":"2"},"3":{"count":-1}}', {}],
  [JSON.stringify({ 1: entry }), { 1: entry }],
  ['{"1":{"count":1}}', { 1: { count: 1, lastDeleted: '' } }],
]
it.each(cases)('reads %s', (text, wanted) => expect(readRebuildHistory(text)).toEqual(wanted))

it('drops slots that the set no longer has', () => {
  expect(writeRebuildHistory({ 1: entry, 4: entry }, 2)).toBe(JSON.stringify({ 1: entry }))
  expect(writeRebuildHistory({ 4: entry }, 2)).toBeNull()
})
