import { describe, expect, it } from 'vitest'
import { lineDiff } from './diff-lines.ts'
import type { DiffSide } from './diff-lines.ts'

const shown = (before: DiffSide, after: DiffSide) =>
  lineDiff(before, after).lines.map((line) =>
    line.sign === 'gap' ? `~ ${line.count}` : `${line.sign} ${line.text}`,
  )

const set = (replicas: number, more: object = {}) => ({
  apiVersion: 'v1',
  kind: 'CocoonSet',
  metadata: {
    name: 'web',
    uid: String(replicas),
    resourceVersion: '1',
    generation: replicas,
    managedFields: [],
  },
  spec: { agent: { image: 'a', mode: 'clone', os: 'linux', replicas, storage: '1Gi' }, ...more },
  status: { phase: replicas === 1 ? 'Running' : 'Scaling' },
})

describe('lineDiff', () => {
  it('shows the changed field with what is around it, and not what the API server writes for itself', () => {
    expect(shown(set(1), set(2))).toEqual([
      '~ 6',
      '      image: a',
      '      mode: clone',
      '      os: linux',
      '-     replicas: 1',
      '+     replicas: 2',
      '      storage: 1Gi',
    ])
    expect(lineDiff(set(1), set(2))).toMatchObject({ added: 1, removed: 1 })
  })

  it('begins a gap where one is between two changes', () => {
    const text = (first: string, last: string) => [first, 'b', 'c', 'd', 'e', 'f', 'g', 'h', last].join('\n')
    expect(shown(text('a', 'z'), text('A', 'Z'))).toEqual([
      '- a',
      '+ A',
      '  b',
      '  c',
      '  d',
      '~ 1',
      '  f',
      '  g',
      '  h',
      '- z',
      '+ Z',
    ])
  })

  it.each<[string, DiffSide, DiffSide, string[]]>([
    ['what is made', null, { spec: { desire: 'Wake' } }, ['+ spec:', '+   desire: Wake']],
    ['what goes', { spec: { desire: 'Wake' } }, null, ['- spec:', '-   desire: Wake']],
    ['what is the same', set(1), { ...set(1), status: {} }, []],
    ['fields in another order', { a: 1, b: 2 }, { b: 2, a: 1 }, []],
    ['texts without a last line break', 'a', 'b', ['- a', '+ b']],
    ['nothing at all', null, '', []],
    ['a text that looks like a patch', '-a\n', '-a\n+b\n', ['  -a', '+ +b']],
  ])('of %s', (_, before, after, expected) => {
    expect(shown(before, after)).toEqual(expected)
  })

  it('gives up the finest difference of what has nothing in common, and loses no line', () => {
    const text = (word: string) => Array.from({ length: 3_000 }, (_, line) => `${word}${line}`).join('\n')
    expect(lineDiff(text('a'), text('b'))).toMatchObject({ added: 3_000, removed: 3_000 })
  })
})
