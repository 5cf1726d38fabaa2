import { describe, expect, it } from 'vitest'
import {
  canWrite,
  parseText,
  rangeOf,
  withField,
  withItem,
  withMovedItem,
  withRenamedKey,
} from './set-text.ts'

const TEXT = `# The team's desktops.
apiVersion: cocoonset.cocoonstack.io/v1
kind: CocoonSet
metadata:
  name: web # short

  namespace: lab
spec:
  # Newest first.
  agent:
    image: "ubuntu:24.04" # pinned
    future: {some: thing}
    resources:
      limits:
        cpu: 2
  toolboxes:
    # the database
    - name: db
      image: postgres:16
    - name: desk
`
const part = (text: string, from: string, to = from) => text.replace(from, to)

describe('an edit of one field', () => {
  it.each<[string, string, string]>([
    [
      'replaces a value and keeps its quotes and comment',
      withField(TEXT, ['spec', 'agent', 'image'], 'x:1'),
      part(TEXT, '"ubuntu:24.04"', '"x:1"'),
    ],
    [
      'adds a field at the end of its mapping',
      withField(TEXT, ['metadata', 'labels', 'team'], 'a'),
      part(TEXT, '  namespace: lab\n', '  namespace: lab\n  labels:\n    team: a\n'),
    ],
    [
      'takes emptied mappings along',
      withField(TEXT, ['spec', 'agent', 'resources', 'limits', 'cpu'], undefined),
      part(TEXT, '    resources:\n      limits:\n        cpu: 2\n', ''),
    ],
    [
      'changes an item of a list',
      withField(TEXT, ['spec', 'toolboxes', 1, 'mode'], 'static'),
      part(TEXT, '    - name: desk\n', '    - name: desk\n      mode: static\n'),
    ],
    ['adds an item', withItem(TEXT, ['spec', 'toolboxes'], { name: 'x' }), `${TEXT}    - name: x\n`],
    [
      'begins a list',
      withItem('spec:\n  agent:\n', ['spec', 'toolboxes'], { name: 'x' }),
      'spec:\n  agent:\n  toolboxes:\n    - name: x\n',
    ],
    [
      'takes an item away',
      withField(TEXT, ['spec', 'toolboxes', 1], undefined),
      part(TEXT, '    - name: desk\n', ''),
    ],
    [
      'moves an item with its comment',
      withMovedItem(TEXT, ['spec', 'toolboxes'], 0, 1),
      part(
        TEXT,
        '    # the database\n    - name: db\n      image: postgres:16\n    - name: desk\n',
        '    - name: desk\n    # the database\n    - name: db\n      image: postgres:16\n',
      ),
    ],
    [
      'renames a key in its place',
      withRenamedKey(TEXT, ['spec', 'agent'], 'future', 'past'),
      part(TEXT, 'future:', 'past:'),
    ],
    [
      'fills what has no value yet',
      withField('spec:\n  agent:\n', ['spec', 'agent', 'image'], 'x'),
      'spec:\n  agent:\n    image: x\n',
    ],
    ['quotes what would be another type', withField('a: 1\n', ['a'], 'true'), 'a: "true"\n'],
    [
      'leaves what cannot be written',
      withField('spec: text\n', ['spec', 'agent', 'image'], 'x'),
      'spec: text\n',
    ],
    ['leaves what does not parse', withField('a: [\n', ['a'], 1), 'a: [\n'],
    ['leaves a key that is taken', withRenamedKey('a: 1\nb: 2\n', [], 'a', 'b'), 'a: 1\nb: 2\n'],
  ])('%s', (_, text, wanted) => expect(text).toBe(wanted))

  it('keeps the layout of the text', () => {
    const wide = 'spec:\n    agent:\n        image: x\n        os: linux\n'
    expect(withField(wide, ['spec', 'agent', 'image'], 'y')).toBe(part(wide, 'image: x', 'image: y'))
    const flat = 'spec:\n  agent:\n    image: x\n  toolboxes:\n  - name: db\n    os: linux\n'
    expect(withField(flat, ['spec', 'agent', 'image'], 'y')).toBe(part(flat, 'image: x', 'image: y'))
  })
  it('never folds a long line', () => {
    const long = `a: ${'word '.repeat(60)}end\nb: 1\n`
    expect(withField(long, ['b'], 2)).toBe(part(long, 'b: 1', 'b: 2'))
  })
})

describe('reading', () => {
  it.each([
    ['a: 1\na: 2\n', 'Map keys must be unique', 2],
    ['a: [1\n', 'Flow sequence in block collection', 2],
    ['- a\n', 'A set is a mapping of fields', 1],
    ['a: *nothing\n', 'Unresolved alias', 1],
  ])('%j', (text, message, line) => {
    const [fault] = parseText(text).faults
    expect(fault?.message).toContain(message)
    expect(fault?.line).toBe(line)
  })
  it('takes an empty text for an empty document', () => {
    expect(parseText('')).toMatchObject({ value: {}, faults: [] })
  })
  it('takes a key without a value for an absent field', () => {
    expect(parseText('spec:\n  agent:\n  toolboxes:\n    - name:\n').value).toEqual({
      spec: { toolboxes: [{}] },
    })
  })
  it('refuses a bomb of aliases', () => {
    const lines = ['a0: &a0 [x,x,x,x,x,x,x,x,x]']
    for (let i = 1; i < 9; i += 1) lines.push(`a${i}: &a${i} [${`*a${i - 1},`.repeat(9)}]`)
    expect(parseText(lines.join('\n')).faults[0]?.message).toContain('alias')
  })
  it('knows what can be written', () => {
    const parsed = parseText('spec:\n  agent:\n  toolboxes: none\nx: &x {a: 1}\ny: *x\n')
    expect(
      [
        ['spec', 'agent', 'image'],
        ['metadata', 'name'],
        ['spec', 'toolboxes', 0, 'name'],
        ['y', 'a'],
      ].map((path) => canWrite(parsed, path)),
    ).toEqual([true, true, false, false])
  })
})

describe('where a field stands', () => {
  const parsed = parseText(TEXT)
  it.each([
    [['spec', 'agent', 'image'], '"ubuntu:24.04"'],
    [['spec', 'agent', 'resources'], 'resources'],
    [['spec', 'agent', 'missing'], 'agent'],
    [['spec', 'toolboxes', 1, 'name'], 'desk'],
    [['spec', 'toolboxes', 0, 'mode'], 'n'],
    [['nothing'], ''],
  ])('%j', (path, wanted) => {
    const { from, to } = rangeOf(parsed, path)
    expect(TEXT.slice(from, to)).toBe(wanted)
  })
})
