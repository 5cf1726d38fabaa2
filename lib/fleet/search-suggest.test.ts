import { describe, expect, it } from 'vitest'
import { anAgent, aVm } from './arrange.fixture.ts'
import { suggest } from './search-suggest.ts'
import { facetsOf } from './summary-facets.ts'

const FACETS = facetsOf([
  anAgent('atlas', 0),
  anAgent('atlas', 1, { phase: 'failed' }),
  aVm({ name: 'odd', namespace: 'dev', image: 'my image' }),
])

/** Types the text with `|` at the caret; gives the range and what is offered. */
function offered(marked: string): { range: string; inserts: string[] } {
  const caret = marked.indexOf('|')
  const text = marked.replace('|', '')
  const { from, to, options } = suggest(text, caret, FACETS)
  return { range: text.slice(from, to), inserts: options.map(({ insert }) => insert) }
}

describe('suggest', () => {
  it.each<[string, string, string[]]>([
    ['pha|', 'pha', ['phase:']],
    ['namesp|', 'namesp', ['ns:']],
    ['ns:dev po|', 'po', ['name:', 'pool:']],
    [
      'phase:|',
      '',
      [
        'ready ',
        'failed ',
        'scheduling ',
        'creating ',
        'waking ',
        'unreachable ',
        'hibernating ',
        'hibernated ',
      ],
    ],
    ['phase:fa|', 'fa', ['failed ']],
    ['-phase:ready,fa|', 'fa', ['failed ']],
    ['-de|', 'de', ['ns:dev ', 'pool:default ', 'is:deleting ', 'is:deadletter ', 'node:node-a1 ']],
    ['image:my|', 'my', ['"my image" ']],
    ['image:"my i|', '"my i', ['"my image" ']],
    ['for:>|', '>', ['>10m ', '>1h ', '>1d ']],
    ['fail|', 'fail', ['phase:failed ']],
    ['is:st|', 'st', ['static ', 'stuck ']],
    ['nonsense:|', 'nonsense:', []],
    ['zzz|', 'zzz', []],
  ])('at %j', (marked, range, inserts) => {
    expect(offered(marked)).toEqual({ range, inserts })
  })

  it('offers every field before anything is typed', () => {
    expect(offered('|').inserts).toContain('phase:')
    expect(offered('ns:dev |').inserts).toContain('age:')
  })

  it.each(['__proto__', '"', '\u202E', '\uD800', 'x'.repeat(4000)])('survives %j', (text) => {
    for (const caret of [-1, 0, 1, text.length, text.length + 9]) {
      expect(() => suggest(text, caret, FACETS)).not.toThrow()
    }
  })
})
