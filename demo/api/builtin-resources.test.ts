import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isRecord } from './json.ts'
import type { TestServer } from './testing/test-server.ts'
import { JSON_PATCH, MERGE, newPod, PODS, startTestServer } from './testing/test-server.ts'
import { brief, openWatch } from './testing/test-watch.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

const TABLE = { accept: 'application/json;as=Table;v=v1;g=meta.k8s.io' }
const APPS = '/apis/apps/v1/namespaces/default'

/** Of every kind that a v1.36 server prints, its columns; `~` marks those of `-o wide`. */
const COLUMNS: readonly [path: string, columns: string][] = [
  ['api/v1/services', 'Name Type Cluster-IP External-IP Port(s) Age Selector~'],
  ['api/v1/endpoints', 'Name Endpoints Age'],
  ['api/v1/configmaps', 'Name Data Age'],
  ['api/v1/secrets', 'Name Type Data Age'],
  ['api/v1/serviceaccounts', 'Name Age'],
  ['api/v1/events', 'Last_Seen Type Reason Object Subobject~ Source~ Message First_Seen~ Count~ Name~'],
  ['api/v1/limitranges', 'Name Created_At'],
  ['api/v1/resourcequotas', 'Name Request Limit Age'],
  ['api/v1/namespaces', 'Name Status Age'],
  [
    'api/v1/nodes',
    'Name Status Roles Age Version Internal-IP~ External-IP~ OS-Image~ Kernel-Version~ Container-Runtime~',
  ],
  ['api/v1/pods', 'Name Ready Status Restarts Age IP~ Node~ Nominated_Node~ Readiness_Gates~'],
  ['api/v1/componentstatuses', 'Name Status Message Error'],
  ['api/v1/podtemplates', 'Name Containers Images Pod_Labels'],
  ['api/v1/replicationcontrollers', 'Name Desired Current Ready Age Containers~ Images~ Selector~'],
  [
    'api/v1/persistentvolumeclaims',
    'Name Status Volume Capacity Access_Modes StorageClass VolumeAttributesClass Age VolumeMode~',
  ],
  [
    'api/v1/persistentvolumes',
    'Name Capacity Access_Modes Reclaim_Policy Status Claim StorageClass VolumeAttributesClass Reason Age VolumeMode~',
  ],
  ['apis/apps/v1/deployments', 'Name Ready Up-to-date Available Age Containers~ Images~ Selector~'],
  ['apis/apps/v1/replicasets', 'Name Desired Current Ready Age Containers~ Images~ Selector~'],
  ['apis/apps/v1/statefulsets', 'Name Ready Age Containers~ Images~'],
  [
    'apis/apps/v1/daemonsets',
    'Name Desired Current Ready Up-to-date Available Node_Selector Age Containers~ Images~ Selector~',
  ],
  ['apis/apps/v1/controllerrevisions', 'Name Controller Revision Age'],
  ['apis/batch/v1/jobs', 'Name Status Completions Duration Age Containers~ Images~ Selector~'],
  [
    'apis/batch/v1/cronjobs',
    'Name Schedule Timezone Suspend Active Last_Schedule Age Containers~ Images~ Selector~',
  ],
  ['apis/coordination.k8s.io/v1/leases', 'Name Holder Age'],
  [
    'apis/events.k8s.io/v1/events',
    'Last_Seen Type Reason Object Subobject~ Source~ Message First_Seen~ Count~ Name~',
  ],
  ['apis/policy/v1/poddisruptionbudgets', 'Name Min_Available Max_Unavailable Allowed_Disruptions Age'],
  ['apis/rbac.authorization.k8s.io/v1/clusterroles', 'Name Created_At'],
  ['apis/rbac.authorization.k8s.io/v1/rolebindings', 'Name Role Age Users~ Groups~ ServiceAccounts~'],
  ['apis/apiregistration.k8s.io/v1/apiservices', 'Name Service Available Age'],
  [
    'apis/storage.k8s.io/v1/storageclasses',
    'Name Provisioner ReclaimPolicy VolumeBindingMode AllowVolumeExpansion Age',
  ],
  ['apis/scheduling.k8s.io/v1/priorityclasses', 'Name Value Global-Default Age PreemptionPolicy~'],
  ['apis/discovery.k8s.io/v1/endpointslices', 'Name AddressType Ports Endpoints Age'],
  ['apis/networking.k8s.io/v1/ingresses', 'Name Class Hosts Address Ports Age'],
  ['apis/networking.k8s.io/v1/networkpolicies', 'Name Pod-Selector Age'],
  ['apis/networking.k8s.io/v1/ingressclasses', 'Name Controller Parameters Age'],
  ['apis/autoscaling/v2/horizontalpodautoscalers', 'Name Reference Targets MinPods MaxPods Replicas Age'],
  ['apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations', 'Name Webhooks Age'],
]

it.each(COLUMNS)('%s has the columns of the original', async (path, columns) => {
  const { columnDefinitions } = await server.ok('GET', `/${path}`, undefined, TABLE)
  const found = (columnDefinitions as { name: string; priority: number }[]).map(
    ({ name, priority }) => `${name.replaceAll(' ', '_')}${priority > 0 ? '~' : ''}`,
  )
  expect(found.join(' ')).toBe(columns)
})

/** What tables show of an object, `-o wide` included; ages are left out of the expectations by being `0s`. */
const CELLS: readonly [what: string, path: string, object: object, cells: readonly unknown[]][] = [
  [
    'a deployment',
    `${APPS}/deployments`,
    {
      spec: {
        replicas: 2,
        selector: { matchLabels: { app: 'd' } },
        template: { metadata: { labels: { app: 'd' } }, spec: { containers: [{ name: 'c', image: 'i:1' }] } },
      },
    },
    ['x', '0/2', 0, 0, '0s', 'c', 'i:1', 'app=d'],
  ],
  [
    'a job',
    '/apis/batch/v1/namespaces/default/jobs',
    {
      spec: {
        manualSelector: true,
        selector: { matchLabels: { j: '1' } },
        template: {
          metadata: { labels: { j: '1' } },
          spec: { restartPolicy: 'Never', containers: [{ name: 'c', image: 'i' }] },
        },
      },
    },
    ['x', 'Running', '0/1', '', '0s', 'c', 'i', 'j=1'],
  ],
  [
    'a node port',
    '/api/v1/namespaces/default/services',
    {
      spec: {
        type: 'NodePort',
        clusterIP: '10.96.7.7',
        selector: { a: 'b' },
        ports: [{ port: 80, nodePort: 30001 }],
      },
    },
    ['x', 'NodePort', '10.96.7.7', '<none>', '80:30001/TCP', '0s', 'a=b'],
  ],
  [
    'a secret',
    '/api/v1/namespaces/default/secrets',
    { stringData: { a: 'b', c: 'd' } },
    ['x', 'Opaque', 2, '0s'],
  ],
  [
    'a budget',
    '/apis/policy/v1/namespaces/default/poddisruptionbudgets',
    { spec: { minAvailable: '50%', selector: { matchLabels: { a: 'b' } } } },
    ['x', '50%', 'N/A', 0, '0s'],
  ],
  [
    'a binding',
    '/apis/rbac.authorization.k8s.io/v1/namespaces/default/rolebindings',
    {
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'r' },
      subjects: [
        { kind: 'User', apiGroup: 'rbac.authorization.k8s.io', name: 'u' },
        { kind: 'ServiceAccount', namespace: 'n', name: 's' },
      ],
    },
    ['x', 'Role/r', '0s', 'u', '', 'n/s'],
  ],
  [
    'a lease',
    '/apis/coordination.k8s.io/v1/namespaces/default/leases',
    { spec: { holderIdentity: 'me' } },
    ['x', 'me', '0s'],
  ],
]

it.each(CELLS)('shows %s', async (_, path, object, cells) => {
  await server.ok('POST', path, { metadata: { name: 'x' }, ...object })
  const { rows } = await server.ok('GET', `${path}/x`, undefined, TABLE)
  expect(rows).toMatchObject([{ cells }])
})

describe('events of both groups', () => {
  const OLD = '/api/v1/namespaces/default/events'
  const NEW = '/apis/events.k8s.io/v1/namespaces/default/events'
  const event = {
    metadata: { name: 'e' },
    involvedObject: { kind: 'Pod', name: 'p', namespace: 'default' },
    reason: 'Started',
    message: 'said',
    type: 'Normal',
    count: 3,
    source: { component: 'me' },
  }

  it('are the same objects under other names', async () => {
    const watch = await openWatch(server, NEW, { resourceVersion: '0' })
    await server.ok('POST', OLD, event)
    const told = await watch.next()
    watch.stop()
    expect(told.object).toMatchObject({ apiVersion: 'events.k8s.io/v1', note: 'said', deprecatedCount: 3 })
    const shown = await server.ok('GET', `${NEW}/e`)
    expect(shown).toMatchObject({
      apiVersion: 'events.k8s.io/v1',
      kind: 'Event',
      regarding: { kind: 'Pod', name: 'p' },
      note: 'said',
      deprecatedSource: { component: 'me' },
    })
    expect(shown).not.toHaveProperty('message')
    const { items } = await server.ok('GET', `${NEW}?fieldSelector=regarding.name%3Dp`)
    expect(items).toMatchObject([{ note: 'said' }])
    expect((await server.send('GET', `${NEW}?fieldSelector=involvedObject.name%3Dp`)).code).toBe(400)
  })

  it('are patched and created in either form', async () => {
    const patched = await server.ok('PATCH', `${NEW}/e`, { note: 'more' }, MERGE)
    expect(patched).toMatchObject({ apiVersion: 'events.k8s.io/v1', note: 'more' })
    expect(await server.ok('GET', `${OLD}/e`)).toMatchObject({ apiVersion: 'v1', message: 'more' })
    const { items = [] } = await server.ok('GET', OLD)
    expect((items as unknown[]).filter((one) => isRecord(one) && one.message === 'more')).toHaveLength(1)
  })
})

describe('paths of old clients', () => {
  it('watch a collection, and one object', async () => {
    await server.ok('POST', PODS, newPod('watched'))
    await server.ok('POST', PODS, newPod('other'))
    const all = await openWatch(server, '/api/v1/watch/namespaces/default/pods')
    expect([brief(await all.next()), brief(await all.next())]).toEqual(['ADDED other', 'ADDED watched'])
    all.stop()
    const one = await openWatch(server, '/api/v1/watch/namespaces/default/pods/watched')
    expect(brief(await one.next())).toBe('ADDED watched')
    await server.ok('DELETE', `${PODS}/other`)
    await server.ok('DELETE', `${PODS}/watched`)
    expect(brief(await one.next())).toBe('MODIFIED watched')
    expect(brief(await one.next())).toBe('DELETED watched')
    one.stop()
  })

  it.each([
    ['POST', '/api/v1/watch/pods', 405],
    ['DELETE', '/api/v1/watch/namespaces/default/pods', 405],
    ['GET', '/api/v1/watch/nothing', 404],
  ])('%s %s is answered with %i', async (method, path, code) => {
    expect((await server.send(method, path)).code).toBe(code)
  })
})

describe('other forms', () => {
  const deployment = {
    metadata: { name: 'scaled' },
    spec: {
      selector: { matchLabels: { a: 'b' } },
      template: { metadata: { labels: { a: 'b' } }, spec: { containers: [{ name: 'c', image: 'i' }] } },
    },
  }

  it('scales a workload', async () => {
    await server.ok('POST', `${APPS}/deployments`, deployment)
    const path = `${APPS}/deployments/scaled`
    const scale = await server.ok('GET', `${path}/scale`)
    expect(scale).toMatchObject({ kind: 'Scale', apiVersion: 'autoscaling/v1', spec: { replicas: 1 } })
    await server.ok('PUT', `${path}/scale`, { ...scale, spec: { replicas: 4 } })
    await server.ok(
      'PATCH',
      `${path}/scale`,
      [{ op: 'replace', path: '/spec/replicas', value: 5 }],
      JSON_PATCH,
    )
    expect(await server.ok('GET', path)).toMatchObject({
      kind: 'Deployment',
      metadata: { generation: 3 },
      spec: { replicas: 5, strategy: { type: 'RollingUpdate' } },
    })
    const missing = await server.send('GET', `${APPS}/deployments/none/scale`)
    expect(missing.body.message).toBe('deployments.apps "none" not found')
  })

  it('shows an autoscaler as old clients make it', async () => {
    const old = '/apis/autoscaling/v1/namespaces/default/horizontalpodautoscalers'
    await server.ok('POST', old, {
      metadata: { name: 'h' },
      spec: {
        maxReplicas: 3,
        scaleTargetRef: { kind: 'Deployment', name: 'd' },
        targetCPUUtilizationPercentage: 70,
      },
    })
    expect(await server.ok('GET', `${old}/h`)).toMatchObject({
      apiVersion: 'autoscaling/v1',
      spec: { minReplicas: 1, targetCPUUtilizationPercentage: 70 },
    })
    expect(await server.ok('GET', `${old.replace('v1', 'v2')}/h`)).toMatchObject({
      apiVersion: 'autoscaling/v2',
      spec: { metrics: [{ resource: { target: { averageUtilization: 70 } } }] },
    })
  })

  it('warns of what is deprecated', async () => {
    const { headers } = await server.send('GET', '/api/v1/namespaces/default/endpoints')
    expect(headers.get('warning')).toContain('v1 Endpoints is deprecated in v1.33+')
  })
})

describe('updates', () => {
  const leases = '/apis/coordination.k8s.io/v1/namespaces/default/leases'

  it('put what is missing, of some kinds', async () => {
    const lease = { metadata: { name: 'put', resourceVersion: '5' }, spec: { holderIdentity: 'a' } }
    expect(await server.send('PUT', `${leases}/put`, lease)).toMatchObject({ code: 201 })
    const config = '/api/v1/namespaces/default/configmaps/none'
    const refused = await server.send('PUT', config, { metadata: { name: 'none' } })
    expect(refused).toMatchObject({ code: 404, body: { message: 'configmaps "none" not found' } })
  })

  it('must know what they replace, of some kinds', async () => {
    const refused = await server.send('PUT', `${leases}/put`, { metadata: { name: 'put' } })
    expect(refused).toMatchObject({
      code: 422,
      body: {
        message:
          'leases.coordination.k8s.io "put" is invalid: metadata.resourceVersion: Invalid value: 0: must be specified for an update',
      },
    })
  })
})
