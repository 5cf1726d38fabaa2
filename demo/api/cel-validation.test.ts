import { describe, expect, it } from 'vitest'
import { COCOON_HIBERNATION_SCHEMA } from '../../lib/cocoon/schema-hibernation.ts'
import { COCOON_SET_SCHEMA } from '../../lib/cocoon/schema-set.ts'
import { validateCocoonSetTransition, validateHibernationTransition } from '../../lib/cocoon/transitions.ts'
import { ruleCauses } from './cel-validation.ts'
import type { Correlation } from './schema-correlation.ts'
import { correlated, UNCORRELATED } from './schema-correlation.ts'
import { schemaNode } from './schema-node.ts'

const rule = (text: string, more = {}) => ({ 'x-kubernetes-validations': [{ rule: text, ...more }] })
const int = { type: 'integer' }
const str = { type: 'string' }

const PROPERTIES = {
  a: { ...int, ...rule('self > 3', { message: 'must be above 3' }) },
  s: { ...str, ...rule("self.startsWith('x')") },
  n: { type: 'number', ...rule('self < 10.0') },
  b: { type: 'boolean', ...rule('self') },
  o: {
    type: 'object',
    properties: { x: int, y: int },
    ...rule('self.x < self.y', {
      message: 'x before y',
      reason: 'FieldValueForbidden',
      fieldPath: '.x',
    }),
  },
  l: {
    type: 'array',
    items: { ...str, ...rule("self != 'bad'", { messageExpression: "'no ' + self + ' here'" }) },
    ...rule('self.size() < 3'),
  },
  m: {
    type: 'object',
    additionalProperties: {
      ...int,
      ...rule('self != 0', { reason: 'FieldValueRequired', message: 'zero' }),
    },
    ...rule("!('z' in self)"),
  },
  lm: {
    type: 'array',
    'x-kubernetes-list-type': 'map',
    'x-kubernetes-list-map-keys': ['k'],
    items: {
      type: 'object',
      properties: { k: str, v: int },
      ...rule('self.v >= oldSelf.v', { message: 'v must not shrink' }),
    },
  },
  im: { ...str, ...rule('self == oldSelf', { message: 'immutable' }) },
  oo: {
    ...str,
    ...rule("oldSelf.hasValue() ? self == oldSelf.value() : self == 'new'", {
      optionalOldSelf: true,
      message: 'must begin as new',
    }),
  },
  e1: { type: 'object', properties: { x: int }, ...rule('self.x > 1') },
  e2: { type: 'array', items: int, ...rule('self[2] > 1') },
  e3: { ...int, ...rule('10 / self > 1') },
  e4: { 'x-kubernetes-int-or-string': true, ...rule('self > 1') },
  d: { ...str, ...rule("self == 'q'", { reason: 'FieldValueDuplicate', message: 'dup' }) },
  nn: { ...str, nullable: true, ...rule("self != 'w'") },
  ov: { ...int, ...rule('self + 9223372036854775807 > 0') },
  me: { ...int, ...rule('self > 3', { messageExpression: 'string(self / 0)' }) },
  mm: { ...int, ...rule('self > 3', { message: ' trimmed ', messageExpression: "'got %d'.format([self])" }) },
  'da-sh': { ...str, ...rule('self.size() > 2') },
  has: {
    type: 'object',
    properties: { 'x-y': str },
    ...rule("!has(self.x__dash__y) || self.x__dash__y == 'q'"),
  },
}

const ROOT = schemaNode({
  type: 'object',
  properties: { spec: { type: 'object', properties: PROPERTIES } },
  ...rule("self.metadata.name != 'forbidden'"),
})
const object = (spec: unknown, name = 'p') => ({
  apiVersion: 'v1',
  kind: 'Probe',
  metadata: { name },
  spec,
})

function broken(spec: unknown, old?: unknown, past?: Correlation) {
  const warnings: string[] = []
  const before = old === undefined ? undefined : object(old)
  const causes = ruleCauses(ROOT, object(spec), before, past ?? UNCORRELATED, (text) => warnings.push(text))
  return { faults: causes.map((cause) => [cause.reason, cause.field, cause.message]), warnings }
}
const invalid = (field: string, message: string) => ['FieldValueInvalid', field, `Invalid value: ${message}`]

describe('rules of a schema', () => {
  // What kube-apiserver 1.36 answers.
  it.each([
    [{ a: 1 }, [invalid('spec.a', '1: must be above 3')]],
    [{ a: 4 }, []],
    [{ s: 'no' }, [invalid('spec.s', `"no": failed rule: self.startsWith('x')`)]],
    [{ n: 11 }, [invalid('spec.n', '11: failed rule: self < 10.0')]],
    [{ b: false }, [invalid('spec.b', 'false: failed rule: self')]],
    [{ o: { x: 3, y: 2 } }, [['FieldValueForbidden', 'spec.o.x', 'Forbidden: x before y']]],
    [{ l: ['bad'] }, [invalid('spec.l[0]', '"bad": no bad here')]],
    [{ l: ['a', 'b', 'c'] }, [invalid('spec.l', 'failed rule: self.size() < 3')]],
    [{ m: { q: 0 } }, [['FieldValueRequired', 'spec.m[q]', 'Required value: zero']]],
    [{ m: { z: 1 } }, [invalid('spec.m', `failed rule: !('z' in self)`)]],
    [{ d: 'x' }, [['FieldValueDuplicate', 'spec.d', 'Duplicate value: "x"']]],
    [{ nn: null }, []],
    [{ nn: 'w' }, [invalid('spec.nn', `"w": failed rule: self != 'w'`)]],
    [{ e1: {} }, [invalid('spec.e1', '"object": no such key: x evaluating rule: self.x > 1')]],
    [{ e2: [1] }, [invalid('spec.e2', '"array": index out of bounds: 2 evaluating rule: self[2] > 1')]],
    [{ e3: 0 }, [invalid('spec.e3', '"integer": division by zero evaluating rule: 10 / self > 1')]],
    [
      { e4: 'x' },
      [
        invalid(
          'spec.e4',
          `"": 'no such overload': call arguments did not match a supported operator, function or macro signature for rule: self > 1`,
        ),
      ],
    ],
    [{ e4: 0 }, [invalid('spec.e4', '0: failed rule: self > 1')]],
    [{ e4: 5 }, []],
    [
      { ov: 1 },
      [invalid('spec.ov', '"integer": integer overflow evaluating rule: self + 9223372036854775807 > 0')],
    ],
    [{ me: 1 }, [invalid('spec.me', '1: failed rule: self > 3')]],
    [{ mm: 1 }, [invalid('spec.mm', '1: got 1')]],
    [{ oo: 'old' }, [invalid('spec.oo', '"old": must begin as new')]],
    [{ oo: 'new' }, []],
    [{ im: 'free' }, []],
    [{ 'da-sh': 'x' }, [invalid('spec.da-sh', '"x": failed rule: self.size() > 2')]],
    [{ has: {} }, []],
    [{ has: { 'x-y': 'q' } }, []],
    [
      { has: { 'x-y': 'z' } },
      [invalid('spec.has', `failed rule: !has(self.x__dash__y) || self.x__dash__y == 'q'`)],
    ],
  ])('are asked of a new object: %j', (spec, faults) => {
    expect(broken(spec)).toEqual({ faults, warnings: [] })
  })

  const old = {
    im: 'one',
    lm: [
      { k: 'a', v: 2 },
      { k: 'b', v: 5 },
    ],
    oo: 'new',
  }
  it.each([
    [{ im: 'two' }, [invalid('spec.im', '"two": immutable')]],
    [{}, []],
    [
      {
        lm: [
          { k: 'b', v: 4 },
          { k: 'a', v: 2 },
        ],
      },
      [invalid('spec.lm[0]', 'v must not shrink')],
    ],
    [{ lm: [{ k: 'c', v: 0 }] }, []],
    [{ oo: 'other' }, [invalid('spec.oo', '"other": must begin as new')]],
  ])('are asked of a change, of what can be found again: %j', (spec, faults) => {
    expect(broken(spec, old)).toEqual({ faults, warnings: [] })
  })

  it('only warn of what an update left as it was', () => {
    const before = { a: 1, l: ['x', 'bad'], m: { q: 0 } }
    const after = { a: 1, l: ['bad'], m: { q: 0 }, n: 2 }
    const found = broken(after, before, correlated(object(after), object(before)))
    expect(found.faults).toEqual([invalid('spec.l[0]', '"bad": no bad here')])
    expect(found.warnings).toEqual([
      'spec.a: Invalid value: 1: must be above 3',
      'spec.m[q]: Required value: zero',
    ])
  })

  it('see the name at the root', () => {
    const causes = ruleCauses(ROOT, object({}, 'forbidden'), undefined, UNCORRELATED, () => undefined)
    const message = `Invalid value: failed rule: self.metadata.name != 'forbidden'`
    expect(causes).toEqual([{ reason: 'FieldValueInvalid', field: '<nil>', message }])
  })
})

describe('the rules of Cocoon', () => {
  const agent = { image: 'a', replicas: 0 }
  const fields = (causes: readonly { field: string; message: string }[]) =>
    causes.map(({ field, message }) => `${field}: ${message.replace('Invalid value: ', '')}`)
  const byRules = (schema: unknown, next: unknown, before: unknown) =>
    fields(ruleCauses(schemaNode(schema), next, before, UNCORRELATED, () => undefined))

  it.each([
    [{ spec: { agent } }, undefined],
    [{ spec: { hibernatePolicy: 'release', agent } }, undefined],
    [{ spec: { hibernatePolicy: 'release', agent: { image: 'a' }, toolboxes: [] } }, undefined],
    [{ spec: { hibernatePolicy: 'release', agent: { ...agent, replicas: 1 } } }, undefined],
    [{ spec: { hibernatePolicy: 'release', agent, toolboxes: [{ name: 't' }] } }, undefined],
    [{ spec: { hibernatePolicy: 'retain', agent: { ...agent, replicas: 9 } } }, undefined],
    [{ spec: { agent, snapshotCompatibilityClass: 'v1' } }, { spec: { agent } }],
    [{ spec: { agent } }, { spec: { agent, snapshotCompatibilityClass: 'v1' } }],
    [
      { spec: { agent, snapshotCompatibilityClass: 'v2' } },
      { spec: { agent, snapshotCompatibilityClass: 'v1' } },
    ],
    [
      { spec: { agent, snapshotCompatibilityClass: 'v1' } },
      { spec: { agent, snapshotCompatibilityClass: 'v1' } },
    ],
    [{}, { spec: { agent, snapshotCompatibilityClass: 'v1' } }],
  ])('mean the same as their TypeScript: set %j after %j', (next, before) => {
    expect(byRules(COCOON_SET_SCHEMA, next, before)).toEqual(
      fields(validateCocoonSetTransition(before, next)),
    )
  })

  it.each([
    [{ spec: { podRef: { name: 'a' }, desire: 'Wake' } }, undefined],
    [
      { spec: { podRef: { name: 'a' }, desire: 'Wake' } },
      { spec: { podRef: { name: 'a' }, desire: 'Hibernate' } },
    ],
    [{ spec: { podRef: { name: 'b' } } }, { spec: { podRef: { name: 'a' } } }],
    [{ spec: {} }, { spec: { podRef: { name: 'a' } } }],
  ])('mean the same as their TypeScript: hibernation %j after %j', (next, before) => {
    const expected = fields(validateHibernationTransition(before, next))
    expect(byRules(COCOON_HIBERNATION_SCHEMA, next, before)).toEqual(expected)
  })
})
