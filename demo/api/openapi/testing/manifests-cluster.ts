import type { Body, Fields, Manifest } from './manifest.ts'
import { MERGE, tried } from './manifest.ts'

const NODES = '/api/v1/nodes'
const NAMESPACES = '/api/v1/namespaces'
const node = (fields: Fields, metadata: Fields = {}): Body => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name: 'manifest-node', ...metadata },
  ...fields,
})
const update = (name: string, before: Body, body: unknown): Manifest => ({
  name: `node update: ${name}`,
  before: [[NODES, before]],
  method: 'PATCH',
  path: `${NODES}/${before.metadata.name}?dryRun=All`,
  body,
  contentType: MERGE,
})
const SPEC = { podCIDR: '10.1.0.0/24', podCIDRs: ['10.1.0.0/24'], providerID: 'p' }

export const NODES_AND_NAMESPACES: readonly Manifest[] = [
  tried('node: least', NODES, node({})),
  tried(
    'node: taints and addresses',
    NODES,
    node({
      spec: {
        podCIDR: 'x',
        taints: [
          { key: 'a', effect: 'Bogus' },
          { key: '', effect: 'NoSchedule' },
          { key: 'b', effect: 'NoSchedule' },
          { key: 'b', effect: 'NoSchedule', value: 'x' },
          { key: 'c', effect: '' },
          { key: 'd', effect: 'NoExecute', value: 'a b' },
        ],
      },
    }),
  ),
  tried(
    'node: status is kept',
    NODES,
    node({
      status: { capacity: { cpu: '4', memory: '8Gi' }, conditions: [{ type: 'Ready', status: 'True' }] },
    }),
  ),
  update('labels', node({}), { metadata: { labels: { a: 'b' } } }),
  update('unschedulable', node({}), { spec: { unschedulable: true } }),
  update('taints', node({}), { spec: { taints: [{ key: 'a', effect: 'NoSchedule' }] } }),
  update('CIDR', node({ spec: SPEC }), { spec: { podCIDR: '10.2.0.0/24', podCIDRs: ['10.2.0.0/24'] } }),
  update('provider', node({ spec: SPEC }), { spec: { providerID: 'other' } }),
  tried('namespace: least', NAMESPACES, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'x' } }),
  tried('namespace: finalizers', NAMESPACES, {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: 'x', labels: { 'kubernetes.io/metadata.name': 'other' } },
    spec: { finalizers: ['x.io/y'] },
  }),
]
