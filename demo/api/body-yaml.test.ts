import { describe, expect, it } from 'vitest'
import { readYaml } from './body-yaml.ts'

describe('reading YAML as the original does', () => {
  it.each([
    ['a: 1\n', { a: 1 }],
    ['', null],
    ['# nothing\n', null],
    ['just text\n', 'just text'],
    ['- a\n- b\n', ['a', 'b']],
    ['{"a": [1, "b"]}', { a: [1, 'b'] }],
    ['---\na: 1\n---\nb: 2\n', { a: 1 }],
    ['a: &d {x: b}\nb: *d\n', { a: { x: 'b' }, b: { x: 'b' } }],
    ['a: |\n  x\n  y\nb: >-\n  x\n  y\n', { a: 'x\ny\n', b: 'x y' }],
    ['a: yes\nb: off\nc: y\nd: "yes"\n', { a: true, b: false, c: true, d: 'yes' }],
    ['a: 0777\nb: 0x10\nc: 1_000\nd: 1e3\ne: ~\n', { a: 511, b: 16, c: 1000, d: 1000, e: null }],
    ['a: 2020-01-01\nb: 1:30\n', { a: '2020-01-01', b: '1:30' }],
    ['1: a\ntrue: b\n', { 1: 'a', true: 'b' }],
  ])('%j', (text, value) => {
    expect(readYaml(text)).toEqual({ value, error: undefined, repeated: [] })
  })

  // What kube-apiserver 1.36 answers.
  it.each([
    ['a: b: c\n', 'mapping values are not allowed in this context'],
    ['a: [1, 2\n', "line 1: did not find expected ',' or ']'"],
    ['a: {x: 1\n', "line 1: did not find expected ',' or '}'"],
    ['\ta: 1\n', 'found character that cannot start any token'],
    ['a: %x\n', 'found character that cannot start any token'],
    ['a: 1\n b: 2\n', 'line 2: mapping values are not allowed in this context'],
    ['a: "unterminated\n', 'line 2: found unexpected end of stream'],
    ['a: 1\n- b\n', 'line 1: did not find expected key'],
    ['a:\n  - b\n c\n', 'line 2: did not find expected key'],
    ['"a" b: 1\n', 'did not find expected key'],
    ['a: *nope\n', "unknown anchor 'nope' referenced"],
  ])('%j is not YAML', (text, error) => {
    expect(readYaml(text)).toEqual({ value: undefined, error: `yaml: ${error}`, repeated: [] })
  })

  it('takes the last of keys that are there twice, and tells their lines', () => {
    const text = 'a: 1\nfoo: 1\nfoo: 2\nlist:\n- b: 1\n  b: 2\n'
    const repeated = ['line 3: key "foo" already set in map', 'line 6: key "b" already set in map']
    expect(readYaml(text)).toEqual({
      value: { a: 1, foo: 2, list: [{ b: 2 }] },
      error: undefined,
      repeated,
    })
  })

  it('does not let a few aliases stand for a billion values', () => {
    const levels = Array.from({ length: 12 }, (_, level) => {
      const inner = level === 0 ? '["x"]' : `[${Array.from({ length: 9 }, () => `*a${level - 1}`).join(',')}]`
      return `a${level}: &a${level} ${inner}`
    })
    expect(readYaml(levels.join('\n')).error).toBe('yaml: document contains excessive aliasing')
  })
})
