import { describe, expect, it } from 'vitest'
import { hasTerm, negateTerm, termText, toggleTerm, withoutTerm, withTerm } from './search-edit.ts'
import { parseSearch, printSearch } from './search.ts'

describe('toggleTerm', () => {
  it.each([
    ['', 'phase:failed'],
    ['phase:failed', ''],
    ['phase:ready', 'phase:ready,failed'],
    ['phase:ready,FAILED', 'phase:ready'],
    ['-phase:failed', 'phase:failed'],
    ['-phase:failed,ready web', '-phase:ready web phase:failed'],
    ['phase: web', 'phase: web phase:failed'],
    ['ns:dev phase:ready', 'ns:dev phase:ready,failed'],
  ])('%j becomes %j', (before, after) => {
    expect(printSearch(toggleTerm(parseSearch(before), 'phase', 'failed'))).toBe(after)
  })

  it('is its own inverse', () => {
    const search = parseSearch('ns:dev web')
    expect(toggleTerm(toggleTerm(search, 'image', 'my image'), 'image', 'my image')).toEqual(search)
  })
})

describe('the other edits', () => {
  it('add, find, negate and drop terms', () => {
    const search = withTerm(parseSearch('web'), 'ns', 'dev')
    expect(printSearch(search)).toBe('web ns:dev')
    expect(withTerm(search, 'ns', 'DEV')).toBe(search)
    expect(printSearch(withTerm(search, 'ns', 'dev', true))).toBe('web -ns:dev')
    expect(hasTerm(search, 'ns', 'Dev')).toBe(true)
    expect(hasTerm(parseSearch('-ns:dev'), 'ns', 'dev')).toBe(false)
    expect(printSearch(negateTerm(search, 1))).toBe('web -ns:dev')
    expect(printSearch(withoutTerm(search, 0))).toBe('ns:dev')
    expect(printSearch(withoutTerm(search, 9))).toBe('web ns:dev')
  })

  it('judge an edited term like a typed one', () => {
    expect(withTerm(parseSearch(''), 'phase', 'raedy').terms[0]?.problem).toContain('Did you mean “ready”?')
  })

  it('quote what needs quotes', () => {
    expect(termText('image', 'a b')).toBe('image:"a b"')
    expect(termText('ns', 'dev', true)).toBe('-ns:dev')
  })
})
