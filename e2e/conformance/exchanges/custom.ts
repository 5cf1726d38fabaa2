import type { Call, Exchange, Theme } from '../exchange.ts'
import {
  COCOON,
  CRDS,
  HIBERNATIONS,
  SETS,
  accept,
  del,
  get,
  hibernation,
  isGone,
  map,
  patch,
  post,
  put,
  set,
  setup,
  single,
} from './requests.ts'

const dry = (spec: unknown): Call => post(`${SETS}?dryRun=All`, { ...set('$id'), spec })
const agent = (more: object) => dry({ agent: { image: 'i', ...more } })

/** The hash of a storage version depends on the group, which is another one each time. */
const unhashed = (body: unknown) => {
  const { resources, ...rest } = body as { resources?: object[] }
  return {
    ...rest,
    resources: resources?.map((one) => Object.assign({}, one, { storageVersionHash: undefined })),
  }
}
const GROUP = '$id.example.com'
const PATH = `/apis/${GROUP}/v1/namespaces/$ns/things`
const schema = {
  type: 'object',
  properties: {
    spec: {
      type: 'object',
      required: ['size'],
      properties: {
        size: { type: 'integer', minimum: 1, maximum: 10 },
        share: { type: 'number', exclusiveMinimum: true, minimum: 0, multipleOf: 0.5 },
        color: { type: 'string', enum: ['red', 'blue'], default: 'red' },
        code: { type: 'string', pattern: '^[a-z]+$', minLength: 2, maxLength: 4 },
        port: { 'x-kubernetes-int-or-string': true },
        when: { type: 'string', format: 'date-time' },
        on: { type: 'boolean' },
        many: { type: 'array', minItems: 1, maxItems: 3, items: { type: 'string' } },
        unique: { type: 'array', 'x-kubernetes-list-type': 'set', items: { type: 'string' } },
        named: {
          type: 'array',
          'x-kubernetes-list-type': 'map',
          'x-kubernetes-list-map-keys': ['name'],
          items: {
            type: 'object',
            required: ['name'],
            properties: { name: { type: 'string' }, level: { type: 'integer', default: 3 } },
          },
        },
        labels: { type: 'object', additionalProperties: { type: 'string' }, maxProperties: 2 },
        free: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
        maybe: { type: 'string', nullable: true },
        nested: { type: 'object', default: {}, properties: { deep: { type: 'string', default: 'sea' } } },
        id: {
          type: 'string',
          'x-kubernetes-validations': [{ rule: 'self == oldSelf', message: 'id stays' }],
        },
      },
      'x-kubernetes-validations': [
        { rule: "self.size < 9 || self.color == 'blue'", message: 'large things are blue' },
      ],
    },
    status: { type: 'object', properties: { phase: { type: 'string' } } },
  },
}
const crd = (more: { spec?: object; metadata?: object } = {}) => ({
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: `things.${GROUP}`, ...more.metadata },
  spec: {
    group: GROUP,
    scope: 'Namespaced',
    names: {
      plural: 'things',
      singular: 'thing',
      kind: 'Thing',
      listKind: 'ThingList',
      shortNames: ['$id'],
      categories: ['all'],
    },
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        schema: { openAPIV3Schema: schema },
        subresources: { status: {} },
        additionalPrinterColumns: [
          { name: 'Size', type: 'integer', jsonPath: '.spec.size' },
          { name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp' },
        ],
      },
    ],
    ...more.spec,
  },
})
const CRD = `${CRDS}/things.${GROUP}`
const conditions = (body: unknown) =>
  (body as { status?: { conditions?: { type: string; status: string; reason: string }[] } }).status
    ?.conditions ?? []
const established: Call = get(CRD, {
  until: ({ body }) => conditions(body).some((one) => one.type === 'Established' && one.status === 'True'),
})
const thing = (spec: unknown, more: object = {}) => ({
  apiVersion: `${GROUP}/v1`,
  kind: 'Thing',
  metadata: { name: '$id', ...more },
  spec,
})
const dryThing = (spec: unknown): Call => post(`${PATH}?dryRun=All`, thing(spec))
const served: Call = setup(get(PATH, { until: ({ status }) => status === 200 }))
const withCrd = (name: string, ...steps: Exchange['steps']): Exchange => ({
  name,
  leaves: [CRD],
  steps: [setup(post(CRDS, crd())), setup(established), served, ...steps],
})
const refused = (spec: object) => post(`${CRDS}?dryRun=All`, crd({ spec }))
const version = (more: object) => ({
  versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: schema }, ...more }],
})
const rule = (text: string, more: object = {}) =>
  version({
    schema: {
      openAPIV3Schema: {
        type: 'object',
        properties: {
          spec: {
            type: 'object',
            properties: { a: { type: 'string', maxLength: 9 } },
            'x-kubernetes-validations': [{ rule: text, ...more }],
          },
        },
      },
    },
  })

export const custom: Theme = {
  name: 'custom',
  exchanges: [
    {
      name: 'the life of a definition',
      leaves: [CRD],
      steps: [
        post(CRDS, crd()),
        established,
        served,
        get(`/apis/${GROUP}`, { until: ({ status }) => status === 200 }),
        get(`/apis/${GROUP}/v1`, { until: ({ status }) => status === 200, only: unhashed }),
        post(PATH, thing({ size: 1 })),
        get(`${PATH}/$id`, accept('application/json;as=Table;v=v1;g=meta.k8s.io')),
        get(PATH),
        del(CRD),
        get(CRD, { until: isGone }),
        get(PATH, { until: isGone }),
        get(`/apis/${GROUP}/v1`, { until: isGone }),
      ],
    },
    {
      name: 'a definition whose names are taken',
      leaves: [CRD, `${CRDS}/others.${GROUP}`],
      steps: [
        setup(post(CRDS, crd())),
        setup(established),
        setup(
          post(
            CRDS,
            crd({
              metadata: { name: `others.${GROUP}` },
              spec: {
                names: {
                  plural: 'others',
                  singular: 'thing',
                  kind: 'Thing',
                  listKind: 'ThingList',
                  shortNames: ['$id'],
                },
              },
            }),
          ),
        ),
        get(`${CRDS}/others.${GROUP}`, { until: ({ body }) => conditions(body).length > 1 }),
      ],
    },
    {
      name: 'definitions that are refused',
      steps: [
        post(CRDS, crd({ metadata: { name: 'wrong' } })),
        refused({ scope: 'Nothing' }),
        refused({ group: '' }),
        refused({ versions: [] }),
        refused({ names: { plural: 'things', kind: 'thing thing' } }),
        refused(version({ storage: false })),
        refused(version({ name: 'nope!' })),
        refused(version({ schema: undefined })),
        refused(version({ schema: { openAPIV3Schema: { type: 'string' } } })),
        refused(version({ schema: { openAPIV3Schema: { type: 'object', properties: { spec: {} } } } })),
        refused(
          version({
            schema: { openAPIV3Schema: { type: 'object', properties: { spec: { type: 'nothing' } } } },
          }),
        ),
        refused(
          version({
            schema: {
              openAPIV3Schema: { type: 'object', properties: { spec: { type: 'string', pattern: '(' } } },
            },
          }),
        ),
        refused(
          version({
            schema: { openAPIV3Schema: { type: 'object', properties: { spec: { type: 'array' } } } },
          }),
        ),
        refused(
          version({
            schema: {
              openAPIV3Schema: { type: 'object', properties: { spec: { type: 'string', default: 1 } } },
            },
          }),
        ),
        refused({ preserveUnknownFields: true }),
        post(CRDS, {
          kind: 'CustomResourceDefinition',
          apiVersion: 'apiextensions.k8s.io/v1',
          metadata: { name: 'a.b' },
        }),
      ],
    },
    {
      name: 'rules that do not compile',
      steps: [
        refused(rule('self.nothing == 1')),
        refused(rule('self.a ==')),
        refused(rule('1 + 1')),
        refused(rule('')),
        refused(rule('unknown(self)')),
        refused(rule("self.a == 'x'", { message: 'two\nlines' })),
        refused(rule("self.a == 'x'", { messageExpression: '1' })),
        refused(rule("self.a == 'x'", { reason: 'Nothing' })),
        refused(rule("self.a == 'x'", { fieldPath: '.nothing' })),
      ],
    },
    withCrd(
      'values',
      post(
        PATH,
        thing({
          size: 2,
          unknown: 1,
          nested: { x: 1 },
          named: [{ name: 'a', x: 2 }],
          free: { any: { thing: [1] } },
          maybe: null,
          color: null,
          port: '80',
        }),
      ),
      post(`${PATH}?dryRun=All`, { ...thing({ size: 2 }), metadata: { name: 'other' }, extra: 'x' }),
    ),
    withCrd(
      'wrong values',
      ...[
        {},
        undefined,
        { size: 0 },
        { size: 11 },
        { size: 'x' },
        { size: 1.5 },
        { size: null },
        { size: 1, share: 0.7 },
        { size: 1, color: 'green' },
        { size: 1, code: 'A' },
        { size: 1, code: 'abcde' },
        { size: 1, port: true },
        { size: 1, port: 1.5 },
        { size: 1, when: 'yesterday' },
        { size: 1, on: 'yes' },
        { size: 1, many: [] },
        { size: 1, many: ['a', 'b', 'c', 'd'] },
        { size: 1, many: 'a' },
        { size: 1, many: [1] },
        { size: 1, unique: ['a', 'a'] },
        { size: 1, named: [{ name: 'a' }, { name: 'a' }] },
        { size: 1, named: [{}] },
        { size: 1, labels: { a: 1 } },
        { size: 1, labels: { a: '1', b: '2', c: '3' } },
        { size: 1, free: 'x' },
        { size: 9 },
        { size: 9, color: 'blue' },
        { size: 0, color: 'green', on: 1 },
        'text',
        [1],
        7,
      ].map(dryThing),
    ),
    withCrd(
      'rules about change',
      setup(post(PATH, thing({ size: 1, id: 'a' }))),
      patch('merge', `${PATH}/$id`, { spec: { id: 'b' } }),
      patch('merge', `${PATH}/$id`, { spec: { id: null } }),
      patch('merge', `${PATH}/$id`, { spec: { id: 'b' } }),
      patch('merge', `${PATH}/$id`, { spec: { size: 9 } }),
    ),
    withCrd(
      'status',
      setup(post(PATH, thing({ size: 1 }))),
      patch('merge', `${PATH}/$id/status`, { status: { phase: 'x', nothing: 1 }, spec: { size: 5 } }),
      patch('merge', `${PATH}/$id/status`, { status: 'x' }),
      get(`${PATH}/$id/status`),
    ),
    withCrd(
      'strict fields',
      ...[
        '',
        '?fieldValidation=Ignore',
        '?fieldValidation=Warn',
        '?fieldValidation=Strict',
        '?fieldValidation=Nothing',
      ].map((query) =>
        post(`${PATH}${query}${query ? '&' : '?'}dryRun=All`, {
          ...thing({ size: 1, unknown: 1, nested: { x: 2 }, named: [{ name: 'a', y: 3 }] }),
          extra: 1,
        }),
      ),
    ),
    withCrd(
      'a changed definition',
      setup(
        patch('json', CRD, [
          {
            op: 'add',
            path: '/spec/versions/0/schema/openAPIV3Schema/properties/spec/properties/late',
            value: { type: 'string', default: 'hello' },
          },
        ]),
      ),
      post(`${PATH}?dryRun=All`, thing({ size: 1 }), {
        until: ({ body }) => Boolean((body as { spec?: { late?: string } }).spec?.late),
      }),
      patch('merge', CRD, { spec: { scope: 'Cluster' } }),
      patch('merge', CRD, { spec: { group: 'x' } }),
      patch('merge', CRD, { spec: { names: { kind: 'Other' } } }),
    ),
    single(
      'the definitions of Cocoon',
      get(`${CRDS}/cocoonsets.cocoonset.cocoonstack.io`, {
        only: (body) => {
          const found = body as { spec: object; status: object }
          return {
            names: Reflect.get(found.spec, 'names') as unknown,
            conversion: Reflect.get(found.spec, 'conversion') as unknown,
            status: found.status,
          }
        },
      }),
    ),
    single(
      'sets that are refused',
      dry(undefined),
      dry({}),
      dry({ agent: {} }),
      dry({ agent: 'x' }),
      dry('x'),
      agent({ replicas: -1 }),
      agent({ replicas: 'x' }),
      agent({ replicas: 1.5 }),
      agent({ mode: 'nothing' }),
      agent({ os: 'plan9' }),
      agent({ backend: 'qemu' }),
      agent({ connType: 'telnet' }),
      agent({ image: 5 }),
      agent({ image: '' }),
      agent({ storage: 'x' }),
      agent({ storage: 5 }),
      agent({ storage: '10Gi' }),
      agent({ probePort: 0 }),
      agent({ probePort: 70_000 }),
      agent({ resources: { requests: { cpu: 'x' } } }),
      agent({ resources: 'x' }),
      agent({ unknown: 1 }),
      dry({ agent: { image: 'i' }, snapshotPolicy: 'x' }),
      dry({ agent: { image: 'i' }, hibernatePolicy: 'x' }),
      dry({ agent: { image: 'i' }, suspend: 'x' }),
      dry({ agent: { image: 'i' }, toolboxes: [{}] }),
      dry({ agent: { image: 'i' }, toolboxes: [{ name: 't', mode: 'x' }] }),
      dry({ agent: { image: 'i' }, toolboxes: [{ name: 't', image: 'i', vncPort: 70_000 }] }),
      dry({ agent: { image: 'i' }, toolboxes: 'x' }),
      dry({ agent: { image: 'i', replicas: 2 }, hibernatePolicy: 'release' }),
      dry({ agent: { image: 'i' }, hibernatePolicy: 'release', toolboxes: [{ name: 't', image: 'i' }] }),
      dry({ agent: { image: 'i', envFrom: [{ x: 1 }], env: [{ name: 'a', value: 1 }] } }),
    ),
    single(
      'hibernations that are refused',
      ...[
        {},
        { desire: 'x' },
        { podRef: {} },
        { podRef: 'x' },
        { podRef: { name: '' } },
        { desire: null },
      ].map((spec) => post(`${HIBERNATIONS}?dryRun=All`, hibernation('$id', spec))),
    ),
    single(
      'what a set may not change',
      setup(post(SETS, set('$id'))),
      patch('merge', `${SETS}/$id`, { spec: { agent: { image: 'other' } } }),
      patch('merge', `${SETS}/$id`, { spec: { agent: { backend: 'firecracker' } } }),
      patch('merge', `${SETS}/$id`, { spec: { hibernatePolicy: 'release' } }),
      setup(post(HIBERNATIONS, hibernation('$id'))),
      patch('merge', `${HIBERNATIONS}/$id`, { spec: { podRef: { name: 'other' } } }),
      patch('merge', `${HIBERNATIONS}/$id`, { spec: { desire: 'Wake' } }),
    ),
    single(
      'a status that is refused',
      setup(post(SETS, set('$id'))),
      patch('merge', `${SETS}/$id/status`, { status: { phase: 'Nothing' } }),
      patch('merge', `${SETS}/$id/status`, { status: { conditions: [{ type: 'Ready' }] } }),
      patch('merge', `${SETS}/$id/status`, { status: { observedGeneration: 'x' } }),
      patch('merge', `${SETS}/$id/status`, {
        status: {
          conditions: [
            {
              type: 'Ready',
              status: 'True',
              reason: 'X',
              message: '',
              lastTransitionTime: '2026-01-01T00:00:00Z',
            },
            {
              type: 'Ready',
              status: 'True',
              reason: 'X',
              message: '',
              lastTransitionTime: '2026-01-01T00:00:00Z',
            },
          ],
        },
      }),
    ),
    single(
      'sets in a table',
      setup(post(SETS, set('$id', { agent: { image: 'i', replicas: 2 } }))),
      setup(
        patch('merge', `${SETS}/$id/status`, {
          status: { phase: 'Running', readyAgents: 1, desiredAgents: 3 },
        }),
      ),
      get(`${SETS}/$id`, accept('application/json;as=Table;v=v1;g=meta.k8s.io')),
    ),
    single(
      'hibernations in a table',
      setup(post(HIBERNATIONS, hibernation('$id'))),
      get(`${HIBERNATIONS}/$id`, accept('application/json;as=Table;v=v1;g=meta.k8s.io')),
    ),
    single('scale', get(`${SETS}/x/scale`), get(`${COCOON}/namespaces/$ns/cocoonsets/x/status`)),
    single('a set as a config map', post(SETS, map('$id')), put(`${SETS}/$id`, map('$id'))),
  ],
}
