import { describe, expect, it } from 'vitest'
import { joinDraft, reopenedDraft, settledDraft, typedDraft } from './search-draft.ts'

describe('the draft of a search', () => {
  it.each([
    [
      'a field with its value and a space is done',
      'ns:dev',
      'phase:failed ',
      { done: 'ns:dev phase:failed', text: '' },
    ],
    ['a field without a value goes on', '', 'phase: ', { done: '', text: 'phase: ' }],
    ['a value without a space goes on', '', 'phase:fai', { done: '', text: 'phase:fai' }],
    ['free text goes on', '', 'two words ', { done: '', text: 'two words ' }],
    ['an open quote goes on', '', 'image:"my ', { done: '', text: 'image:"my ' }],
    ['nothing is nothing', 'ns:dev', '', { done: 'ns:dev', text: '' }],
  ])('%s', (_, done, text, expected) => {
    expect(typedDraft(done, text)).toEqual(expected)
  })

  it('is one search', () => {
    expect(joinDraft({ done: 'ns:dev', text: ' atlas ' })).toBe('ns:dev atlas')
    expect(joinDraft({ done: '', text: '' })).toBe('')
    expect(settledDraft(' ns:dev ')).toEqual({ done: 'ns:dev', text: '' })
  })

  it('gives the last chip back', () => {
    expect(reopenedDraft('ns:dev -phase:failed')).toEqual({ done: 'ns:dev', text: '-phase:failed' })
    expect(reopenedDraft('')).toEqual({ done: '', text: '' })
  })
})
