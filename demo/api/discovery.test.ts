import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TestServer } from './testing/test-server.ts'
import { PODS, SETS, startTestServer } from './testing/test-server.ts'

const DENIED = 'denied'
let server: TestServer
beforeAll(async () => {
  server = await startTestServer({
    tokens: {
      'admin-token': { username: 'admin', groups: ['system:masters'] },
      [DENIED]: { username: 'mallory', groups: [] },
    },
    authorizer: {
      // Reviews of oneself are everybody's right, as the basic role of a cluster gives it.
      decide: (user, { verb, resource }) => ({
        allowed: user.username !== 'mallory' || verb === 'get' || resource.startsWith('selfsubject'),
      }),
      rules: () => ({ resourceRules: [], nonResourceRules: [] }),
    },
  })
})
afterAll(() => server.close())

const GROUP = 'cocoonset.cocoonstack.io'

describe('discovery', () => {
  it('lists versions, groups and one group', async () => {
    expect(await server.ok('GET', '/api')).toMatchObject({ kind: 'APIVersions', versions: ['v1'] })
    const { groups } = await server.ok('GET', '/apis')
    expect((groups as { name: string }[]).map((one) => one.name)).toEqual([
      'apiregistration.k8s.io',
      'apps',
      'events.k8s.io',
      'authentication.k8s.io',
      'authorization.k8s.io',
      'autoscaling',
      'batch',
      'networking.k8s.io',
      'policy',
      'rbac.authorization.k8s.io',
      'storage.k8s.io',
      'admissionregistration.k8s.io',
      'apiextensions.k8s.io',
      'scheduling.k8s.io',
      'coordination.k8s.io',
      'discovery.k8s.io',
      GROUP,
    ])
    expect(await server.ok('GET', `/apis/${GROUP}`)).toMatchObject({
      kind: 'APIGroup',
      name: GROUP,
      preferredVersion: { groupVersion: `${GROUP}/v1`, version: 'v1' },
    })
  })

  it('lists resources with their subresources and short names', async () => {
    const { resources } = await server.ok('GET', `/apis/${GROUP}/v1`)
    expect(resources).toMatchObject([
      { name: 'cocoonhibernations', shortNames: ['ch', 'cocoonhibernations'] },
      { name: 'cocoonhibernations/status' },
      {
        name: 'cocoonsets',
        kind: 'CocoonSet',
        namespaced: true,
        shortNames: ['cs', 'cocoonsets'],
        categories: ['cocoon'],
      },
      { name: 'cocoonsets/status', kind: 'CocoonSet', verbs: ['get', 'patch', 'update'] },
    ])
    const core = await server.ok('GET', '/api/v1')
    expect(core).toMatchObject({ kind: 'APIResourceList', groupVersion: 'v1' })
    expect((core.resources as { name: string }[]).map((one) => one.name)).toContain('pods/binding')
  })

  const aggregated = (version: string) =>
    `application/json;g=apidiscovery.k8s.io;v=${version};as=APIGroupDiscoveryList`

  it.each(['/apis', '/api'])('answers aggregated discovery of %s', async (path) => {
    const accept = `${aggregated('v2')},${aggregated('v2beta1')},application/json`
    const reply = await server.send('GET', path, undefined, { accept })
    expect(reply.headers.get('content-type')).toContain('as=APIGroupDiscoveryList')
    expect(reply.body).toMatchObject({
      kind: 'APIGroupDiscoveryList',
      apiVersion: 'apidiscovery.k8s.io/v2',
    })
    expect(reply.text).toContain(path === '/api' ? '"resource":"pods"' : '"resource":"cocoonsets"')
    // What has not changed is not sent again, and nothing is said of a body that is not there.
    const etag = reply.headers.get('etag') ?? ''
    const again = await server.send('GET', path, undefined, { accept, 'if-none-match': etag })
    expect([again.code, again.text, again.headers.get('content-type')]).toEqual([304, '', null])
  })

  it('knows no other version of aggregated discovery', async () => {
    expect((await server.send('GET', '/apis', undefined, { accept: aggregated('v2beta1') })).code).toBe(406)
  })

  it.each(['/apis/none', '/apis/none/v1', `/apis/${GROUP}/v2`, '/nowhere', '/readyz/nothing'])(
    '%s is the 404 of a web server',
    async (path) => {
      const { code, text } = await server.send('GET', path)
      expect([code, text]).toEqual([404, '404 page not found\n'])
    },
  )

  it.each(['/api/v2', '/api/v1/nothings', '/apis/coordination.k8s.io/v9'])(
    '%s is a 404 of the API',
    async (path) => {
      expect((await server.send('GET', path)).body).toMatchObject({ code: 404, reason: 'NotFound' })
    },
  )

  it('follows the CRDs', async () => {
    const crd = {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: 'things.test.io' },
      spec: {
        group: 'test.io',
        scope: 'Cluster',
        names: { plural: 'things', kind: 'Thing' },
        versions: [
          { name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: { type: 'object' } } },
        ],
      },
    }
    const crds = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions'
    const stored = await server.ok('POST', crds, crd)
    expect(stored.status).toMatchObject({ storedVersions: ['v1'] })
    const thing = { apiVersion: 'test.io/v1', kind: 'Thing', metadata: { name: 'a' } }
    expect(await server.ok('POST', '/apis/test.io/v1/things', thing)).toMatchObject({ kind: 'Thing' })
    await server.ok('DELETE', `${crds}/things.test.io`)
    expect((await server.send('GET', '/apis/test.io/v1')).code).toBe(404)
  })

  it('tells a version like that of 1.36', async () => {
    expect(await server.ok('GET', '/version')).toMatchObject({ major: '1', minor: '36' })
  })
})

describe('access', () => {
  const mallory = { authorization: `Bearer ${DENIED}` }
  const review = (body: unknown, headers = {}) =>
    server.ok('POST', '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews', body, headers)

  it.each([
    [
      PODS,
      'pods is forbidden: User "mallory" cannot list resource "pods" in API group "" in the namespace "default"',
    ],
    [
      '/api/v1/nodes',
      'nodes is forbidden: User "mallory" cannot list resource "nodes" in API group "" at the cluster scope',
    ],
    [
      SETS,
      `cocoonsets.${GROUP} is forbidden: User "mallory" cannot list resource "cocoonsets" in API group "${GROUP}" in the namespace "default"`,
    ],
  ])('to %s is refused in the words of the original', async (path, message) => {
    const reply = await server.send('GET', path, undefined, mallory)
    expect(reply.body).toMatchObject({ code: 403, reason: 'Forbidden', message })
  })

  it('can be reviewed', async () => {
    const spec = { resourceAttributes: { verb: 'list', resource: 'pods', namespace: 'default' } }
    expect(await review({ spec })).toMatchObject({
      kind: 'SelfSubjectAccessReview',
      status: { allowed: true },
    })
    expect(await review({ spec }, mallory)).toMatchObject({ spec, status: { allowed: false } })
    const other = { spec: { ...spec, user: 'mallory' } }
    expect(
      await server.ok('POST', '/apis/authorization.k8s.io/v1/subjectaccessreviews', other),
    ).toMatchObject({ status: { allowed: false } })
  })

  it('is told by rules, self and token reviews', async () => {
    const rules = await server.ok('POST', '/apis/authorization.k8s.io/v1/selfsubjectrulesreviews', {
      spec: { namespace: 'default' },
    })
    expect(rules.status).toEqual({ resourceRules: [], nonResourceRules: [], incomplete: false })
    const self = await server.ok('POST', '/apis/authentication.k8s.io/v1/selfsubjectreviews', {}, mallory)
    expect(self.status).toEqual({ userInfo: { username: 'mallory', groups: ['system:authenticated'] } })
    const token = (text: string) =>
      server.ok('POST', '/apis/authentication.k8s.io/v1/tokenreviews', { spec: { token: text } })
    expect((await token(DENIED)).status).toMatchObject({ authenticated: true, user: { username: 'mallory' } })
    expect((await token('__proto__')).status).toMatchObject({ error: 'invalid bearer token' })
  })

  it('can be that of somebody else', async () => {
    const as = { 'impersonate-user': 'mallory', 'impersonate-group': 'dev' }
    expect((await server.send('GET', PODS, undefined, as)).body.message).toContain(
      'User "mallory" cannot list',
    )
    const self = await server.ok('POST', '/apis/authentication.k8s.io/v1/selfsubjectreviews', {}, as)
    expect(self.status).toEqual({
      userInfo: { username: 'mallory', groups: ['dev', 'system:authenticated'] },
    })
    const refused = await server.send('GET', PODS, undefined, { ...mallory, 'impersonate-user': 'admin' })
    expect(refused.body.message).toContain(
      'User "mallory" cannot impersonate-on:user-info:list resource "pods"',
    )
  })
})
