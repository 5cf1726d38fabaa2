import { afterAll, beforeAll, expect, it } from 'vitest'
import type { TestServer } from './testing/test-server.ts'
import { startTestServer } from './testing/test-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer({
    authorizer: {
      decide: (user, asked) => ({ allowed: user.username === 'admin' || asked.resource === 'pods' }),
      rules: () => ({ resourceRules: [], nonResourceRules: [] }),
    },
  })
})
afterAll(() => server.close())

const ROOT = '/apis/authorization.k8s.io/v1'
const pods = { resourceAttributes: { verb: 'get', resource: 'pods' } }
const path = { nonResourceAttributes: { verb: 'get', path: '/x' } }
const here = { resourceAttributes: { verb: 'get', resource: 'pods', namespace: 'default' } }

it.each([
  ['selfsubjectaccessreviews', pods, { allowed: true }],
  ['selfsubjectaccessreviews', path, { allowed: true }],
  ['subjectaccessreviews', { user: 'bob', groups: ['a'], ...pods }, { allowed: true }],
  ['subjectaccessreviews', { user: 'bob', ...path }, { allowed: false }],
  ['namespaces/default/localsubjectaccessreviews', { user: 'bob', ...here }, { allowed: true }],
  [
    'selfsubjectrulesreviews',
    { namespace: 'default' },
    { resourceRules: [], nonResourceRules: [], incomplete: false },
  ],
])('%s of %j is answered', async (plural, spec, status) => {
  const { code, body } = await server.send('POST', `${ROOT}/${plural}`, { spec })
  expect(code).toBe(201)
  expect(body.status).toEqual(status)
  expect(body.metadata).toEqual({})
})

it.each([
  [
    'selfsubjectaccessreviews',
    {},
    'spec.resourceAttributes: Invalid value: null: exactly one of nonResourceAttributes or resourceAttributes must be specified',
  ],
  [
    'selfsubjectaccessreviews',
    { ...pods, ...path },
    'spec.nonResourceAttributes: Invalid value: {"Path":"/x","Verb":"get"}: cannot be specified in combination with resourceAttributes',
  ],
  [
    'subjectaccessreviews',
    pods,
    'spec.user: Invalid value: "": at least one of user or group must be specified',
  ],
  [
    'namespaces/default/localsubjectaccessreviews',
    { user: 'bob', ...pods },
    'spec.resourceAttributes.namespace: Invalid value: "": must match metadata.namespace',
  ],
  [
    'namespaces/default/localsubjectaccessreviews',
    { user: 'bob', ...path },
    'spec.nonResourceAttributes: Invalid value: {"Path":"/x","Verb":"get"}: disallowed on this kind of request',
  ],
])('%s of %j is invalid', async (plural, spec, why) => {
  const { code, body } = await server.send('POST', `${ROOT}/${plural}`, { spec })
  expect(code).toBe(422)
  expect(body.message).toBe(`.authorization.k8s.io "" is invalid: ${why}`)
  expect(body.details).not.toHaveProperty('kind')
})

it.each([
  ['POST', 'selfsubjectrulesreviews', { spec: {} }, 400, 'no namespace on request'],
  [
    'POST',
    'selfsubjectaccessreviews',
    { kind: 'Pod', apiVersion: 'v1' },
    400,
    'Pod in version "v1" cannot be handled as a SelfSubjectAccessReview: converting (v1.Pod) to (authorization.SelfSubjectAccessReview): unknown conversion',
  ],
])('%s %s %j is refused', async (method, plural, body, code, message) => {
  expect(await server.send(method, `${ROOT}/${plural}`, body)).toMatchObject({ code, body: { message } })
})
