import type { Manifest } from './manifest.ts'
import { RBAC, configMap, inNamespace, podOf, tried } from './manifest.ts'

const MAPS = inNamespace('configmaps')
const long = (letter: string, length: number) => letter.repeat(length)
const owner = (fields: Record<string, unknown>) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  name: 'x',
  uid: 'y',
  ...fields,
})
const metadata = (name: string, fields: Record<string, unknown>) =>
  tried(`metadata: ${name}`, MAPS, configMap(fields))

/** What is wrong with an object's metadata, whatever its kind. */
export const METADATA: readonly Manifest[] = [
  metadata('no name', { name: '' }),
  metadata('upper case and underscore', { name: 'A_b' }),
  metadata('two dots', { name: 'a..b' }),
  metadata('name too long', { name: long('a', 254) }),
  metadata('generateName alone', { name: '', generateName: 'Z_' }),
  metadata('generateName beside a name', { generateName: 'Z_' }),
  metadata('label keys', {
    labels: { '': 'x', 'a/b/c': 'y', 'UPPER.com/x': 'y', '-a': 'b', '/c': 'd', 'x.com/': 'y' },
  }),
  metadata('label key too long', { labels: { [long('d', 64)]: 'x' } }),
  metadata('label values', { labels: { b: '-', c: long('x', 64), d: 'a b' } }),
  metadata('annotation keys', { annotations: { '': 'x', 'a b': 'y', 'Ok.IO/Upper': 'y' } }),
  metadata('annotations too large', { annotations: { a: long('y', 262145) } }),
  metadata('finalizers', {
    finalizers: ['a', 'a b', 'kubernetes', 'foregroundDeletion', 'orphan', 'x.io/y'],
  }),
  metadata('owners', {
    ownerReferences: [
      owner({ controller: true }),
      owner({ name: 'z', uid: 'z', controller: true }),
      owner({ kind: 'Event' }),
      owner({ apiVersion: '', kind: '', name: '', uid: '' }),
      owner({ apiVersion: 'a/b/c' }),
    ],
  }),
  metadata('namespace of another', { namespace: 'other' }),
  metadata('what only the server sets', {
    uid: 'x',
    generation: 5,
    creationTimestamp: '2020-01-01T00:00:00Z',
    deletionTimestamp: '2020-01-01T00:00:00Z',
    deletionGracePeriodSeconds: 5,
    selfLink: 'a',
  }),
  tried('metadata: pod name', inNamespace('pods'), podOf({}, { name: 'A_b' })),
  tried('metadata: namespace with a dot', '/api/v1/namespaces', {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: 'a.b' },
  }),
  tried('metadata: namespace too long', '/api/v1/namespaces', {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: long('A', 64) },
  }),
  tried('metadata: role name', inNamespace('roles', RBAC), {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'Role',
    metadata: { name: 'system:a/b' },
  }),
  tried('metadata: service name', inNamespace('services'), {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: '1a.b' },
    spec: { ports: [{ port: 80 }] },
  }),
  {
    name: 'metadata: update of what is immutable',
    before: [[MAPS, configMap({ name: 'u' })]],
    method: 'PUT',
    path: `${MAPS}/u?dryRun=All`,
    body: configMap({ name: 'u', deletionTimestamp: '2020-01-01T00:00:00Z', generation: 9 }),
  },
  {
    name: 'metadata: update with another uid',
    before: [[MAPS, configMap({ name: 'u' })]],
    method: 'PUT',
    path: `${MAPS}/u?dryRun=All`,
    body: configMap({ name: 'u', uid: 'other' }),
  },
  {
    name: 'metadata: update of labels',
    before: [[MAPS, configMap({ name: 'u' })]],
    method: 'PUT',
    path: `${MAPS}/u?dryRun=All`,
    body: configMap({ name: 'u', labels: { 'a b': 'c' }, finalizers: ['x'] }),
  },
]
