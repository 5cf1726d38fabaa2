import { describe, expect, it } from 'vitest'
import { ruleFaults } from './cel-crd-causes.ts'

const str = { type: 'string', maxLength: 10 }
const int = { type: 'integer' }
const SPEC = {
  type: 'object',
  properties: {
    a: int,
    s: str,
    b: { type: 'boolean' },
    n: { type: 'number' },
    o: { type: 'object', properties: { x: int } },
    l: { type: 'array', items: str },
    m: { type: 'object', additionalProperties: int },
    t: { type: 'string', format: 'date-time' },
    'da-sh': str,
    ios: { 'x-kubernetes-int-or-string': true },
    lm: { type: 'array', items: { type: 'object', properties: { k: str, v: int } } },
  },
}
const crdOf = (spec: unknown) => ({
  metadata: { name: 'probes.example.com' },
  spec: { versions: [{ schema: { openAPIV3Schema: { type: 'object', properties: { spec } } } }] },
})
const faultsOf = (rule: Record<string, unknown>) =>
  ruleFaults(crdOf({ ...SPEC, 'x-kubernetes-validations': [rule] }), undefined)

const AT = 'spec.validation.openAPIV3Schema.properties[spec].x-kubernetes-validations[0]'

function issue(rule: string, column: number, message: string): string {
  const mark = `${'.'.repeat(column - 1)}^`
  return `compilation failed: ERROR: <input>:1:${column}: ${message}\n | ${rule}\n | ${mark}`
}

describe('rules of a CustomResourceDefinition', () => {
  it.each([
    'oldSelf.a == self.a',
    'self.da__dash__sh == "x"',
    'self.ios == 1',
    'self.n > 1',
    'self.lm.all(e, has(e.k) && e.k != "")',
    "self.t > timestamp('2020-01-01T00:00:00Z')",
    'self.?a.orValue(1) == 1',
    'optional.of(1).hasValue()',
    'type(self.a) == int',
    'self.s in self.l && self.s in self.m',
    "string(self.a) == '1'",
    'self.o == null',
    "quantity('1').isLessThan(quantity('2'))",
    "ip('1.2.3.4').family() == 4",
    "cidr('10.0.0.0/8').containsIP('10.1.1.1')",
    "isURL('http://x')",
    "self.s.find('a') == 'a'",
    "sets.contains(self.l, ['a'])",
    'self.l.isSorted()',
    "self.s.lowerAscii().split(',').join('-').indexOf('a') > 0",
    "self.s == 'has(self.zzz) oldSelf cel.bind'",
  ])('compile: %s', (rule) => {
    expect(faultsOf({ rule })).toEqual([])
  })

  // In the words and places of kube-apiserver 1.36.
  it.each([
    ['self.foo == 1', 5, "undefined field 'foo'"],
    ['foo == 1', 1, "undeclared reference to 'foo' (in container '')"],
    ['self.a == "x"', 8, "found no matching overload for '_==_' applied to '(int, string)'"],
    ['has(self.zzz)', 4, "undefined field 'zzz'"],
    ['self.a.x == 1', 7, "type 'int' does not support field selection"],
    ['self.s.foo()', 11, "undeclared reference to 'foo' (in container '')"],
    ['self.l.all(x, x == 1)', 17, "found no matching overload for '_==_' applied to '(string, int)'"],
    ['self.o.y == 1', 7, "undefined field 'y'"],
    ['size(self.a) > 1', 5, "found no matching overload for 'size' applied to '(int)'"],
    ['self.s.matches("[")', 16, 'invalid matches argument'],
    ['!self.a', 1, "found no matching overload for '!_' applied to '(int)'"],
    ['self.a && true', 5, "expected type 'bool' but found 'int'"],
    ['self.s.startsWith(1)', 18, "found no matching overload for 'startsWith' applied to 'string.(int)'"],
    ["duration('x') == duration('1s')", 10, 'invalid duration argument'],
    ['unknownFn(self.a)', 10, "undeclared reference to 'unknownFn' (in container '')"],
    ["[1,'a'] == []", 4, "expected type 'int' but found 'string'"],
    ['self.lm[0].zz == 1', 11, "undefined field 'zz'"],
    ['self.a in self.l', 8, "found no matching overload for '@in' applied to '(int, list(string))'"],
    ['self.metadata.name == "x"', 5, "undefined field 'metadata'"],
    ['self.s == null', 8, "found no matching overload for '_==_' applied to '(string, null)'"],
  ])('do not compile: %s', (rule, column, message) => {
    const [fault, ...more] = faultsOf({ rule })
    expect(more).toEqual([])
    expect(fault?.field).toBe(`${AT}.rule`)
    const escaped = JSON.stringify(rule)
      .replaceAll('&', String.raw`\u0026`)
      .replaceAll('>', String.raw`\u003e`)
    const printed = `{"Rule":${escaped},"Message":"","MessageExpression":"","Reason":null,"FieldPath":"","OptionalOldSelf":null}`
    expect(fault?.message).toBe(`Invalid value: ${printed}: ${issue(rule, column, message)}`)
  })

  it.each([
    [{ rule: 'self.a' }, 'rule', 'cel expression must evaluate to a bool'],
    [{ rule: '  ' }, 'rule', 'Required value: rule is not specified'],
    [{ rule: 'true', message: 'a\nb' }, 'message', 'must not contain line breaks'],
    [{ rule: 'true', message: '  ' }, 'message', 'must be non-empty if specified'],
    [{ rule: 'true\n&& true' }, 'message', 'message must be specified if rule contains line breaks'],
    [
      { rule: 'true', reason: 'Nope' },
      'reason',
      'supported values: "FieldValueDuplicate", "FieldValueForbidden", "FieldValueInvalid", "FieldValueRequired"',
    ],
    [{ rule: 'true', fieldPath: '.zz' }, 'fieldPath', 'must be a valid path'],
    [{ rule: 'true', fieldPath: 'a' }, 'fieldPath', 'must be a valid path'],
    [
      { rule: 'true', messageExpression: '1' },
      'messageExpression',
      'messageExpression must evaluate to a string',
    ],
    [
      { rule: 'true', messageExpression: 'self.foo' },
      'messageExpression',
      'messageExpression compilation failed: ERROR',
    ],
    [
      { rule: 'true', optionalOldSelf: true },
      'optionalOldSelf',
      'Invalid value: true: may not be set if oldSelf is not used in rule',
    ],
  ])('are refused for their form: %j', (rule, member, message) => {
    expect(faultsOf(rule)).toMatchObject([
      { field: `${AT}.${member}`, message: expect.stringContaining(message) },
    ])
  })

  it('cannot compare items that cannot be found again', () => {
    const items = {
      type: 'object',
      properties: { k: str },
      'x-kubernetes-validations': [{ rule: 'self == oldSelf' }],
    }
    const list = (more: object) =>
      crdOf({ type: 'object', properties: { l: { type: 'array', items, ...more } } })
    const path = 'spec.validation.openAPIV3Schema.properties[spec].properties[l]'
    expect(ruleFaults(list({}), undefined)).toMatchObject([
      {
        field: `${path}.items.x-kubernetes-validations[0].rule`,
        message: `Invalid value: "self == oldSelf": oldSelf cannot be used on the uncorrelatable portion of the schema within ${path}`,
      },
    ])
    const keyed = { 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': ['k'] }
    expect(ruleFaults(list(keyed), undefined)).toEqual([])
  })
})
