import { afterAll, beforeAll, expect, it } from 'vitest'
import type { TestServer } from './testing/test-server.ts'
import { PODS, newPod, startTestServer } from './testing/test-server.ts'

const BINDINGS = '/api/v1/namespaces/default/bindings'
const binding = (name: string) => ({
  apiVersion: 'v1',
  kind: 'Binding',
  metadata: { name },
  target: { kind: 'Node', name: 'n' },
})

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

it('binds the pod that the body names, once', async () => {
  await server.ok('POST', PODS, newPod('a'))
  expect((await server.send('POST', `${BINDINGS}?dryRun=All`, binding('a'))).code).toBe(201)
  expect((await server.ok('GET', `${PODS}/a`)).spec).not.toHaveProperty('nodeName')
  expect((await server.send('POST', BINDINGS, binding('a'))).code).toBe(201)
  expect((await server.ok('GET', `${PODS}/a`)).spec).toHaveProperty('nodeName', 'n')
  expect((await server.send('POST', BINDINGS, binding('a'))).code).toBe(409)
})

it.each([
  ['POST', binding('none'), 404, 'pods "none" not found'],
  ['POST', binding(''), 400, 'Name parameter required.'],
  ['GET', undefined, 405, 'the server does not allow this method on the requested resource'],
])('%s %j is refused', async (method, body, code, message) => {
  const reply = await server.send(method, BINDINGS, body)
  expect([reply.code, reply.body.message]).toEqual([code, message])
})
