import type { Theme } from '../exchange.ts'
import {
  HIBERNATIONS,
  LEASES,
  MAPS,
  NS,
  PODS,
  SETS,
  get,
  hibernation,
  map,
  pod,
  post,
  put,
  set,
  setup,
  single,
} from './requests.ts'

export const objects: Theme = {
  name: 'objects',
  exchanges: [
    single(
      'a config map from birth to update',
      post(MAPS, map('$id')),
      get(`${MAPS}/$id`),
      put(`${MAPS}/$id`, map('$id', { data: { b: '2' } })),
    ),
    single(
      'a pod from birth to update',
      post(PODS, pod('$id')),
      get(`${PODS}/$id`),
      put(`${PODS}/$id`, pod('$id', { metadata: { labels: { a: 'b' } } })),
    ),
    single(
      'a set from birth to update',
      post(SETS, set('$id'), { keep: { rv: 'metadata.resourceVersion' } }),
      get(`${SETS}/$id`),
      put(`${SETS}/$id`, set('$id', { nodePool: 'other' }, { resourceVersion: '$rv' })),
    ),
    single('a hibernation', post(HIBERNATIONS, hibernation('$id')), get(`${HIBERNATIONS}/$id`)),
    single(
      'a lease',
      post(LEASES, {
        metadata: { name: '$id' },
        spec: { holderIdentity: 'me', leaseDurationSeconds: 40, renewTime: '2026-01-01T00:00:00.000000Z' },
      }),
      get(`${LEASES}/$id`),
    ),
    {
      name: 'a namespace',
      leaves: ['/api/v1/namespaces/$id'],
      steps: [post('/api/v1/namespaces', { metadata: { name: '$id' } }), get('/api/v1/namespaces/$id')],
    },
    {
      name: 'a node',
      leaves: ['/api/v1/nodes/$id'],
      steps: [
        post('/api/v1/nodes', {
          metadata: { name: '$id', labels: { a: 'b' } },
          spec: { unschedulable: true },
        }),
        put(
          '/api/v1/nodes/$id/status',
          { metadata: { name: '$id' }, status: { capacity: { cpu: '4', memory: '8Gi' } } },
          { only: (body) => (body as { status: unknown }).status },
        ),
      ],
    },
    single(
      'a core event',
      post(`${NS}/events`, {
        metadata: { name: '$id' },
        involvedObject: { kind: 'Pod', namespace: '$ns', name: 'p' },
        reason: 'Started',
        message: 'it runs',
        type: 'Normal',
        count: 3,
        source: { component: 'conformance', host: 'h' },
        firstTimestamp: '2026-01-01T00:00:00Z',
        lastTimestamp: '2026-01-01T00:00:09Z',
      }),
      get(`/apis/events.k8s.io/v1/namespaces/$ns/events/$id`),
    ),
    single(
      'an event of the newer group',
      post('/apis/events.k8s.io/v1/namespaces/$ns/events', {
        metadata: { name: '$id' },
        eventTime: '2026-01-01T00:00:00.000000Z',
        reportingController: 'example.com/conformance',
        reportingInstance: 'here',
        action: 'Started',
        reason: 'Started',
        note: 'it runs',
        type: 'Normal',
        regarding: { kind: 'Pod', namespace: '$ns', name: 'p' },
      }),
      get(`${NS}/events/$id`),
    ),
    single(
      'an event of another namespace',
      post(`${NS}/events`, {
        metadata: { name: '$id' },
        involvedObject: { kind: 'Pod', namespace: 'default', name: 'p' },
        reason: 'Started',
        type: 'Normal',
      }),
    ),
    single(
      'a secret',
      post(`${NS}/secrets`, { metadata: { name: '$id' }, stringData: { a: 'b' } }),
      get(`${NS}/secrets/$id`),
    ),
    single(
      'a secret that is not base64',
      post(`${NS}/secrets`, { metadata: { name: '$id' }, data: { a: '***' } }),
    ),

    single(
      'what is there already',
      setup(post(MAPS, map('$id'))),
      post(MAPS, map('$id')),
      setup(post(SETS, set('$id'))),
      post(SETS, set('$id')),
      post('/api/v1/namespaces', { metadata: { name: '$ns' } }),
    ),
    single(
      'what is not there',
      get(`${MAPS}/$id`),
      get(`${SETS}/$id`),
      get('/api/v1/namespaces/$id'),
      get('/api/v1/nodes/$id'),
      put(`${MAPS}/$id`, map('$id')),
      put(`${SETS}/$id`, set('$id')),
      put(`${PODS}/$id`, pod('$id')),
    ),
    single(
      'update of what is not there, with a version or a uid',
      put(`${MAPS}/$id`, map('$id', { metadata: { resourceVersion: '1' } })),
      put(`${MAPS}/$id`, map('$id', { metadata: { uid: 'x' } })),
      put(`${LEASES}/$id`, { metadata: { name: '$id' } }),
      put(`${LEASES}/$id`, { metadata: { name: '$id', resourceVersion: '1' } }),
    ),
    single(
      'in a namespace that is not there',
      post('/api/v1/namespaces/$id/configmaps', map('$id')),
      post('/apis/cocoonset.cocoonstack.io/v1/namespaces/$id/cocoonsets', set('$id')),
      get('/api/v1/namespaces/$id/configmaps'),
      get('/api/v1/namespaces/$id/configmaps/x'),
    ),
    single('no name', post(MAPS, map('')), post(SETS, set('')), post(PODS, pod(''))),
    single(
      'a generated name',
      post(MAPS, map('', { metadata: { name: undefined, generateName: 'gen-' } }), {
        keep: { generated: 'metadata.name' },
      }),
      get(`${MAPS}/$generated`),
    ),
    single(
      'a generated name for a set',
      post(SETS, set('', {}, { name: undefined, generateName: 'gen-' }), {
        keep: { generated: 'metadata.name' },
      }),
    ),
    single('a name goes before generateName', post(MAPS, map('$id', { metadata: { generateName: 'gen-' } }))),
    single(
      'bad names',
      ...['UPPER', 'a_b', '-a', 'a/b', 'a..b', 'a'.repeat(254), 'ä', '.', '..', 'a%b'].flatMap((name) => [
        post(`${MAPS}?dryRun=All`, map(name)),
        post(`${SETS}?dryRun=All`, set(name)),
      ]),
    ),
    single(
      'a bad generateName',
      post(MAPS, map('', { metadata: { name: undefined, generateName: 'Bad_' } })),
      post(SETS, set('', {}, { name: undefined, generateName: 'Bad_' })),
    ),
    single(
      'a bad name of a namespace',
      post('/api/v1/namespaces', { metadata: { name: 'a.b' } }),
      post('/api/v1/namespaces', { metadata: { name: 'x'.repeat(64) } }),
    ),
    single(
      'the other namespace',
      post(MAPS, map('$id', { metadata: { namespace: 'other' } })),
      post(SETS, set('$id', {}, { namespace: 'other' })),
      put(`${MAPS}/$id`, map('$id', { metadata: { namespace: 'other' } })),
    ),
    single(
      'the other name',
      setup(post(MAPS, map('$id'))),
      put(`${MAPS}/$id`, map('other')),
      setup(post(SETS, set('$id'))),
      put(`${SETS}/$id`, set('other')),
      put(`${MAPS}/$id`, { ...map(''), metadata: {} }),
    ),
    single(
      'the other kind',
      post(MAPS, pod('$id')),
      post(MAPS, { ...map('$id'), kind: 'Nothing' }),
      post(SETS, hibernation('$id')),
      post(SETS, { ...set('$id'), kind: 'Nothing' }),
      post(SETS, pod('$id')),
    ),
    single(
      'the other version',
      post(MAPS, { ...map('$id'), apiVersion: 'v2' }),
      post(MAPS, { ...map('$id'), apiVersion: 'apps/v1' }),
      post(SETS, { ...set('$id'), apiVersion: 'v1' }),
      post(MAPS, { ...map('$id'), apiVersion: 'a/b/c' }),
    ),
    single(
      'no kind',
      post(`${MAPS}?dryRun=All`, { metadata: { name: '$id' } }),
      post(`${MAPS}?dryRun=All`, { kind: 'ConfigMap', metadata: { name: '$id' } }),
      post(`${SETS}?dryRun=All`, { metadata: { name: '$id' }, spec: { agent: { image: 'a' } } }),
      post(`${SETS}?dryRun=All`, {
        kind: 'CocoonSet',
        metadata: { name: '$id' },
        spec: { agent: { image: 'a' } },
      }),
    ),
    single(
      'creation with a version',
      post(MAPS, map('$id', { metadata: { resourceVersion: '1' } })),
      post(SETS, set('$id', {}, { resourceVersion: '1' })),
    ),
    single(
      'creation with what the server says',
      post(
        MAPS,
        map('$id', {
          metadata: {
            uid: 'mine',
            generation: 7,
            creationTimestamp: '2020-01-01T00:00:00Z',
            deletionTimestamp: '2020-01-01T00:00:00Z',
            selfLink: '/x',
          },
        }),
      ),
      post(SETS, {
        ...set(
          '$id',
          {},
          { uid: 'mine', generation: 7, creationTimestamp: '2020-01-01T00:00:00Z', selfLink: '/x' },
        ),
        status: { phase: 'Running' },
      }),
    ),
    single(
      'a stale version',
      setup(post(MAPS, map('$id'))),
      put(`${MAPS}/$id`, map('$id', { metadata: { resourceVersion: '1' } })),
      setup(post(SETS, set('$id'))),
      put(`${SETS}/$id`, set('$id', {}, { resourceVersion: '1' })),
      put(`${SETS}/$id`, set('$id', {}, { resourceVersion: 'x' })),
      put(`${MAPS}/$id`, map('$id', { metadata: { resourceVersion: 'x' } })),
    ),
    single(
      'no version, where one must be given',
      setup(post(SETS, set('$id'))),
      put(`${SETS}/$id`, set('$id')),
      setup(post(LEASES, { metadata: { name: '$id' } })),
      put(`${LEASES}/$id`, { metadata: { name: '$id' } }),
    ),
    single(
      'another uid',
      setup(post(MAPS, map('$id'))),
      put(`${MAPS}/$id`, map('$id', { metadata: { uid: '11111111-2222-3333-4444-555555555555' } })),
      setup(post(SETS, set('$id'), { keep: { rv: 'metadata.resourceVersion' } })),
      put(
        `${SETS}/$id`,
        set('$id', {}, { uid: '11111111-2222-3333-4444-555555555555', resourceVersion: '$rv' }),
      ),
    ),
    single('an update that changes nothing', post(MAPS, map('$id')), put(`${MAPS}/$id`, map('$id'))),
    single(
      'generation',
      post(SETS, set('$id'), { keep: { rv: 'metadata.resourceVersion' } }),
      put(`${SETS}/$id`, set('$id', {}, { resourceVersion: '$rv', labels: { a: 'b' } }), {
        keep: { rv: 'metadata.resourceVersion' },
      }),
      put(`${SETS}/$id`, set('$id', { nodePool: 'x' }, { resourceVersion: '$rv' }), {
        keep: { rv: 'metadata.resourceVersion' },
      }),
      put(`${SETS}/$id/status`, {
        ...set('$id', { nodePool: 'y' }, { resourceVersion: '$rv', labels: { c: 'd' } }),
        status: { phase: 'Running' },
      }),
      get(`${SETS}/$id`),
    ),
    single(
      'status is not for the main resource',
      post(
        SETS,
        { ...set('$id'), status: { phase: 'Running' } },
        { keep: { rv: 'metadata.resourceVersion' } },
      ),
      put(`${SETS}/$id`, { ...set('$id', {}, { resourceVersion: '$rv' }), status: { phase: 'Running' } }),
    ),
    single(
      'status of a pod',
      setup(post(PODS, pod('$id'))),
      put(
        `${PODS}/$id/status`,
        pod('$id', {
          metadata: { labels: { a: 'b' }, annotations: { c: 'd' } },
          status: { phase: 'Running', podIP: '10.0.0.1', podIPs: [{ ip: '10.0.0.1' }] },
        }),
      ),
      get(`${PODS}/$id/status`),
    ),
    single('status of a namespace', get(`${NS}/status`)),
    single(
      'dry run',
      post(`${MAPS}?dryRun=All`, map('$id')),
      get(`${MAPS}/$id`),
      setup(post(MAPS, map('$id'))),
      put(`${MAPS}/$id?dryRun=All`, map('$id', { data: { b: '2' } })),
      get(`${MAPS}/$id`),
    ),
    single(
      'a bad dry run',
      post(`${MAPS}?dryRun=Nothing`, map('$id')),
      post(`${MAPS}?dryRun=`, map('$id')),
      post(`${MAPS}?dryRun=All&dryRun=All`, map('$id')),
      put(`${MAPS}/$id?dryRun=all`, map('$id')),
    ),
    single(
      'a field manager',
      post(`${MAPS}?fieldManager=me&dryRun=All`, map('$id')),
      post(`${MAPS}?dryRun=All&fieldManager=${'m'.repeat(129)}`, map('$id')),
      post(`${MAPS}?dryRun=All&fieldManager=%01`, map('$id')),
    ),
    {
      name: 'who wrote which field',
      managedFields: true,
      steps: [post(`${MAPS}?fieldManager=me`, map('$id'))],
    },
    single(
      'finalizers',
      post(MAPS, map('$id', { metadata: { finalizers: ['nothing'] } })),
      post(MAPS, map('$id', { metadata: { finalizers: ['example.com/UP per'] } })),
      post(SETS, set('$id', {}, { finalizers: ['bad name'] })),
    ),
    single(
      'owners',
      ...[
        [{ apiVersion: 'v1', kind: 'ConfigMap', name: 'x' }],
        [{ apiVersion: '', kind: '', name: '', uid: '' }],
        [{ apiVersion: 'v1', kind: 'Event', name: 'x', uid: 'u' }],
        [
          { apiVersion: 'v1', kind: 'Pod', name: 'x', uid: 'u', controller: true },
          { apiVersion: 'v1', kind: 'Pod', name: 'y', uid: 'v', controller: true },
        ],
        [{ apiVersion: 'a/b/c', kind: 'Pod', name: 'x', uid: 'u' }],
      ].map((ownerReferences) => post(`${MAPS}?dryRun=All`, map('$id', { metadata: { ownerReferences } }))),
    ),
    single(
      'labels',
      ...[
        { 'bad key!': 'x' },
        { '': 'x' },
        { a: 'bad value!' },
        { a: 'x'.repeat(64) },
        { ['k'.repeat(64)]: 'x' },
        { 'a/b/c': 'x' },
        { 'A_B/c': 'x' },
        { a: '' },
        { 'example.com/ok': 'v-1.0_z' },
        { [`${'d'.repeat(254)}/x`]: 'y' },
      ].flatMap((labels) => [
        post(`${MAPS}?dryRun=All`, map('$id', { metadata: { labels } })),
        post(`${SETS}?dryRun=All`, set('$id', {}, { labels })),
      ]),
    ),
    single(
      'annotations',
      post(`${MAPS}?dryRun=All`, map('$id', { metadata: { annotations: { 'bad key!': 'x' } } })),
      post(`${MAPS}?dryRun=All`, map('$id', { metadata: { annotations: { a: 'x'.repeat(262_144) } } })),
      post(`${SETS}?dryRun=All`, set('$id', {}, { annotations: { a: 'x'.repeat(262_144) } })),
      post(`${MAPS}?dryRun=All`, map('$id', { metadata: { annotations: { a: 'x'.repeat(262_143) } } }), {
        only: (body) => (body as { kind: string }).kind,
      }),
      post(`${MAPS}?dryRun=All`, map('$id', { metadata: { annotations: { 'UPPER/x': 'any thing ü' } } })),
    ),
    single(
      'keys of a config map',
      post(`${MAPS}?dryRun=All`, map('$id', { data: { 'bad key!': 'x' } })),
      post(`${MAPS}?dryRun=All`, map('$id', { data: { a: 'x' }, binaryData: { a: 'eA==' } })),
      post(`${MAPS}?dryRun=All`, map('$id', { data: { a: 'x'.repeat(1_048_577) } })),
      post(`${MAPS}?dryRun=All`, map('$id', { data: { a: 1 } })),
    ),
    single(
      'an immutable config map',
      setup(post(MAPS, map('$id', { immutable: true }))),
      put(`${MAPS}/$id`, map('$id', { immutable: true, data: { b: '2' } })),
      put(`${MAPS}/$id`, map('$id', {})),
    ),
    single(
      'a pod that may not change',
      setup(post(PODS, pod('$id'))),
      put(`${PODS}/$id`, pod('$id', { spec: { schedulerName: 'other' } }), {
        only: (body) => {
          const status = body as {
            reason: string
            message: string
            details: { causes: { field: string; reason: string }[] }
          }
          return [
            status.reason,
            status.message.split('\n')[0],
            status.details.causes.map(({ field, reason }) => [field, reason]),
          ]
        },
      }),
    ),
    single(
      'binding',
      setup(post(PODS, pod('$id'))),
      post(`${PODS}/$id/binding`, {
        apiVersion: 'v1',
        kind: 'Binding',
        metadata: { name: '$id' },
        target: { apiVersion: 'v1', kind: 'Node', name: 'no-node-$id' },
      }),
      post(`${PODS}/$id/binding`, {
        apiVersion: 'v1',
        kind: 'Binding',
        metadata: { name: '$id' },
        target: { kind: 'Node', name: 'other' },
      }),
      get(`${PODS}/$id`),
      post(`${PODS}/none-$id/binding`, {
        metadata: { name: 'none-$id' },
        target: { kind: 'Node', name: 'other' },
      }),
      post(`${PODS}/$id/binding`, { metadata: { name: '$id' }, target: {} }),
    ),
    single(
      'methods that a resource has not',
      { method: 'POST', path: `${MAPS}/$id`, body: map('$id') },
      { method: 'PUT', path: MAPS, body: map('$id') },
      { method: 'PATCH', path: MAPS, body: {}, headers: { 'content-type': 'application/merge-patch+json' } },
      { method: 'DELETE', path: '/api/v1/configmaps' },
      { method: 'POST', path: '/api/v1/configmaps', body: map('$id') },
      { method: 'DELETE', path: `${SETS}/$id/status` },
      { method: 'POST', path: `${SETS}/$id/status`, body: set('$id') },
      { method: 'POST', path: `${SETS}/$id`, body: set('$id') },
      { method: 'DELETE', path: `${PODS}/$id/status` },
      { method: 'DELETE', path: '/api/v1/namespaces' },
      { method: 'PUT', path: SETS, body: set('$id') },
      { method: 'POST', path: '/apis/cocoonset.cocoonstack.io/v1/cocoonsets', body: set('$id') },
      { method: 'GET', path: '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews' },
    ),
  ],
}
