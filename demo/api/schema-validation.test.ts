import { describe, expect, it } from 'vitest'
import { correlated, UNCORRELATED } from './schema-correlation.ts'
import { schemaNode } from './schema-node.ts'
import { shapedBy } from './schema-shape.ts'
import { repeatedItems, valueCauses } from './schema-validation.ts'

const int = { type: 'integer' }
const str = { type: 'string' }
const text = (format: string) => ({ type: 'string', format })
const either = [{ required: ['a'] }, { required: ['b'] }]
const PROPERTIES = {
  i: { ...int, minimum: 2, maximum: 8 },
  ix: { ...int, minimum: 2, exclusiveMinimum: true, maximum: 8, exclusiveMaximum: true },
  i32: { ...int, format: 'int32' },
  n: { type: 'number', minimum: 1.5, multipleOf: 0.5 },
  mo: { ...int, multipleOf: 3 },
  b: { type: 'boolean' },
  s: { ...str, minLength: 2, maxLength: 4, pattern: '^[a-z]+$' },
  e: { ...str, enum: ['a', 'b'] },
  ei: { ...int, enum: [1, 2] },
  l: { type: 'array', minItems: 1, maxItems: 2, items: int },
  lu: { type: 'array', items: str, 'x-kubernetes-list-type': 'set' },
  lm: {
    type: 'array',
    items: {
      type: 'object',
      required: ['k'],
      properties: { k: str, j: { ...int, default: 3 }, v: int },
    },
    'x-kubernetes-list-type': 'map',
    'x-kubernetes-list-map-keys': ['k', 'j'],
  },
  m: { type: 'object', minProperties: 1, maxProperties: 2, additionalProperties: int },
  o: { type: 'object', required: ['x', 'y'], properties: { x: int, y: int, z: int } },
  nu: { ...str, nullable: true },
  ios: {
    'x-kubernetes-int-or-string': true,
    pattern: '^[0-9]+%?$',
    anyOf: [{ type: 'integer' }, { type: 'string' }],
  },
  any: { type: 'object', properties: { a: int, b: int }, anyOf: either },
  one: { type: 'object', properties: { a: int, b: int }, oneOf: either },
  all: { ...int, allOf: [{ minimum: 3 }, { maximum: 5 }] },
  not: { ...str, not: { enum: ['no'] } },
  fd: text('date'),
  fdt: text('date-time'),
  fe: text('email'),
  fi4: text('ipv4'),
  fi6: text('ipv6'),
  fu: text('uuid'),
  fuid: text('uri'),
  fb: text('byte'),
  fdu: text('duration'),
  fc: text('cidr'),
  fh: text('hostname'),
  fx: text('bogus'),
  p: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
  emb: {
    type: 'object',
    'x-kubernetes-embedded-resource': true,
    'x-kubernetes-preserve-unknown-fields': true,
  },
  anyt: { 'x-kubernetes-preserve-unknown-fields': true },
  req: {
    type: 'object',
    properties: { inner: { type: 'object', default: { q: 1 }, properties: { q: int } } },
  },
}
const ROOT = schemaNode({
  type: 'object',
  properties: { spec: { type: 'object', properties: PROPERTIES } },
})
const objectOf = (spec: unknown) => shapedBy(ROOT, { spec })

describe('a format', () => {
  const spec = {
    i32: { type: 'integer', format: 'int32' },
    i64: { type: 'integer', format: 'int64' },
    fl: { type: 'number', format: 'float' },
    d: { type: 'string', format: 'date' },
    odd: { type: 'integer', format: 'bogus' },
  }
  const root = schemaNode({ type: 'object', properties: spec })
  const wrong = (field: string, found: string, type: string) =>
    `${field}: Invalid value: "${found}": ${field} in body must be of type ${type}: "${found}"`
  const checked = (type: string) => `<nil>: Invalid value: "": Checked value must be of type ${type}`

  // What kube-apiserver 1.36 answers.
  it.each([
    [{ i32: true }, [wrong('i32', '', 'int32')]],
    [{ i32: [] }, [wrong('i32', 'array', 'integer')]],
    [{ i32: 'x' }, [wrong('i32', 'string', 'integer')]],
    [{ i32: 1.5 }, [wrong('i32', 'float64', 'int32'), checked('integer with format int32 in i32')]],
    [{ i32: 3e9 }, [checked('integer with format int32 in i32')]],
    [{ i64: 1.5 }, [wrong('i64', 'float64', 'int64'), checked('integer with format int64 in i64')]],
    [{ odd: 1.5 }, [wrong('odd', 'number', 'integer'), checked('integer (default format) in odd')]],
    [{ fl: 1 }, []],
    [{ fl: true }, [wrong('fl', '', 'float')]],
    [{ fl: 1e300 }, [checked('number with format float in fl')]],
    [{ d: 5 }, [wrong('d', 'int64', 'date')]],
    [{ d: {} }, [wrong('d', '', 'date')]],
  ])('is what a wrong type is held to: %j', (value, faults) => {
    const causes = valueCauses(root, value, '', UNCORRELATED)
    expect(causes.map(({ field, message }) => `${field}: ${message}`)).toEqual(faults)
  })
})

describe('a schema', () => {
  // What kube-apiserver 1.36 answers.
  it.each([
    [{ i: 1 }, ['spec.i: Invalid value: 1: spec.i in body should be greater than or equal to 2']],
    [{ i: 9 }, ['spec.i: Invalid value: 9: spec.i in body should be less than or equal to 8']],
    [
      { i: 2.5 },
      [
        'spec.i: Invalid value: "number": spec.i in body must be of type integer: "number"',
        '<nil>: Invalid value: "": Checked value must be of type integer (default format) in spec.i',
      ],
    ],
    [{ i: 2 }, []],
    [{ i: '2' }, ['spec.i: Invalid value: "string": spec.i in body must be of type integer: "string"']],
    [{ i: true }, ['spec.i: Invalid value: "boolean": spec.i in body must be of type integer: "boolean"']],
    [{ i: [] }, ['spec.i: Invalid value: "array": spec.i in body must be of type integer: "array"']],
    [{ i: {} }, ['spec.i: Invalid value: "object": spec.i in body must be of type integer: "object"']],
    [{ ix: 2 }, ['spec.ix: Invalid value: 2: spec.ix in body should be greater than 2']],
    [{ ix: 8 }, ['spec.ix: Invalid value: 8: spec.ix in body should be less than 8']],
    [
      { i32: 3000000000 },
      ['<nil>: Invalid value: "": Checked value must be of type integer with format int32 in spec.i32'],
    ],
    [{ n: 1.7 }, ['spec.n: Invalid value: 1.7: spec.n in body should be a multiple of 0.5']],
    [{ n: 'x' }, ['spec.n: Invalid value: "string": spec.n in body must be of type number: "string"']],
    [{ mo: 4 }, ['spec.mo: Invalid value: 4: spec.mo in body should be a multiple of 3']],
    [{ b: 'true' }, ['spec.b: Invalid value: "string": spec.b in body must be of type boolean: "string"']],
    [{ b: 1 }, ['spec.b: Invalid value: "integer": spec.b in body must be of type boolean: "integer"']],
    [{ s: 'a' }, ['spec.s: Invalid value: "a": spec.s in body should be at least 2 chars long']],
    [{ s: 'abcde' }, ['spec.s: Too long: may not be more than 4 bytes']],
    [{ s: 'AB' }, ['spec.s: Invalid value: "AB": spec.s in body should match \'^[a-z]+$\'']],
    [{ s: 'é' }, ['spec.s: Invalid value: "é": spec.s in body should be at least 2 chars long']],
    [{ s: 5 }, ['spec.s: Invalid value: "integer": spec.s in body must be of type string: "integer"']],
    [{ e: 'c' }, ['spec.e: Unsupported value: "c": supported values: "a", "b"']],
    [
      { e: 5 },
      [
        'spec.e: Invalid value: "integer": spec.e in body must be of type string: "integer"',
        'spec.e: Unsupported value: 5: supported values: "a", "b"',
      ],
    ],
    [{ ei: 3 }, ['spec.ei: Unsupported value: 3: supported values: "1", "2"']],
    [{ l: [] }, ['spec.l: Invalid value: 0: spec.l in body should have at least 1 items']],
    [{ l: [1, 2, 3] }, ['spec.l: Too many: 3: must have at most 2 items']],
    [
      { l: ['x'] },
      ['spec.l[0]: Invalid value: "string": spec.l[0] in body must be of type integer: "string"'],
    ],
    [{ l: {} }, ['spec.l: Invalid value: "object": spec.l in body must be of type array: "object"']],
    [{ lu: ['a', 'a'] }, ['spec.lu[1]: Duplicate value: "a"']],
    [{ lm: [{ k: 'a' }, { k: 'a' }] }, ['spec.lm[1]: Duplicate value: {"j":3,"k":"a"}']],
    [{ lm: [{ k: 'a' }, { k: 'a', j: 4 }] }, []],
    [{ lm: [{}] }, ['spec.lm[0].k: Required value']],
    [{ m: {} }, ['spec.m: Invalid value: 0: spec.m in body should have at least 1 properties']],
    [{ m: { a: 1, b: 2, c: 3 } }, ['spec.m: Too many: 3: must have at most 2 items']],
    [
      { m: { a: 'x' } },
      ['spec.m.a: Invalid value: "string": spec.m.a in body must be of type integer: "string"'],
    ],
    [{ m: [] }, ['spec.m: Invalid value: "array": spec.m in body must be of type object: "array"']],
    [{ o: {} }, ['spec.o.x: Required value', 'spec.o.y: Required value']],
    [{ o: 's' }, ['spec.o: Invalid value: "string": spec.o in body must be of type object: "string"']],
    [{ nu: null }, []],
    [{ nu: 5 }, ['spec.nu: Invalid value: "integer": spec.nu in body must be of type string: "integer"']],
    [{ ios: 5 }, []],
    [{ ios: '5%' }, []],
    [{ ios: 'x' }, ['spec.ios: Invalid value: "x": spec.ios in body should match \'^[0-9]+%?$\'']],
    [
      { ios: true },
      [
        'spec.ios: Invalid value: "boolean": spec.ios in body must be of type integer,string: "boolean"',
        '<nil>: Invalid value: "": "spec.ios" must validate at least one schema (anyOf)',
        'spec.ios: Invalid value: "boolean": spec.ios in body must be of type integer: "boolean"',
      ],
    ],
    [
      { ios: 1.5 },
      [
        'spec.ios: Invalid value: "number": spec.ios in body must be of type integer,string: "number"',
        '<nil>: Invalid value: "": "spec.ios" must validate at least one schema (anyOf)',
        'spec.ios: Invalid value: "number": spec.ios in body must be of type integer: "number"',
        '<nil>: Invalid value: "": Checked value must be of type integer (default format) in spec.ios',
      ],
    ],
    [
      { any: {} },
      [
        '<nil>: Invalid value: "": "spec.any" must validate at least one schema (anyOf)',
        'spec.any.a: Required value',
      ],
    ],
    [{ any: { a: 1 } }, []],
    [
      { one: {} },
      [
        '<nil>: Invalid value: "": "spec.one" must validate one and only one schema (oneOf). Found none valid',
        'spec.one.a: Required value',
      ],
    ],
    [
      { one: { a: 1, b: 1 } },
      [
        '<nil>: Invalid value: "": "spec.one" must validate one and only one schema (oneOf). Found 2 valid alternatives',
      ],
    ],
    [
      { all: 2 },
      [
        'spec.all: Invalid value: 2: spec.all in body should be greater than or equal to 3',
        '<nil>: Invalid value: "": "spec.all" must validate all the schemas (allOf)',
      ],
    ],
    [
      { all: 6 },
      [
        'spec.all: Invalid value: 6: spec.all in body should be less than or equal to 5',
        '<nil>: Invalid value: "": "spec.all" must validate all the schemas (allOf)',
      ],
    ],
    [{ not: 'no' }, ['<nil>: Invalid value: "": "spec.not" must not validate the schema (not)']],
    [{ not: 'yes' }, []],
    [{ fd: 'x' }, ['spec.fd: Invalid value: "x": spec.fd in body must be of type date: "x"']],
    [
      { fd: '2020-02-30' },
      ['spec.fd: Invalid value: "2020-02-30": spec.fd in body must be of type date: "2020-02-30"'],
    ],
    [
      { fdt: '2020-02-30T00:00:00Z' },
      [
        'spec.fdt: Invalid value: "2020-02-30T00:00:00Z": spec.fdt in body must be of type date-time: "2020-02-30T00:00:00Z"',
      ],
    ],
    [{ fdt: 'x' }, ['spec.fdt: Invalid value: "x": spec.fdt in body must be of type date-time: "x"']],
    [{ fe: 'x' }, ['spec.fe: Invalid value: "x": spec.fe in body must be of type email: "x"']],
    [{ fi4: '1.2.3' }, ['spec.fi4: Invalid value: "1.2.3": spec.fi4 in body must be of type ipv4: "1.2.3"']],
    [{ fi6: 'x' }, ['spec.fi6: Invalid value: "x": spec.fi6 in body must be of type ipv6: "x"']],
    [{ fu: 'x' }, ['spec.fu: Invalid value: "x": spec.fu in body must be of type uuid: "x"']],
    [{ fuid: 'x' }, ['spec.fuid: Invalid value: "x": spec.fuid in body must be of type uri: "x"']],
    [{ fuid: '::' }, ['spec.fuid: Invalid value: "::": spec.fuid in body must be of type uri: "::"']],
    [{ fb: '%%' }, ['spec.fb: Invalid value: "%%": spec.fb in body must be of type byte: "%%"']],
    [{ fdu: 'x' }, ['spec.fdu: Invalid value: "x": spec.fdu in body must be of type duration: "x"']],
    [{ fdu: '5s' }, []],
    [{ fc: 'x' }, ['spec.fc: Invalid value: "x": spec.fc in body must be of type cidr: "x"']],
    [{ fh: '_x' }, ['spec.fh: Invalid value: "_x": spec.fh in body must be of type hostname: "_x"']],
    [{ fx: 'x' }, []],
    [{ p: { q: 1 } }, []],
    [{ emb: {} }, ['spec.emb.apiVersion: Required value', 'spec.emb.kind: Required value']],
    [{ emb: { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'x' } } }, []],
    [{ anyt: 5 }, []],
    [{ req: {} }, []],
  ])('judges %j', (spec, faults) => {
    const object = objectOf(spec)
    const causes = [...valueCauses(ROOT, object, '', UNCORRELATED), ...repeatedItems(ROOT, object, '')]
    expect(causes.map(({ field, message }) => `${field}: ${message}`)).toEqual(faults)
  })

  it.each([
    [
      { zz: 1, i: null, nu: null, p: { q: 1 }, o: { x: 1, qq: 2 } },
      { nu: null, o: { x: 1 }, p: { q: 1 } },
    ],
    [{ req: {} }, { req: { inner: { q: 1 } } }],
    [{ req: { inner: null } }, { req: { inner: { q: 1 } } }],
    [{ lm: [{ v: 1, k: 'a' }] }, { lm: [{ j: 3, k: 'a', v: 1 }] }],
    [
      { emb: { apiVersion: 'v1', kind: 'Pod', metadata: {}, more: 1 } },
      { emb: { apiVersion: 'v1', kind: 'Pod', metadata: {}, more: 1 } },
    ],
  ])('prunes and fills in %j', (spec, kept) => {
    expect(JSON.stringify(objectOf(spec).spec)).toBe(JSON.stringify(kept))
  })

  const old = {
    s: 'WRONG',
    l: [1, 2, 3],
    lm: [
      { k: 'a', j: 1 },
      { k: 'b', j: 'x' },
    ],
    o: { x: 'q', y: 1 },
    m: { a: 'x' },
  }
  it.each([
    [{}, []],
    [{ i: 3 }, []],
    [{ s: 'NEW' }, ['spec.s']],
    [{ l: [1, 2, 3, 4] }, ['spec.l']],
    [{ lm: [{ k: 'b', j: 'x' }] }, []],
    [{ lm: [{ k: 'b', j: 'x', v: 1 }] }, []],
    [{ lm: [{ k: 'c', j: 'x' }] }, ['spec.lm[0].j']],
    [{ o: { x: 'q', y: 2 } }, []],
    [{ o: { x: 'r', y: 2 } }, ['spec.o.x']],
    [{ m: { a: 'x', b: 'y' } }, ['spec.m.b']],
  ])('does not hold against an update what it left as it was: %j', (change, faults) => {
    const [next, before] = [objectOf({ ...old, ...change }), objectOf(old)]
    const causes = valueCauses(ROOT, next, '', correlated(next, before))
    expect(causes.map(({ field }) => field)).toEqual(faults)
  })
})
