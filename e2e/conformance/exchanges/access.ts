import type { Theme } from '../exchange.ts'
import { MAPS, NS, SETS, get, map, patch, post, single } from './requests.ts'

const AUTHORIZATION = '/apis/authorization.k8s.io/v1'
const self = (spec: unknown) =>
  post(`${AUTHORIZATION}/selfsubjectaccessreviews`, {
    apiVersion: 'authorization.k8s.io/v1',
    kind: 'SelfSubjectAccessReview',
    spec,
  })
const reviewed = {
  only: (body: unknown) => {
    const { status, ...rest } = body as { status?: { reason?: string } | string }
    return { ...rest, status: typeof status === 'object' ? { ...status, reason: undefined } : status }
  },
}
/** A message that goes on with managedFields: its reason and how it begins. */
const beginning = (body: unknown) => {
  const { reason, message } = body as { reason: string; message: string }
  return { reason, message: message.slice(0, 72) }
}
const as = (user: string, more: Record<string, string> = {}) => ({
  headers: { 'impersonate-user': user, ...more },
})

export const access: Theme = {
  name: 'access',
  exchanges: [
    single(
      'nobody',
      get(MAPS, { as: 'nobody' }),
      post(MAPS, map('$id'), { as: 'nobody' }),
      get(`${SETS}/x`, { as: 'nobody' }),
      get('/apis', { as: 'nobody' }),
      get('/version', { as: 'nobody', only: (body) => typeof body }),
      get('/nothing', { as: 'nobody' }),
      get('/api/v1/nodes', { as: 'nobody' }),
      patch('merge', `${SETS}/x/status`, {}, { as: 'nobody' }),
      get('/api/v1/namespaces/$ns/nothings', { as: 'nobody' }),
    ),
    single(
      'a stranger',
      get(MAPS, { as: 'stranger' }),
      get('/healthz', { as: 'stranger' }),
      get('/nothing', { as: 'stranger' }),
      get('/apis', { as: 'stranger' }),
      post(MAPS, map('$id'), { as: 'stranger' }),
      get(`${MAPS}?watch=true`, { as: 'stranger' }),
    ),
    single(
      'other ways to say who one is',
      get(NS, { as: 'nobody', headers: { authorization: 'Basic YTpi' } }),
      get(NS, { as: 'nobody', headers: { authorization: 'Bearer' } }),
      get(NS, { as: 'nobody', headers: { authorization: 'bearer x' } }),
      get(NS, { as: 'nobody', headers: { authorization: 'Bearer a b' } }),
    ),
    {
      ...single(
        'who am I',
        post(
          '/apis/authentication.k8s.io/v1/selfsubjectreviews',
          { apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview' },
          {
            only: (body) => {
              const found = body as { status: { userInfo: object } }
              return { ...found, status: Object.keys(found.status.userInfo).sort() }
            },
          },
        ),
        post(
          '/apis/authentication.k8s.io/v1/selfsubjectreviews',
          { apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview' },
          as('jane', {
            'impersonate-group': 'devs',
            'impersonate-uid': 'u1',
            'impersonate-extra-scopes': 'all',
          }),
        ),
      ),
    },
    single(
      'impersonation of nobody',
      get(NS, { headers: { 'impersonate-group': 'devs' } }),
      get(NS, { headers: { 'impersonate-uid': 'x' } }),
    ),
    single(
      'access of myself',
      ...[
        { resourceAttributes: { verb: 'get', resource: 'pods', namespace: '$ns' } },
        { resourceAttributes: { verb: 'create', resource: 'pods', subresource: 'exec', namespace: '$ns' } },
        { nonResourceAttributes: { verb: 'get', path: '/healthz' } },
      ].map((spec) => Object.assign(self(spec), reviewed)),
    ),
    single(
      'access, badly asked',
      self({}),
      self(undefined),
      self({ resourceAttributes: { verb: 'get' }, nonResourceAttributes: { verb: 'get', path: '/' } }),
      self('x'),
      {
        ...post(`${AUTHORIZATION}/selfsubjectaccessreviews`, {
          kind: 'SubjectAccessReview',
          apiVersion: 'authorization.k8s.io/v1',
          spec: {},
        }),
      },
      post(
        `${AUTHORIZATION}/selfsubjectaccessreviews`,
        {
          kind: 'SelfSubjectAccessReview',
          apiVersion: 'authorization.k8s.io/v1',
          metadata: { name: 'x', namespace: 'y' },
          spec: { resourceAttributes: { verb: 'get', resource: 'pods' } },
        },
        { only: beginning },
      ),
      post(`${AUTHORIZATION}/subjectaccessreviews`, {
        spec: { resourceAttributes: { verb: 'get', resource: 'pods' } },
      }),
      post(`${AUTHORIZATION}/namespaces/$ns/localsubjectaccessreviews`, {
        metadata: { namespace: '$ns' },
        spec: { user: 'jane', resourceAttributes: { namespace: 'other', verb: 'get', resource: 'pods' } },
      }),
      post(`${AUTHORIZATION}/selfsubjectrulesreviews`, { spec: {} }),
    ),
    single(
      'access of another',
      {
        ...post(`${AUTHORIZATION}/subjectaccessreviews`, {
          spec: {
            user: 'root',
            groups: ['system:masters'],
            resourceAttributes: { verb: 'get', resource: 'pods' },
          },
        }),
        ...reviewed,
      },
      {
        ...post(`${AUTHORIZATION}/namespaces/$ns/localsubjectaccessreviews`, {
          metadata: { namespace: '$ns' },
          spec: {
            user: 'root',
            groups: ['system:masters'],
            resourceAttributes: { namespace: '$ns', verb: 'get', resource: 'pods' },
          },
        }),
        ...reviewed,
      },
    ),
    single(
      'my rules',
      post(
        `${AUTHORIZATION}/selfsubjectrulesreviews`,
        { apiVersion: 'authorization.k8s.io/v1', kind: 'SelfSubjectRulesReview', spec: { namespace: '$ns' } },
        {
          only: (body) => {
            const found = body as {
              kind: string
              metadata: unknown
              spec: unknown
              status: { incomplete: boolean }
            }
            return {
              ...found,
              status: { incomplete: found.status.incomplete, keys: Object.keys(found.status).sort() },
            }
          },
        },
      ),
    ),
    single(
      'a token that is none',
      post('/apis/authentication.k8s.io/v1/tokenreviews', { spec: { token: 'nothing' } }),
      post('/apis/authentication.k8s.io/v1/tokenreviews', { spec: {} }),
    ),
    single(
      'reviews are not to be read',
      get(`${AUTHORIZATION}/selfsubjectaccessreviews`),
      get(`${AUTHORIZATION}/selfsubjectaccessreviews/x`),
      { method: 'DELETE', path: `${AUTHORIZATION}/selfsubjectaccessreviews` },
    ),
    single(
      'a dry review',
      post(
        `${AUTHORIZATION}/selfsubjectaccessreviews?dryRun=All`,
        { spec: { resourceAttributes: { verb: 'get', resource: 'pods' } } },
        reviewed,
      ),
    ),
    single(
      'what others may not',
      get(MAPS, as('jane')),
      post(MAPS, map('$id'), as('jane')),
      get(`${NS}/pods/p/log`, as('jane')),
      get('/api/v1/nodes/n', as('jane')),
      get('/nothing', as('jane')),
      get(SETS, as('jane')),
      patch('merge', `${SETS}/x/status`, {}, as('jane')),
      { method: 'DELETE', path: MAPS, ...as('jane') },
      post(`${NS}/serviceaccounts/default/token`, {}, as('jane')),
    ),
  ],
}
