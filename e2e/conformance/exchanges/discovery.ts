import type { Exchange, Theme } from '../exchange.ts'
import { COCOON, accept, get, single } from './requests.ts'

type Json = Record<string, unknown>
const list = (value: unknown) => (Array.isArray(value) ? (value as Json[]) : [])
const at = (value: unknown, key: string) => (value as Json | undefined)?.[key]

/** What the dashboard and its users meet; the embedded cluster has no others to list. */
const CORE = new Set(
  [
    'configmaps',
    'events',
    'namespaces',
    'namespaces/finalize',
    'namespaces/status',
    'nodes',
    'nodes/status',
    'pods',
    'pods/binding',
    'pods/eviction',
    'pods/exec',
    'pods/log',
    'pods/status',
    'secrets',
    'serviceaccounts',
    'serviceaccounts/token',
    'services',
  ].flat(),
)
const GROUPS = new Set([
  'admissionregistration.k8s.io',
  'apiextensions.k8s.io',
  'authentication.k8s.io',
  'authorization.k8s.io',
  'cocoonset.cocoonstack.io',
  'coordination.k8s.io',
  'events.k8s.io',
  'rbac.authorization.k8s.io',
])

const changed = (value: Json, fields: Json): Json => Object.assign({}, value, fields)
const text = (value: unknown) => (typeof value === 'string' ? value : '')
const byText = (key: string) => (a: Json, b: Json) => (text(a[key]) < text(b[key]) ? -1 : 1)

const resources = (names: ReadonlySet<string>) => (body: unknown) =>
  changed(body as Json, {
    resources: list(at(body, 'resources')).filter((one) => names.has(text(one.name))),
  })
const groups = (body: unknown) =>
  changed(body as Json, { groups: list(at(body, 'groups')).filter((one) => GROUPS.has(text(one.name))) })

/** The original lists the definitions of a group in the order in which it came to know them. */
const sorted = (body: unknown) =>
  changed(body as Json, { resources: list(at(body, 'resources')).sort(byText('name')) })

/** Of aggregated discovery: the groups with these names, with their resources in order. */
const aggregatedGroups = (names: ReadonlySet<string>) => (body: unknown) => {
  const version = (one: Json) => changed(one, { resources: list(one.resources).sort(byText('resource')) })
  const items = list(at(body, 'items')).filter((one) => names.has(text(at(one.metadata, 'name'))))
  return changed(body as Json, {
    items: items.map((one) => changed(one, { versions: list(one.versions).map(version) })),
  })
}
const aggregatedCore = (body: unknown) => {
  const resource = (one: Json) => {
    const parts = list(one.subresources).filter((part) =>
      CORE.has(`${text(one.resource)}/${text(part.subresource)}`),
    )
    return changed(one, one.subresources === undefined ? {} : { subresources: parts })
  }
  const version = (one: Json) => {
    const known = list(one.resources).filter(({ resource: name }) => CORE.has(text(name)))
    return changed(one, { resources: known.map(resource) })
  }
  const item = (one: Json) => changed(one, { versions: list(one.versions).map(version) })
  return changed(body as Json, { items: list(at(body, 'items')).map(item) })
}

const AGGREGATED = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList'
const FEW = new Set(['cocoonset.cocoonstack.io', 'coordination.k8s.io', 'rbac.authorization.k8s.io'])

const perGroup: Exchange[] = [
  'apiextensions.k8s.io/v1',
  'authentication.k8s.io/v1',
  'authorization.k8s.io/v1',
  'cocoonset.cocoonstack.io/v1',
  'events.k8s.io/v1',
  'rbac.authorization.k8s.io/v1',
  'apiregistration.k8s.io/v1',
].map((one) => single(`resources of ${one}`, get(`/apis/${one}`, { only: sorted })))

export const discovery: Theme = {
  name: 'discovery',
  exchanges: [
    single('the versions of the core', get('/api', { only: (body) => at(body, 'versions') })),
    single('the resources of the core', get('/api/v1', { only: resources(CORE) })),
    single('the groups', get('/apis', { only: groups })),
    ...perGroup,
    single(
      'the resources of leases',
      get('/apis/coordination.k8s.io/v1', { only: resources(new Set(['leases'])) }),
    ),
    single(
      'admission resources',
      get('/apis/admissionregistration.k8s.io/v1', {
        only: resources(new Set(['mutatingwebhookconfigurations', 'validatingwebhookconfigurations'])),
      }),
    ),
    single('one group', get('/apis/cocoonset.cocoonstack.io')),
    single('aggregated core', get('/api', { ...accept(AGGREGATED), only: aggregatedCore })),
    single('aggregated groups', get('/apis', { ...accept(AGGREGATED), only: aggregatedGroups(FEW) })),
    single(
      'aggregated or else legacy, as kubectl asks',
      get('/apis', {
        ...accept(
          `${AGGREGATED},application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,application/json`,
        ),
        only: (body) => [at(body, 'kind'), at(body, 'apiVersion')],
      }),
    ),
    single(
      'the older aggregation',
      get('/apis', {
        ...accept('application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList'),
        only: (body) => [at(body, 'kind'), at(body, 'apiVersion'), at(body, 'reason'), at(body, 'message')],
      }),
    ),
    single(
      'an unknown aggregation',
      get('/apis', {
        ...accept('application/json;g=apidiscovery.k8s.io;v=v9;as=APIGroupDiscoveryList'),
        only: (body) => [at(body, 'kind'), at(body, 'reason'), at(body, 'message')],
      }),
    ),
    single('an unknown group', get('/apis/nothing.example.com')),
    single('an unknown version', get('/apis/cocoonset.cocoonstack.io/v2')),
    single('an unknown version of the core', get('/api/v2')),
    single(
      'a slash at the end',
      get('/apis/cocoonset.cocoonstack.io/v1/', { only: (body) => at(body, 'kind') }),
    ),
    single('an unknown resource', get(`${COCOON}/cocoons`)),
    single('an unknown resource of a namespace', get(`${COCOON}/namespaces/$ns/cocoons`)),
    single('an unknown resource of the core', get('/api/v1/cocoons')),
    single('an unknown subresource', get('/api/v1/namespaces/$ns/pods/x/nothing')),
    single('an unknown subresource of a set', get(`${COCOON}/namespaces/$ns/cocoonsets/x/scale`)),
    single('a path of nobody', get('/nothing/here')),
    single('a namespaced resource without its namespace, by name', get('/api/v1/pods/x')),
    single('a cluster-wide resource in a namespace', get('/api/v1/namespaces/$ns/nodes')),
    single('the version', get('/version', { only: (body) => Object.keys(body as Json).sort() })),
    single('OPTIONS', { method: 'OPTIONS', path: '/api/v1/namespaces' }),
    single('HEAD', { method: 'HEAD', path: '/api/v1/namespaces/$ns' }),
    single('HEAD of nothing', { method: 'HEAD', path: '/api/v1/namespaces/$id' }),
    single('POST to discovery', { method: 'POST', path: '/api', body: {} }),
    single(
      'unknown resources of built-in groups',
      get('/apis/coordination.k8s.io/v1/nothings'),
      get('/apis/coordination.k8s.io/v9'),
      get('/apis/coordination.k8s.io/v9/leases'),
      get('/apis/rbac.authorization.k8s.io/v1/namespaces/$ns/nothings/x'),
    ),
    single(
      'methods of a custom resource',
      { method: 'HEAD', path: `${COCOON}/namespaces/$ns/cocoonsets` },
      { method: 'OPTIONS', path: `${COCOON}/namespaces/$ns/cocoonsets` },
      { method: 'OPTIONS', path: `${COCOON}/namespaces/$ns/cocoonsets/x` },
    ),
    single('DELETE of discovery', { method: 'DELETE', path: '/api/v1' }),
    single('YAML discovery', get('/apis/cocoonset.cocoonstack.io', accept('application/yaml'))),
    single('discovery in a form that it has not', get('/apis/cocoonset.cocoonstack.io', accept('text/html'))),
  ],
}

export const health: Theme = {
  name: 'health',
  exchanges: [
    single('healthz', get('/healthz')),
    single('livez', get('/livez')),
    single('readyz', get('/readyz')),
    single('healthz of nobody', get('/healthz', { as: 'nobody' })),
    single(
      'readyz in words',
      get('/readyz?verbose', {
        only: (body) =>
          String(body)
            .split('\n')
            .filter((line) => /ping|passed/.test(line)),
      }),
    ),
    single('healthz, one check', get('/healthz/ping')),
    single('livez, one check', get('/livez/ping')),
    single('readyz, no such check', get('/readyz/nothing')),
    single('POST to healthz', { method: 'POST', path: '/healthz' }),
    single('component statuses', get('/api/v1/componentstatuses', { only: (body) => at(body, 'kind') })),
    single('one component', get('/api/v1/componentstatuses/etcd-0')),
    single('no such component', get('/api/v1/componentstatuses/nothing')),
    single(
      'componentstatuses in discovery',
      get('/api/v1', { only: resources(new Set(['componentstatuses'])) }),
    ),
    single(
      'component statuses as a table',
      get('/api/v1/componentstatuses', {
        ...accept('application/json;as=Table;v=v1;g=meta.k8s.io'),
        only: (body) => at(body, 'columnDefinitions'),
      }),
    ),
  ],
}
