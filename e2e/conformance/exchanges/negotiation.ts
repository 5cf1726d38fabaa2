import type { Exchange, Theme } from '../exchange.ts'
import { LEASES, MAPS, NS, PODS, SETS, accept, get, map, pod, post, set, setup, single } from './requests.ts'

const TABLE = 'application/json;as=Table;v=v1;g=meta.k8s.io'
const PARTIAL = 'application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io'
const PARTIAL_LIST = 'application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io'

const onMap = (name: string, ...types: string[]): Exchange =>
  single(name, setup(post(MAPS, map('$id'))), ...types.map((type) => get(`${MAPS}/$id`, accept(type))))
const event = {
  metadata: { name: '$id' },
  involvedObject: { kind: 'Pod', namespace: '$ns', name: 'p' },
  reason: 'Started',
  message: 'it runs',
  type: 'Normal',
  count: 1,
  source: { component: 'conformance' },
}
const role = { metadata: { name: '$id' }, rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }] }

/** A kind's table, whole, of one object. */
const tables: Exchange[] = (
  [
    ['configmaps', MAPS, map('$id')],
    ['pods', PODS, pod('$id')],
    ['cocoonsets', SETS, set('$id')],
    ['events', `${NS}/events`, event],
    ['leases', LEASES, { metadata: { name: '$id' }, spec: { holderIdentity: 'me' } }],
    ['secrets', `${NS}/secrets`, { metadata: { name: '$id' }, stringData: { a: 'b' } }],
    ['serviceaccounts', `${NS}/serviceaccounts`, { metadata: { name: '$id' } }],
    ['roles', '/apis/rbac.authorization.k8s.io/v1/namespaces/$ns/roles', role],
  ] as const
).map(([name, path, body]) =>
  single(`a table of ${name}`, setup(post(path, body)), get(`${path}/$id?includeObject=None`, accept(TABLE))),
)

export const negotiation: Theme = {
  name: 'negotiation',
  exchanges: [
    ...tables,
    single('a table of a namespace', get(NS, accept(TABLE))),
    {
      name: 'a table of a node',
      leaves: ['/api/v1/nodes/$id'],
      steps: [
        setup(post('/api/v1/nodes', { metadata: { name: '$id' } })),
        get('/api/v1/nodes/$id?includeObject=None', accept(TABLE)),
      ],
    },
    {
      name: 'tables with as much of the object as is asked for',
      alone: true,
      steps: [
        setup(post(LEASES, { metadata: { name: 'a' } })),
        ...[
          '',
          '?includeObject=None',
          '?includeObject=Metadata',
          '?includeObject=Object',
          '?includeObject=x',
        ].map((query) => get(`${LEASES}${query}`, accept(TABLE))),
      ],
    },
    {
      name: 'an empty table',
      alone: true,
      steps: [get(LEASES, accept(TABLE)), get(SETS, accept(TABLE))],
    },
    onMap('a table of the older version', 'application/json;as=Table;v=v1beta1;g=meta.k8s.io'),
    onMap('a table of no version', 'application/json;as=Table;v=v9;g=meta.k8s.io'),
    onMap(
      'a table as kubectl asks',
      `${TABLE},application/json;as=Table;v=v1beta1;g=meta.k8s.io,application/json`,
    ),
    onMap('only metadata', PARTIAL),
    single('only metadata of a set', setup(post(SETS, set('$id'))), get(`${SETS}/$id`, accept(PARTIAL))),
    onMap('the metadata of a list, of one object', PARTIAL_LIST),
    {
      name: 'a list of metadata',
      alone: true,
      steps: [
        setup(post(LEASES, { metadata: { name: 'a' } })),
        get(LEASES, accept(PARTIAL_LIST)),
        get(LEASES, accept(PARTIAL)),
        get(SETS, accept(PARTIAL_LIST)),
      ],
    },
    onMap('types that are not served', 'text/plain', 'application/xml', 'image/*', 'nonsense'),
    onMap(
      'q values',
      'text/plain;q=1, application/json;q=0.1',
      'application/json;q=0',
      'application/yaml;q=0.1, application/json;q=0.9',
    ),
    onMap('any type', '*/*', 'application/*', '', 'text/html,application/xhtml+xml,*/*;q=0.8'),
    onMap('YAML', 'application/yaml'),
    onMap('protobuf', 'application/vnd.kubernetes.protobuf'),
    onMap('protobuf or else JSON', 'application/vnd.kubernetes.protobuf,application/json'),
    single(
      'protobuf of a custom resource',
      setup(post(SETS, set('$id'))),
      get(`${SETS}/$id`, accept('application/vnd.kubernetes.protobuf')),
      get(`${SETS}/$id`, accept('application/vnd.kubernetes.protobuf,application/json')),
    ),
    onMap('CBOR', 'application/cbor'),
    onMap(
      'parameters that mean nothing',
      'application/json;charset=utf-8',
      'application/json;foo=bar',
      'application/json;as=Nothing;v=v1;g=meta.k8s.io',
    ),
    single(
      'pretty or not',
      setup(post(MAPS, map('$id'))),
      // Compared as text would be compared with every revision's width: only how it begins.
      ...['', '?pretty=true', '?pretty=1', '?pretty=false', '?pretty=0'].map((query) =>
        get(`${MAPS}/$id${query}`),
      ),
    ),
    single('an error in a type that is not served', get(`${MAPS}/$id`, accept('text/plain'))),
    single('an error as a table', get(`${MAPS}/$id`, accept(TABLE))),
    single('an error as YAML', get(`${MAPS}/$id`, accept('application/yaml'))),
    single(
      'a created object as a table',
      post(MAPS, map('$id'), accept(TABLE)),
      post(MAPS, map('$id'), accept(PARTIAL)),
    ),
    {
      name: 'compressed when long',
      steps: [
        setup(post(MAPS, map('$id', { data: { long: 'x'.repeat(200_000) } }))),
        { method: 'HEAD', path: `${MAPS}/$id`, headers: { 'accept-encoding': 'gzip' } },
        get(`${MAPS}/$id`, { headers: { 'accept-encoding': 'gzip' } }),
        get(`${MAPS}/$id`, { headers: { 'accept-encoding': 'br' }, only: (body) => typeof body }),
      ],
    },
  ],
}
