import { afterAll, beforeAll, expect, it } from 'vitest'
import type { TestServer } from './testing/test-server.ts'
import { MERGE, startTestServer } from './testing/test-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

const CRDS = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions'
const crd = (plural: string, names: object = {}, spec: object = {}) => ({
  metadata: { name: `${plural}.example.com` },
  spec: {
    group: 'example.com',
    scope: 'Cluster',
    names: { plural, kind: 'Thing', ...names },
    versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: { type: 'object' } } }],
    ...spec,
  },
})
const condition = (body: Record<string, unknown>, type: string) => {
  const { conditions } = body.status as { conditions: { type: string; status: string; reason: string }[] }
  const found = conditions.find((one) => one.type === type)
  return [found?.status, found?.reason]
}

it('accepts names, unless another definition of the group has them, and then once that is gone', async () => {
  expect((await server.ok('POST', CRDS, crd('things'))).status).toMatchObject({ conditions: null })
  const first = await server.ok('GET', `${CRDS}/things.example.com`)
  expect(condition(first, 'Established')).toEqual(['True', 'InitialNamesAccepted'])
  await server.ok('POST', CRDS, crd('others'))
  const second = await server.ok('GET', `${CRDS}/others.example.com`)
  expect(condition(second, 'NamesAccepted')).toEqual(['False', 'ListKindConflict'])
  expect(condition(second, 'Established')).toEqual(['False', 'NotAccepted'])
  expect((await server.send('GET', '/apis/example.com/v1/others')).code).toBe(404)
  await server.ok('DELETE', `${CRDS}/things.example.com`)
  expect(condition(await server.ok('GET', `${CRDS}/others.example.com`), 'Established')[0]).toBe('True')
  await server.ok('GET', '/apis/example.com/v1/others')
  await server.ok('DELETE', `${CRDS}/others.example.com`)
})

it('goes after its objects, which may wait for others', async () => {
  await server.ok('POST', CRDS, crd('things'))
  const path = '/apis/example.com/v1/things'
  await server.ok('POST', path, { apiVersion: 'example.com/v1', kind: 'Thing', metadata: { name: 'a' } })
  const held = { name: 'b', finalizers: ['example.com/wait'] }
  await server.ok('POST', path, { apiVersion: 'example.com/v1', kind: 'Thing', metadata: held })
  const leaving = await server.ok('DELETE', `${CRDS}/things.example.com`)
  expect(condition(leaving, 'Terminating')).toEqual(['True', 'InstanceDeletionPending'])
  expect((await server.send('GET', `${path}/a`)).code).toBe(404)
  expect((await server.ok('GET', `${path}/b`)).metadata.deletionTimestamp).toBeDefined()
  await server.ok('GET', `${CRDS}/things.example.com`)
  await server.ok('PATCH', `${path}/b`, { metadata: { finalizers: null } }, MERGE)
  expect((await server.send('GET', `${CRDS}/things.example.com`)).code).toBe(404)
})

it.each([
  [
    { scope: 'Nowhere' },
    'spec.scope: Unsupported value: "Nowhere": supported values: "Cluster", "Namespaced"',
  ],
  [{ versions: [] }, 'must have exactly one version marked as storage version'],
  [
    { versions: [{ name: 'v1', served: true, storage: true }] },
    'spec.versions[0].schema.openAPIV3Schema: Required value',
  ],
])('refuses %j', async (spec, message) => {
  const reply = await server.send('POST', CRDS, crd('refused', {}, spec))
  expect(reply.code).toBe(422)
  expect(reply.body.message).toContain(message)
})
