import type { Theme } from '../exchange.ts'
import {
  LEASES,
  MAPS,
  NS,
  PODS,
  SETS,
  accept,
  del,
  get,
  isGone,
  map,
  patch,
  pod,
  post,
  set,
  setup,
  single,
} from './requests.ts'

const uid = { uid: 'metadata.uid' }
const ownedBy = (name: string, more: object = {}) => ({
  metadata: { ownerReferences: [{ apiVersion: 'v1', kind: 'ConfigMap', name, uid: '$uid', ...more }] },
})
const options = (more: object) => ({ apiVersion: 'v1', kind: 'DeleteOptions', ...more })
const gone = (path: string) => get(path, { until: isGone })
/** Bound to a node that nobody runs: only a deletion without grace ends it. */
const bound = (name: string, more: object = {}) => pod(name, { spec: { nodeName: 'no-node-$id', ...more } })

export const deletions: Theme = {
  name: 'deletions',
  exchanges: [
    single(
      'of a config map',
      setup(post(MAPS, map('$id'))),
      del(`${MAPS}/$id`),
      get(`${MAPS}/$id`),
      del(`${MAPS}/$id`),
    ),
    single(
      'of a set',
      setup(post(SETS, set('$id'))),
      del(`${SETS}/$id`),
      get(`${SETS}/$id`),
      del(`${SETS}/$id`),
    ),
    single(
      'of a pod that runs nowhere',
      setup(post(PODS, pod('$id'))),
      del(`${PODS}/$id`),
      get(`${PODS}/$id`),
    ),
    {
      name: 'of a node',
      leaves: ['/api/v1/nodes/$id'],
      steps: [setup(post('/api/v1/nodes', { metadata: { name: '$id' } })), del('/api/v1/nodes/$id')],
    },
    single(
      'of other kinds',
      setup(post(LEASES, { metadata: { name: '$id' } })),
      del(`${LEASES}/$id`),
      setup(post(`${NS}/secrets`, { metadata: { name: '$id' } })),
      del(`${NS}/secrets/$id`),
      setup(post(`${NS}/serviceaccounts`, { metadata: { name: '$id' } })),
      del(`${NS}/serviceaccounts/$id`),
    ),
    single(
      'of a pod on a node',
      setup(post(PODS, bound('$id'))),
      del(`${PODS}/$id`),
      get(`${PODS}/$id`),
      del(`${PODS}/$id`),
      del(`${PODS}/$id`, options({ gracePeriodSeconds: 60 })),
      del(`${PODS}/$id`, options({ gracePeriodSeconds: 10 })),
      del(`${PODS}/$id`, options({ gracePeriodSeconds: 0 })),
      get(`${PODS}/$id`),
    ),
    single(
      'of a pod on a node, with its own grace',
      setup(post(PODS, bound('$id', { terminationGracePeriodSeconds: 7 }))),
      del(`${PODS}/$id`),
      del(`${PODS}/$id?gracePeriodSeconds=0`),
    ),
    single(
      'grace in the query',
      setup(post(PODS, bound('$id'))),
      del(`${PODS}/$id?gracePeriodSeconds=5`),
      del(`${PODS}/$id?gracePeriodSeconds=x`),
      del(`${PODS}/$id?gracePeriodSeconds=-1`),
      del(`${PODS}/$id`, options({ gracePeriodSeconds: -3 })),
      del(`${PODS}/$id?gracePeriodSeconds=0`),
    ),
    single(
      'of a pod that has ended',
      setup(post(PODS, bound('$id'))),
      setup(patch('merge', `${PODS}/$id/status`, { status: { phase: 'Succeeded' } })),
      del(`${PODS}/$id`),
      get(`${PODS}/$id`),
    ),
    single(
      'of a pod with a finalizer',
      setup(post(PODS, bound('$id'))),
      setup(patch('merge', `${PODS}/$id`, { metadata: { finalizers: ['example.com/wait'] } })),
      del(`${PODS}/$id`, options({ gracePeriodSeconds: 0 })),
      patch('merge', `${PODS}/$id`, { metadata: { finalizers: null } }),
      get(`${PODS}/$id`),
    ),
    single(
      'finalizers',
      setup(post(MAPS, map('$id', { metadata: { finalizers: ['example.com/wait'] } }))),
      del(`${MAPS}/$id`),
      del(`${MAPS}/$id`),
      patch('merge', `${MAPS}/$id`, { metadata: { finalizers: ['example.com/wait', 'example.com/more'] } }),
      patch('merge', `${MAPS}/$id`, { data: { b: '2' } }),
      post(MAPS, map('$id')),
      patch('merge', `${MAPS}/$id`, { metadata: { finalizers: [] } }),
      get(`${MAPS}/$id`),
    ),
    single(
      'finalizers of a set',
      setup(post(SETS, set('$id', {}, { finalizers: ['example.com/wait'] }))),
      del(`${SETS}/$id`),
      patch('merge', `${SETS}/$id`, { spec: { nodePool: 'z' } }),
      patch('json', `${SETS}/$id`, [{ op: 'remove', path: '/metadata/finalizers' }]),
      get(`${SETS}/$id`),
    ),
    single(
      'preconditions',
      setup(post(MAPS, map('$id'), { keep: { uid: 'metadata.uid', rv: 'metadata.resourceVersion' } })),
      del(`${MAPS}/$id`, options({ preconditions: { uid: '11111111-2222-3333-4444-555555555555' } })),
      del(`${MAPS}/$id`, options({ preconditions: { resourceVersion: '1' } })),
      del(`${MAPS}/$id`, options({ preconditions: { uid: '$uid', resourceVersion: '1' } })),
      del(`${MAPS}/$id`, options({ preconditions: { uid: '$uid', resourceVersion: '$rv' } })),
    ),
    single(
      'preconditions of a set and a pod',
      setup(post(SETS, set('$id'))),
      del(`${SETS}/$id`, options({ preconditions: { uid: '11111111-2222-3333-4444-555555555555' } })),
      setup(post(PODS, bound('$id'))),
      del(`${PODS}/$id`, options({ preconditions: { uid: '11111111-2222-3333-4444-555555555555' } })),
      setup(del(`${PODS}/$id`, options({ gracePeriodSeconds: 0 }))),
    ),
    single(
      'dry',
      setup(post(MAPS, map('$id'))),
      del(`${MAPS}/$id?dryRun=All`),
      del(`${MAPS}/$id`, options({ dryRun: ['All'] })),
      get(`${MAPS}/$id`),
      del(`${MAPS}/$id?dryRun=x`),
      del(`${MAPS}/$id`, options({ dryRun: ['x'] })),
      del(`${MAPS}/$id`, options({ dryRun: 'All' })),
    ),
    single(
      'dry, of a pod on a node',
      setup(post(PODS, bound('$id'))),
      del(`${PODS}/$id?dryRun=All`),
      get(`${PODS}/$id`),
      setup(del(`${PODS}/$id`, options({ gracePeriodSeconds: 0 }))),
    ),
    single(
      'bad options',
      setup(post(MAPS, map('$id'))),
      del(`${MAPS}/$id`, options({ propagationPolicy: 'Nothing' })),
      del(`${MAPS}/$id?propagationPolicy=Nothing`),
      del(`${MAPS}/$id`, options({ propagationPolicy: 'Foreground', orphanDependents: true })),
      del(`${MAPS}/$id`, options({ gracePeriodSeconds: 'x' })),
      del(`${MAPS}/$id`, { kind: 'Nothing', apiVersion: 'v1' }),
      del(`${MAPS}/$id`, { kind: 'DeleteOptions', apiVersion: 'v9' }),
      del(`${MAPS}/$id`, undefined, {
        text: () => '{"kind"',
        headers: { 'content-type': 'application/json' },
      }),
      del(`${MAPS}/$id`, [1]),
      del(`${MAPS}/$id`, options({ nothing: 1 }), { headers: { 'content-type': 'text/plain' } }),
      get(`${MAPS}/$id`),
    ),
    single(
      'options without a kind, and of other groups',
      setup(post(MAPS, map('$id'))),
      del(`${MAPS}/$id?dryRun=All`, {}),
      del(`${MAPS}/$id?dryRun=All`, { kind: 'DeleteOptions', apiVersion: 'meta.k8s.io/v1' }),
      setup(post(SETS, set('$id'))),
      del(`${SETS}/$id`, {
        kind: 'DeleteOptions',
        apiVersion: 'cocoonset.cocoonstack.io/v1',
        dryRun: ['All'],
      }),
      del(`${SETS}/$id?dryRun=All`, options({ nothing: 1 })),
    ),
    single(
      'in the background',
      setup(post(MAPS, map('$id'), { keep: uid })),
      setup(post(MAPS, map('$id-child', ownedBy('$id')))),
      del(`${MAPS}/$id`, options({ propagationPolicy: 'Background' })),
      gone(`${MAPS}/$id-child`),
    ),
    single(
      'in the foreground',
      setup(post(MAPS, map('$id'), { keep: uid })),
      setup(post(MAPS, map('$id-child', ownedBy('$id', { blockOwnerDeletion: true })))),
      del(`${MAPS}/$id`, options({ propagationPolicy: 'Foreground' })),
      gone(`${MAPS}/$id-child`),
      gone(`${MAPS}/$id`),
    ),
    single(
      'in the foreground, held by a dependent',
      setup(post(MAPS, map('$id'), { keep: uid })),
      setup(
        post(
          MAPS,
          map('$id-child', {
            metadata: {
              ...ownedBy('$id', { blockOwnerDeletion: true }).metadata,
              finalizers: ['example.com/wait'],
            },
          }),
        ),
      ),
      del(`${MAPS}/$id?propagationPolicy=Foreground`),
      get(`${MAPS}/$id-child`, {
        until: ({ body }) =>
          Boolean((body as { metadata: { deletionTimestamp?: string } }).metadata.deletionTimestamp),
        only: (body) => {
          const { metadata } = body as { metadata: Record<string, unknown> }
          return [metadata.finalizers, metadata.deletionGracePeriodSeconds]
        },
      }),
      get(`${MAPS}/$id`),
      setup(patch('merge', `${MAPS}/$id-child`, { metadata: { finalizers: null } })),
      gone(`${MAPS}/$id-child`),
      gone(`${MAPS}/$id`),
    ),
    single(
      'without the dependents',
      setup(post(MAPS, map('$id'), { keep: uid })),
      setup(post(MAPS, map('$id-child', ownedBy('$id')))),
      del(`${MAPS}/$id`, options({ propagationPolicy: 'Orphan' })),
      gone(`${MAPS}/$id`),
      get(`${MAPS}/$id-child`, {
        until: ({ body }) => !(body as { metadata: { ownerReferences?: unknown } }).metadata.ownerReferences,
      }),
    ),
    single(
      'without the dependents, in the older words',
      setup(post(MAPS, map('$id'), { keep: uid })),
      setup(post(MAPS, map('$id-child', ownedBy('$id')))),
      del(`${MAPS}/$id`, options({ orphanDependents: true })),
      gone(`${MAPS}/$id`),
      get(`${MAPS}/$id-child`, {
        until: ({ body }) => !(body as { metadata: { ownerReferences?: unknown } }).metadata.ownerReferences,
      }),
    ),
    single(
      'in the older words, with the dependents',
      setup(post(MAPS, map('$id'), { keep: uid })),
      setup(post(MAPS, map('$id-child', ownedBy('$id')))),
      del(`${MAPS}/$id?orphanDependents=false`),
      gone(`${MAPS}/$id-child`),
    ),
    single(
      'of one of two owners',
      setup(post(MAPS, map('$id'), { keep: uid })),
      setup(post(MAPS, map('$id-b'), { keep: { second: 'metadata.uid' } })),
      setup(
        post(
          MAPS,
          map('$id-child', {
            metadata: {
              ownerReferences: [
                { apiVersion: 'v1', kind: 'ConfigMap', name: '$id', uid: '$uid' },
                { apiVersion: 'v1', kind: 'ConfigMap', name: '$id-b', uid: '$second' },
              ],
            },
          }),
        ),
      ),
      del(`${MAPS}/$id`),
      get(`${MAPS}/$id-child`, {
        until: ({ body }) =>
          (body as { metadata: { ownerReferences: unknown[] } }).metadata.ownerReferences.length === 1,
      }),
    ),
    single(
      'of a set with pods',
      setup(post(SETS, set('$id'), { keep: uid })),
      setup(
        post(
          PODS,
          pod('$id', {
            metadata: {
              ownerReferences: [
                {
                  apiVersion: 'cocoonset.cocoonstack.io/v1',
                  kind: 'CocoonSet',
                  name: '$id',
                  uid: '$uid',
                  controller: true,
                  blockOwnerDeletion: true,
                },
              ],
            },
          }),
        ),
      ),
      del(`${SETS}/$id`, options({ propagationPolicy: 'Foreground' })),
      gone(`${PODS}/$id`),
      gone(`${SETS}/$id`),
    ),
    single(
      'an owner that never was',
      setup(
        post(
          MAPS,
          map('$id', {
            metadata: {
              ownerReferences: [
                {
                  apiVersion: 'v1',
                  kind: 'ConfigMap',
                  name: 'never',
                  uid: '11111111-2222-3333-4444-555555555555',
                },
              ],
            },
          }),
        ),
      ),
      gone(`${MAPS}/$id`),
    ),
    {
      name: 'of many',
      alone: true,
      steps: [
        setup(post(LEASES, { metadata: { name: 'a', labels: { x: 'y' } } })),
        setup(post(LEASES, { metadata: { name: 'b' } })),
        del(`${LEASES}?labelSelector=x%3Dy`),
        del(`${LEASES}?dryRun=All`),
        get(LEASES),
        del(LEASES, options({ propagationPolicy: 'Background' })),
        get(LEASES),
        del(LEASES),
      ],
    },
    {
      name: 'of many sets and pods',
      alone: true,
      steps: [
        setup(post(SETS, set('a'))),
        setup(post(SETS, set('b', {}, { finalizers: ['example.com/wait'] }))),
        setup(post(PODS, pod('a'))),
        setup(post(PODS, bound('b'))),
        del(SETS),
        del(`${PODS}?fieldSelector=metadata.name%3Da`),
        del(`${PODS}?gracePeriodSeconds=0`),
        get(PODS),
        get(SETS),
        setup(patch('merge', `${SETS}/b`, { metadata: { finalizers: null } })),
      ],
    },
    {
      name: 'of many, badly',
      alone: true,
      steps: [
        setup(post(LEASES, { metadata: { name: 'a' } })),
        del(`${LEASES}?labelSelector=!!`),
        del(`${LEASES}?fieldSelector=nothing%3Dx`),
        del(LEASES, options({ propagationPolicy: 'x' })),
        del(`${LEASES}?limit=x`),
        del(LEASES, options({ preconditions: { uid: 'x' } })),
        get(LEASES),
      ],
    },
    single(
      'of many as a table',
      del(
        `${LEASES}?labelSelector=none%3Dnone`,
        undefined,
        accept('application/json;as=Table;v=v1;g=meta.k8s.io'),
      ),
    ),
    {
      name: 'of a namespace',
      steps: [
        setup(post('/api/v1/namespaces', { metadata: { name: '$id' } })),
        setup(
          post(
            '/api/v1/namespaces/$id/configmaps',
            map('a', { metadata: { finalizers: ['example.com/wait'] } }),
          ),
        ),
        del('/api/v1/namespaces/$id'),
        post('/api/v1/namespaces/$id/configmaps', map('b')),
        post('/apis/cocoonset.cocoonstack.io/v1/namespaces/$id/cocoonsets', set('b')),
        get('/api/v1/namespaces/$id', {
          until: ({ body }) =>
            ((body as { status: { conditions?: unknown[] } }).status.conditions?.length ?? 0) > 0,
        }),
        del('/api/v1/namespaces/$id'),
        setup(patch('merge', '/api/v1/namespaces/$id/configmaps/a', { metadata: { finalizers: null } })),
        gone('/api/v1/namespaces/$id'),
      ],
    },
    single(
      'of namespaces that stay',
      del('/api/v1/namespaces/default?dryRun=All'),
      del('/api/v1/namespaces/kube-system?dryRun=All'),
      del('/api/v1/namespaces/kube-public?dryRun=All'),
    ),
  ],
}
