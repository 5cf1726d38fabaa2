import { expect, it } from 'vitest'
import { readDraft } from './draft.ts'

const base = { metadata: { namespace: 'a', name: 'b', uid: 'u', resourceVersion: '1' }, spec: {} }

it.each([
  [{ text: 'a: 1', base: null }, true],
  [{ text: 'a: 1', base }, true],
  [{ text: 1, base: null }, false],
  [{ text: '', base: { ...base, metadata: {} } }, false],
  [{ text: '' }, false],
  ['text', false],
])('%j', (value, is) => expect(readDraft(JSON.stringify(value))).toEqual(is ? value : null))

it.each([null, '', '{', 'null'])('takes %j for no draft', (kept) => expect(readDraft(kept)).toBe(null))
