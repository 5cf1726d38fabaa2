import type { Answer, Call, Step, Theme } from '../exchange.ts'
import { MAPS, NS, get, map, patch, post, put, setup, single } from './requests.ts'

const RBAC = '/apis/rbac.authorization.k8s.io/v1'
const ROLES = `${RBAC}/namespaces/$ns/roles`
const BINDINGS = `${RBAC}/namespaces/$ns/rolebindings`
const CLUSTER_ROLES = `${RBAC}/clusterroles`
const CLUSTER_BINDINGS = `${RBAC}/clusterrolebindings`
const AUTHORIZATION = '/apis/authorization.k8s.io/v1'
const GROUP = 'rbac.authorization.k8s.io'

type Rule = Record<string, readonly string[]>

const rule = (verbs: string, resources: string, apiGroups: readonly string[] = ['']): Rule => ({
  verbs: verbs.split(','),
  apiGroups,
  resources: resources.split(','),
})
const paths = (...nonResourceURLs: string[]): Rule => ({ verbs: ['get'], nonResourceURLs })

const role = (name: string, ...rules: Rule[]) => ({
  apiVersion: `${GROUP}/v1`,
  kind: 'Role',
  metadata: { name },
  rules,
})
const clusterRole = (name: string, ...rules: Rule[]) => ({ ...role(name, ...rules), kind: 'ClusterRole' })

const user = (name: string) => ({ kind: 'User', apiGroup: GROUP, name })
const group = (name: string) => ({ kind: 'Group', apiGroup: GROUP, name })
const account = (name: string) => ({ kind: 'ServiceAccount', name, namespace: '$ns' })

const bound = (name: string, [kind, to]: readonly [string, string], ...subjects: object[]) => ({
  apiVersion: `${GROUP}/v1`,
  kind: 'RoleBinding',
  metadata: { name },
  roleRef: { apiGroup: GROUP, kind, name: to },
  subjects,
})
const boundEverywhere = (name: string, to: string, ...subjects: object[]) => ({
  ...bound(name, ['ClusterRole', to], ...subjects),
  kind: 'ClusterRoleBinding',
})

const asUser = (more: Record<string, string> = {}) => ({ headers: { 'impersonate-user': '$id', ...more } })

const may = (resourceAttributes: object, more: object = {}): Call =>
  post(
    `${AUTHORIZATION}/selfsubjectaccessreviews`,
    {
      apiVersion: 'authorization.k8s.io/v1',
      kind: 'SelfSubjectAccessReview',
      spec: { resourceAttributes: { namespace: '$ns', ...resourceAttributes } },
    },
    { ...asUser(), only: (body) => (body as { status: unknown }).status, ...more },
  )

/** Waits until the server has heard of a role: the original learns of them with a delay. */
const heard = (resourceAttributes: object, more: object = {}): Call =>
  setup({
    ...may(resourceAttributes, more),
    until: ({ body }) => JSON.stringify(body).includes('"allowed":true'),
  })

/** A right that roles give besides, so that one can wait for them. */
const SIGN = rule('get', 'signs', ['$id.example'])
const sign = { verb: 'get', group: '$id.example', resource: 'signs' }

/** A role of the namespace, and a user who has it; both are called $id. */
const given = (...rules: Rule[]): Call[] => [
  setup(post(ROLES, role('$id', ...rules, SIGN))),
  setup(post(BINDINGS, bound('$id', ['Role', '$id'], user('$id')))),
  heard(sign),
]
/** The status is what counts: what the objects look like, other exchanges tell. */
const whether = (call: Call): Call => ({ ...call, only: (body) => (body as { kind?: string }).kind })

/** An account called $id, and its token as $token. */
const withAccount: Step[] = [
  setup(
    post(`${NS}/serviceaccounts`, { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: '$id' } }),
  ),
  setup(
    post(
      `${NS}/serviceaccounts/$id/token`,
      { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: {} },
      { keep: { token: 'status.token' } },
    ),
  ),
]
const asAccount = (more: Record<string, string> = {}) => ({
  as: 'nobody' as const,
  headers: { authorization: 'Bearer $token', ...more },
})
const whoAmI = (more: object): Call =>
  post(
    '/apis/authentication.k8s.io/v1/selfsubjectreviews',
    { apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview' },
    more,
  )

/** Who may make roles and bindings, and read ConfigMaps: no more than that may be given on. */
const GIVER = [
  rule('get,list,create,update,patch', 'roles,rolebindings', [GROUP]),
  rule('get,list', 'configmaps'),
]

export const roles: Theme = {
  name: 'roles',
  exchanges: [
    single(
      'a role for a user',
      ...given(rule('get,list', 'configmaps')),
      whether(get(MAPS, asUser())),
      get(`${MAPS}/$id`, asUser()),
      post(MAPS, map('$id'), asUser()),
      get(`${NS}/secrets`, asUser()),
      get('/api/v1/configmaps', asUser()),
      get(`${MAPS}?watch=true`, asUser()),
      may({ verb: 'list', resource: 'configmaps' }),
      may({ verb: 'watch', resource: 'configmaps' }),
      may({ verb: 'list', resource: 'configmaps', namespace: '' }),
      may({ verb: 'list', resource: 'configmaps', namespace: 'default' }),
      may({ verb: '*', resource: 'configmaps' }),
    ),
    single(
      'what everybody may',
      whether(get('/apis', asUser())),
      get('/livez', asUser()),
      get('/metrics', asUser()),
      { ...whether(whoAmI(asUser())) },
      may({ verb: 'create', group: 'authorization.k8s.io', resource: 'selfsubjectaccessreviews' }),
      may({ verb: 'get', resource: 'pods' }),
    ),
    single(
      'a cluster role in one namespace, for a group',
      setup(post(BINDINGS, bound('$id', ['ClusterRole', 'view'], group('$id-group')))),
      heard({ verb: 'get', resource: 'configmaps' }, asUser({ 'impersonate-group': '$id-group' })),
      get(MAPS, asUser()),
      whether(get(MAPS, asUser({ 'impersonate-group': '$id-group' }))),
      get(`${NS}/secrets`, asUser({ 'impersonate-group': '$id-group' })),
      may({ verb: 'get', resource: 'configmaps' }, asUser({ 'impersonate-group': '$id-group' })),
    ),
    {
      ...single(
        'a cluster role that another gathers',
        setup(post(BINDINGS, bound('$id', ['ClusterRole', 'view'], user('$id')))),
        heard({ verb: 'get', resource: 'configmaps' }),
        may({ verb: 'list', group: '$id.example', resource: 'things' }),
        setup(
          post(CLUSTER_ROLES, {
            ...clusterRole('$id', rule('list', 'things', ['$id.example'])),
            metadata: {
              name: '$id',
              labels: { 'rbac.authorization.k8s.io/aggregate-to-view': 'true' },
            },
          }),
        ),
        may(
          { verb: 'list', group: '$id.example', resource: 'things' },
          { until: ({ body }: Answer) => JSON.stringify(body).includes('RBAC') },
        ),
      ),
      leaves: [`${CLUSTER_ROLES}/$id`],
    },
    {
      ...single(
        'a cluster role everywhere',
        setup(
          post(CLUSTER_ROLES, clusterRole('$id', rule('get,list', 'nodes'), paths('/metrics', '/nothing/*'))),
        ),
        setup(post(CLUSTER_BINDINGS, boundEverywhere('$id', '$id', user('$id')))),
        heard({ verb: 'list', resource: 'nodes', namespace: '' }),
        whether(get('/api/v1/nodes', asUser())),
        get('/nothing', asUser()),
        get('/nothing/else', asUser()),
        get('/api/v1/nodes/$id/status', asUser()),
        may({ verb: 'list', resource: 'nodes', namespace: '' }),
        may({ verb: 'delete', resource: 'nodes', namespace: '' }),
      ),
      leaves: [`${CLUSTER_ROLES}/$id`, `${CLUSTER_BINDINGS}/$id`],
    },
    single(
      'rules with names',
      ...given({ ...rule('get,list,watch,patch', 'configmaps'), resourceNames: ['$id'] }),
      setup(post(MAPS, map('$id'))),
      whether(get(`${MAPS}/$id`, asUser())),
      get(`${MAPS}/other`, asUser()),
      get(MAPS, asUser()),
      whether(get(`${MAPS}?fieldSelector=metadata.name%3D$id`, asUser())),
      get(`${MAPS}?fieldSelector=metadata.name%3Dother`, asUser()),
      whether(patch('merge', `${MAPS}/$id`, { data: { b: '2' } }, asUser())),
      may({ verb: 'get', resource: 'configmaps', name: '$id' }),
      may({ verb: 'get', resource: 'configmaps' }),
    ),
    single(
      'subresources',
      ...given(rule('get', 'pods'), rule('get', 'pods/log'), rule('patch', '*/status')),
      get(`${NS}/pods/none`, asUser()),
      get(`${NS}/pods/none/log`, asUser()),
      get(`${NS}/pods/none/exec?command=x`, asUser()),
      patch('merge', `${NS}/pods/none/status`, {}, asUser()),
      patch('merge', `${NS}/pods/none`, {}, asUser()),
      may({ verb: 'get', resource: 'pods', subresource: 'log' }),
      may({ verb: 'create', resource: 'pods', subresource: 'exec' }),
      may({ verb: 'patch', resource: 'services', subresource: 'status' }),
    ),
    single(
      'all verbs and all resources',
      ...given(rule('*', '*', ['*'])),
      whether(post(MAPS, map('$id'), asUser())),
      whether({ method: 'DELETE', path: `${MAPS}/$id`, ...asUser() }),
      get('/api/v1/nodes', asUser()),
      may({ verb: 'anything', group: 'any.group', resource: 'things' }),
    ),
    single(
      'a role that is not there',
      setup(post(BINDINGS, bound('$id', ['Role', '$id-none'], user('$id')))),
      {
        ...get(MAPS, asUser()),
        until: ({ body }) => JSON.stringify(body).includes('RBAC'),
      },
      may({ verb: 'get', resource: 'configmaps' }),
    ),
    single(
      'roles that come and go',
      ...given(rule('get', 'configmaps')),
      get(`${MAPS}/none`, asUser()),
      setup(put(`${ROLES}/$id`, role('$id', rule('get', 'secrets')))),
      {
        ...get(`${MAPS}/none`, asUser()),
        until: ({ status }) => status === 403,
      },
      get(`${NS}/secrets/none`, asUser()),
      setup({ method: 'DELETE', path: `${BINDINGS}/$id` }),
      { ...get(`${NS}/secrets/none`, asUser()), until: ({ status }) => status === 403 },
    ),
    single(
      'a service account',
      ...withAccount,
      setup(post(ROLES, role('$id', rule('list', 'configmaps')))),
      setup(post(BINDINGS, bound('$id', ['Role', '$id'], account('$id')))),
      heard({ verb: 'list', resource: 'configmaps' }, asAccount()),
      whether(get(MAPS, asAccount())),
      get(`${NS}/secrets`, asAccount()),
      may({ verb: 'list', resource: 'configmaps' }, asAccount()),
    ),
    single(
      'an account that may not impersonate',
      ...withAccount,
      get(MAPS, asAccount({ 'impersonate-user': 'root' })),
      get(`${MAPS}/x`, asAccount({ 'impersonate-user': 'root', 'impersonate-group': 'system:masters' })),
      post(MAPS, map('$id'), asAccount({ 'impersonate-user': 'system:serviceaccount:default:default' })),
      get('/metrics', asAccount({ 'impersonate-user': 'root' })),
      get('/api/v1/nodes', asAccount({ 'impersonate-user': 'system:node:a' })),
    ),
    {
      ...single(
        'an account that may impersonate some',
        ...withAccount,
        setup(
          post(
            CLUSTER_ROLES,
            clusterRole(
              '$id',
              { ...rule('impersonate', 'users'), resourceNames: ['jane'] },
              { ...rule('impersonate', 'groups'), resourceNames: ['devs'] },
              rule('impersonate', 'serviceaccounts'),
            ),
          ),
        ),
        setup(post(CLUSTER_BINDINGS, boundEverywhere('$id', '$id', account('$id')))),
        { ...whoAmI(asAccount({ 'impersonate-user': 'jane' })), until: ({ status }) => status === 201 },
        whoAmI(asAccount({ 'impersonate-user': 'jane', 'impersonate-group': 'devs' })),
        whoAmI(asAccount({ 'impersonate-user': 'joe' })),
        whoAmI(asAccount({ 'impersonate-user': 'jane', 'impersonate-group': 'system:masters' })),
        whoAmI(asAccount({ 'impersonate-user': 'jane', 'impersonate-uid': 'u1' })),
        whoAmI(asAccount({ 'impersonate-user': 'system:serviceaccount:default:default' })),
        get(MAPS, asAccount({ 'impersonate-user': 'jane' })),
      ),
      leaves: [`${CLUSTER_ROLES}/$id`, `${CLUSTER_BINDINGS}/$id`],
    },
    {
      ...single(
        'an account that may impersonate for one kind of request',
        ...withAccount,
        setup(
          post(
            CLUSTER_ROLES,
            clusterRole(
              '$id',
              {
                ...rule('impersonate:user-info', 'users', ['authentication.k8s.io']),
                resourceNames: ['jane'],
              },
              rule('impersonate-on:user-info:list', 'configmaps'),
            ),
          ),
        ),
        setup(post(CLUSTER_BINDINGS, boundEverywhere('$id', '$id', account('$id')))),
        {
          ...get(MAPS, asAccount({ 'impersonate-user': 'jane' })),
          until: ({ body }) => !JSON.stringify(body).includes('impersonate'),
        },
        get(`${MAPS}/x`, asAccount({ 'impersonate-user': 'jane' })),
        get(MAPS, asAccount({ 'impersonate-user': 'joe' })),
      ),
      leaves: [`${CLUSTER_ROLES}/$id`, `${CLUSTER_BINDINGS}/$id`],
    },
    single(
      'nobody gives away what he does not have',
      ...given(...GIVER),
      whether(post(ROLES, role('$id-less', rule('get', 'configmaps')), asUser())),
      post(ROLES, role('$id-more', rule('get,delete', 'configmaps,secrets')), asUser()),
      post(ROLES, role('$id-named', { ...rule('get', 'secrets'), resourceNames: ['a', 'b'] }), asUser()),
      whether(
        post(ROLES, role('$id-part', { ...rule('get', 'configmaps'), resourceNames: ['a'] }), asUser()),
      ),
      patch('merge', `${ROLES}/$id-less`, { rules: [rule('*', '*', ['*'])] }, asUser()),
      whether(patch('merge', `${ROLES}/$id-less`, { metadata: { labels: { a: 'b' } } }, asUser())),
      {
        ...whether(post(BINDINGS, bound('$id-less', ['Role', '$id-less'], user('other')), asUser())),
        until: ({ status }) => status === 201,
      },
      setup(post(ROLES, role('$id-strong', rule('get', 'secrets')))),
      {
        ...post(BINDINGS, bound('$id-strong', ['Role', '$id-strong'], user('$id')), asUser()),
        until: ({ status }) => status === 403,
      },
      post(BINDINGS, bound('$id-none', ['Role', '$id-nothing'], user('$id')), asUser()),
      post(CLUSTER_ROLES, clusterRole('$id', rule('get', 'nodes')), asUser()),
      post(`${ROLES}?dryRun=All`, role('$id-dry', rule('get', 'secrets')), asUser()),
    ),
    single(
      'leave to escalate and to bind',
      ...given(...GIVER, rule('escalate,bind', 'roles', [GROUP])),
      whether(post(ROLES, role('$id-more', rule('delete', 'secrets')), asUser())),
      whether(post(BINDINGS, bound('$id-more', ['Role', '$id-more'], user('other')), asUser())),
      post(BINDINGS, bound('$id-all', ['ClusterRole', 'system:node-proxier'], user('$id')), asUser()),
    ),
    {
      ...single(
        'cluster roles that gather others',
        setup(post(CLUSTER_ROLES, clusterRole('$id', rule('create', 'clusterroles', [GROUP])))),
        setup(post(CLUSTER_BINDINGS, boundEverywhere('$id', '$id', user('$id')))),
        heard({ verb: 'create', group: GROUP, resource: 'clusterroles', namespace: '' }),
        {
          ...post(
            CLUSTER_ROLES,
            {
              ...clusterRole('$id-gather'),
              aggregationRule: { clusterRoleSelectors: [{ matchLabels: { a: 'b' } }] },
            },
            asUser(),
          ),
        },
        post(CLUSTER_ROLES, clusterRole('$id-paths', paths('/metrics')), asUser()),
      ),
      leaves: [`${CLUSTER_ROLES}/$id`, `${CLUSTER_BINDINGS}/$id`, `${CLUSTER_ROLES}/$id-gather`],
    },
    single(
      'access of somebody',
      ...given(rule('get', 'configmaps')),
      ...[
        { user: '$id', resourceAttributes: { namespace: '$ns', verb: 'get', resource: 'configmaps' } },
        { user: '$id', resourceAttributes: { verb: 'get', resource: 'configmaps' } },
        { user: '$id', nonResourceAttributes: { verb: 'get', path: '/metrics' } },
        {
          user: 'x',
          groups: ['system:authenticated'],
          nonResourceAttributes: { verb: 'get', path: '/apis' },
        },
      ].map((spec) => post(`${AUTHORIZATION}/subjectaccessreviews`, { spec })),
    ),
    single(
      'the rules of somebody',
      ...given(rule('get', 'configmaps'), { ...rule('get', 'secrets'), resourceNames: ['a'] }),
      post(
        `${AUTHORIZATION}/selfsubjectrulesreviews`,
        {
          apiVersion: 'authorization.k8s.io/v1',
          kind: 'SelfSubjectRulesReview',
          spec: { namespace: '$ns' },
        },
        {
          ...asUser(),
          only: (body) => {
            const { status } = body as { status: Record<string, unknown[]> }
            const texts = (list: unknown[] = []) => list.map((one) => JSON.stringify(one)).sort()
            return {
              ...status,
              resourceRules: texts(status.resourceRules),
              nonResourceRules: texts(status.nonResourceRules),
            }
          },
        },
      ),
    ),
  ],
}
