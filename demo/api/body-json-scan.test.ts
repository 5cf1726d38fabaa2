import { describe, expect, it } from 'vitest'
import { scanJson } from './body-json-scan.ts'

describe('reading JSON as Go does', () => {
  // What kube-apiserver 1.36 answers.
  it.each([
    ['', 'unexpected end of JSON input'],
    ['  ', 'unexpected end of JSON input'],
    ['{', 'unexpected end of JSON input'],
    ['{"a":1', 'unexpected end of JSON input'],
    ['{"a":"b', 'unexpected end of JSON input'],
    ['nonsense', "invalid character 'o' in literal null (expecting 'u')"],
    ['{"a":tru}', "invalid character '}' in literal true (expecting 'e')"],
    ['{"a" 1}', "invalid character '1' after object key"],
    ['{a:1}', "invalid character 'a' looking for beginning of object key string"],
    ['{"a":1,}', "invalid character '}' looking for beginning of object key string"],
    ['{"a":1 "b"}', `invalid character '"' after object key:value pair`],
    ['[1 2]', "invalid character '2' after array element"],
    ['{} x', "invalid character 'x' after top-level value"],
    [String.raw`{"a":"\x"}`, "invalid character 'x' in string escape code"],
    [String.raw`{"a":"\u12g4"}`, String.raw`invalid character 'g' in \u hexadecimal character escape`],
    ['{"a":1.}', "invalid character '}' after decimal point in numeric literal"],
    ['{"a":1e}', "invalid character '}' in exponent of numeric literal"],
    ['{"a":-}', "invalid character '}' in numeric literal"],
    ['{"a":01}', "invalid character '1' after object key:value pair"],
    ['{"a":"\n"}', String.raw`invalid character '\n' in string literal`],
    ['é', "invalid character 'Ã' looking for beginning of value"],
    ["'", String.raw`invalid character '\'' looking for beginning of value`],
    ['<xml>', "invalid character '<' looking for beginning of value"],
  ])('%j is not JSON', (text, error) => {
    expect(scanJson(text).error).toBe(error)
    expect(() => void JSON.parse(text)).toThrow(SyntaxError)
  })

  it.each(['{}', '[]', ' [1, -0.5e+3, "é\\u00e9\\n", true, false, null, {"a": {"b": []}}] ', '0', '"x"'])(
    '%j is JSON',
    (text) => expect(scanJson(text)).toEqual({ error: undefined, duplicates: [] }),
  )

  it('finds the fields that are given twice', () => {
    const text =
      '{"metadata":{"name":"x","name":"y","labels":{"a":"1","a":"2","a":"3"}},' +
      '"spec":{"list":[{"b":1,"c":2},{"b":1,"\\u0062":2}]},"spec":{}}'
    expect(scanJson(text).duplicates).toEqual([
      'metadata.name',
      'metadata.labels.a',
      'spec.list[1].b',
      'spec',
    ])
  })

  it('does not fall over nesting without end', () => {
    expect(scanJson('['.repeat(1_000_000)).error).toBe("invalid character '[' exceeded max depth")
  })
})
