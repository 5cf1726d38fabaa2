import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { choiceScript } from './choice-script.ts'

const THEME = { key: 'theme', values: ['system', 'light', 'dark'], fallback: 'system' }

function attributesAfter(storage: () => string | null): Record<string, string> {
  const attributes: Record<string, string> = {}
  const document = {
    documentElement: {
      setAttribute: (name: string, value: string) => {
        attributes[name] = value
      },
    },
  }
  runInNewContext(choiceScript([THEME]), { document, localStorage: { getItem: storage } })
  return attributes
}

describe('choiceScript', () => {
  it.each([
    ['a word of the choice', 'dark', { 'data-theme': 'dark' }],
    ['the fallback', 'system', {}],
    ['nothing', null, {}],
    ['somebody else’s word', '"><script>', {}],
  ])('applies %s', (_, stored, expected) => {
    expect(attributesAfter(() => stored)).toEqual(expected)
  })

  it('survives a browser that forbids storage', () => {
    expect(
      attributesAfter(() => {
        throw new Error('denied')
      }),
    ).toEqual({})
  })

  it('can stand inside a script element', () => {
    expect(choiceScript([THEME])).not.toContain('</')
  })
})
