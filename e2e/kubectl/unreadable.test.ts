import { describe, expect, it } from 'vitest'
import { sortedCauses } from './support/table.ts'
import { testNamespace } from './support/test-namespace.ts'

const here = testNamespace('unread')

const object = (kind: string, name = 'x') => `apiVersion: v1\nkind: ${kind}\nmetadata: {name: ${name}}\n`
const UNSET = 'if you choose to ignore these errors, turn validation off with --validate=false'

type Case = [what: string, manifest: string, complaint: readonly string[]]

/** What kubectl refuses by itself, some of it with the server's discovery or OpenAPI. */
const UNREADABLE: Case[] = [
  [
    'malformed YAML',
    'apiVersion: v1\nkind: [oops',
    [
      "error: error parsing STDIN: error converting YAML to JSON: yaml: line 2: did not find expected ',' or ']'",
    ],
  ],
  ['malformed JSON', '{"apiVersion":"v1","kind":', ['error: error parsing STDIN: unexpected EOF']],
  ['nothing', '', ['error: no objects passed to create']],
  [
    'a list',
    '- a\n- b',
    [`error: error validating "STDIN": error validating data: invalid object to validate; ${UNSET}`],
  ],
  [
    'no kind',
    'apiVersion: v1\nmetadata: {name: x}',
    [`error: error validating "STDIN": error validating data: kind not set; ${UNSET}`],
  ],
  [
    'no apiVersion',
    'kind: Pod\nmetadata: {name: x}',
    [`error: error validating "STDIN": error validating data: apiVersion not set; ${UNSET}`],
  ],
  [
    'an unknown kind',
    object('Frob'),
    [
      'error: resource mapping not found for name: "x" namespace: "" from "STDIN": no matches for kind "Frob" in version "v1"',
      'ensure CRDs are installed first',
    ],
  ],
  [
    'a version that is not served',
    'apiVersion: cocoonset.cocoonstack.io/v2\nkind: CocoonSet\nmetadata: {name: x}',
    [
      'error: resource mapping not found for name: "x" namespace: "" from "STDIN": no matches for kind "CocoonSet" in version "cocoonset.cocoonstack.io/v2"',
      'ensure CRDs are installed first',
    ],
  ],
  [
    'a namespace other than the one asked for',
    'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x, namespace: other}',
    [
      `error: the namespace from the provided object "other" does not match the namespace "${here.name}". You must pass '--namespace=other' to perform this operation.`,
    ],
  ],
]

describe('a manifest that kubectl cannot read', () => {
  it.concurrent.for(UNREADABLE)('%s', async ([, manifest, complaint]) => {
    expect(sortedCauses(await here.refusal('create -f -', { stdin: manifest }))).toEqual(complaint)
  })
})

describe('a stream of manifests', () => {
  it('makes the good ones and names the bad one', async () => {
    const stdin = ['m1', 'M2', 'm3'].map((name) => object('ConfigMap', name)).join('---\n')
    const { code, stdout, stderr } = await here.kubectl('create -f -', { stdin })
    expect(code).toBe(1)
    expect(stdout).toBe('configmap/m1 created\nconfigmap/m3 created\n')
    expect(stderr).toContain('The ConfigMap "M2" is invalid: metadata.name')
  })
})

describe('a key that is there twice', () => {
  it('has the last value: kubectl does not send the first', async () => {
    const stdin = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: twice}\ndata: {a: "1", a: "2"}\n'
    expect(await here.ok('create -f - --dry-run=server -o jsonpath={.data}', { stdin })).toBe('{"a":"2"}')
  })
})
