import { describe, expect, it } from 'vitest'
import type { Held, Rights } from './rights.ts'
import { elsewhereWords, placesOf } from './somewhere.ts'

const rightsIn = (entries: Record<string, Held | undefined>) =>
  new Map(
    Object.entries(entries).map(([namespace, held]): [string, Rights] => [
      namespace,
      { namespace, may: held === undefined ? {} : { 'create cocoonsets': held } },
    ]),
  )
const places = (namespaces: string[], entries: Record<string, Held | undefined>) =>
  placesOf('create cocoonsets', namespaces, rightsIn(entries))

describe('where a right is held', () => {
  it.each([
    [['qa'], { qa: true }, ['qa'], null],
    [['qa'], { qa: false }, [], 'You may not create cocoonsets in qa.'],
    [['qa', 'lab'], { qa: false, lab: true }, ['lab'], null],
    [
      ['qa', 'lab'],
      { qa: false, lab: false },
      [],
      'You may not create cocoonsets in any namespace that you see (qa and lab).',
    ],
    // What is not known denies nothing.
    [['qa', 'lab'], { qa: false }, [], null],
    [['qa', 'lab'], { qa: false, lab: undefined }, [], null],
    [[], {}, [], null],
  ] as const)('of %j with %j is %j, and why not: %s', (namespaces, entries, held, reason) => {
    expect(places([...namespaces], entries)).toMatchObject({ held, reason })
  })

  it('is offered where nobody said no', () => {
    expect(places(['a', 'b', 'c'], { a: false, b: true }).open).toEqual(['b', 'c'])
  })

  it('is said of many places in few words', () => {
    const many = Array.from({ length: 9 }, (_, place) => `team-${place}`)
    const none = places(many, Object.fromEntries(many.map((name) => [name, false])))
    expect(none.reason).toContain('(team-0, team-1, team-2, team-3, team-4 and 4 more)')
    expect(elsewhereWords(none)).toBe('')
    expect(elsewhereWords({ held: ['qa', 'finance'] })).toBe('You may in qa and finance.')
  })

  it('goes by all names: what is made has none yet', () => {
    expect(places(['qa'], { qa: ['web'] })).toMatchObject({ held: [] })
  })
})
