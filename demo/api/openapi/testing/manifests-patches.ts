import type { Manifest } from './manifest.ts'
import { MERGE, STRATEGIC, inNamespace, podOf } from './manifest.ts'

const JSON_PATCH = 'application/json-patch+json'
const PODS = inNamespace('pods')
const SETS = inNamespace('cocoonsets', '/apis/cocoonset.cocoonstack.io/v1')
const POD = podOf(
  {
    automountServiceAccountToken: false,
    containers: [
      { name: 'a', image: 'b', env: [{ name: 'A', value: '1' }] },
      { name: 'c', image: 'd' },
    ],
  },
  { name: 'q', labels: { a: 'b' } },
)
const SET = {
  apiVersion: 'cocoonset.cocoonstack.io/v1',
  kind: 'CocoonSet',
  metadata: { name: 's' },
  spec: { agent: { image: 'a' } },
}

const patch =
  (contentType: string, way: string) =>
  (name: string, body: unknown, query = ''): Manifest => ({
    name: `${way} patch: ${name}`,
    before: [[PODS, POD]],
    method: 'PATCH',
    path: `${PODS}/q?dryRun=All${query}`,
    body,
    contentType,
  })
const strategic = patch(STRATEGIC, 'strategic')
const merge = patch(MERGE, 'merge')
const json = patch(JSON_PATCH, 'JSON')
const ofSet = (contentType: string, name: string, body: unknown, query = ''): Manifest => ({
  name: `set patch: ${name}`,
  before: [[SETS, SET]],
  method: 'PATCH',
  path: `${SETS}/s?dryRun=All${query}`,
  body,
  contentType,
})
const STRICT = '&fieldValidation=Strict'
const op = (operation: string, path: string, value?: unknown) => ({ op: operation, path, value })

/** Patches that break something, and some that do not. */
export const PATCHES: readonly Manifest[] = [
  strategic('unknown field', { spec: { foo: 1 } }),
  strategic('unknown field, strictly', { spec: { foo: 1 } }, STRICT),
  strategic('item without its key', { spec: { containers: [{ image: 'x' }] } }),
  strategic('list as a text', { spec: { containers: 'x' } }),
  strategic('list as an object', { spec: { containers: {} } }),
  strategic('item as a text', { spec: { containers: ['x'] } }),
  strategic('object as a text', { spec: 'x' }),
  strategic('seconds as a text', { spec: { activeDeadlineSeconds: 'x' } }),
  strategic('label as a number', { metadata: { labels: { a: 5 } } }),
  strategic('labels as a text', { metadata: { labels: 'x' } }),
  strategic('labels', { metadata: { labels: { c: 'd', a: null } } }),
  strategic('unknown directive in an item', { spec: { containers: [{ name: 'a', $patch: 'bogus' }] } }),
  strategic('unknown directive', { spec: { $patch: 'bogus' } }),
  strategic('order without the item', {
    spec: { '$setElementOrder/containers': [{ name: 'c' }], containers: [{ name: 'a', image: 'z' }] },
  }),
  strategic('list', '[]'),
  strategic('text', '"x"'),
  strategic('half', '{'),
  strategic('null', 'null'),
  merge('list', '[]'),
  merge('half', '{'),
  merge('nothing', ''),
  merge('null', 'null'),
  merge('unknown field', { spec: { foo: 1 } }),
  merge('unknown field, strictly', { spec: { foo: 1 } }, STRICT),
  merge('seconds as a text', { spec: { activeDeadlineSeconds: 'x' } }),
  merge('metadata as a text', { metadata: 'x' }),
  merge('another name', { metadata: { name: 'other' } }),
  merge('another namespace', { metadata: { namespace: 'other' } }),
  merge('another uid', { metadata: { uid: 'other' } }),
  merge('an old revision', { metadata: { resourceVersion: '1' } }),
  merge('another kind', { kind: 'Node' }),
  merge('another version', { apiVersion: 'v2' }),
  json('unknown field', [op('add', '/spec/foo', 1)]),
  json('unknown field, strictly', [op('add', '/spec/foo', 1)], STRICT),
  json('replace what is not there', [op('replace', '/spec/nope', 1)]),
  json('a test that fails', [op('test', '/metadata/name', 'x')]),
  json('an unknown operation', [op('bogus', '/metadata/name', 'x')]),
  json('remove what is not there', [op('remove', '/metadata/nope')]),
  json('a path without a slash', [op('add', 'metadata/nope', 1)]),
  json('a label as a number', [op('add', '/metadata/labels/a', 5)]),
  json('below nothing', [op('add', '/a/b/c', 5)]),
  json('copy of nothing', [{ op: 'copy', from: '/nope', path: '/metadata/labels/x' }]),
  json('an object', { op: 'add' }),
  json('half', '{'),
  json('null', 'null'),
  json('everything', [op('replace', '', {})]),
  ofSet(MERGE, 'unknown field', { spec: { foo: 1 } }),
  ofSet(MERGE, 'unknown field, strictly', { spec: { foo: 1 } }, STRICT),
  ofSet(MERGE, 'label as a number', { metadata: { labels: { a: 5 } } }),
  ofSet(MERGE, 'metadata as a text', { metadata: 'x' }),
  ofSet(MERGE, 'another name', { metadata: { name: 'y' } }),
  ofSet(MERGE, 'another kind', { kind: 'X' }),
  ofSet(MERGE, 'replicas as a text', { spec: { agent: { replicas: 'x' } } }),
  ofSet(JSON_PATCH, 'no agent', [op('remove', '/spec/agent')]),
]
