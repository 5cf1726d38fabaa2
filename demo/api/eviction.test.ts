import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TestServer } from './testing/test-server.ts'
import { MERGE, newPod, PODS, startTestServer } from './testing/test-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

const BUDGETS = '/apis/policy/v1/namespaces/default/poddisruptionbudgets'
const evict = (name: string, body: object = {}, query = '') =>
  server.send('POST', `${PODS}/${name}/eviction${query}`, { metadata: { name }, ...body })

async function running(name: string, ready = 'True'): Promise<void> {
  await server.ok('POST', PODS, newPod(name, { labels: { app: 'a' }, spec: { nodeName: 'n' } }))
  const status = { phase: 'Running', conditions: [{ type: 'Ready', status: ready }] }
  await server.ok('PATCH', `${PODS}/${name}/status`, { status }, MERGE)
}

describe('an eviction', () => {
  it('deletes the pod, which says why', async () => {
    await running('a')
    expect(await evict('a', {}, '?dryRun=All')).toMatchObject({ code: 201, body: { status: 'Success' } })
    expect((await server.ok('GET', `${PODS}/a`)).metadata.deletionTimestamp).toBeUndefined()
    expect(await evict('a')).toMatchObject({
      code: 201,
      body: { kind: 'Status', status: 'Success', code: 201 },
    })
    const going = await server.ok('GET', `${PODS}/a`)
    expect(going.metadata.deletionTimestamp).toBeDefined()
    expect(going.status).toMatchObject({
      conditions: [{ type: 'Ready' }, { type: 'DisruptionTarget', reason: 'EvictionByEvictionAPI' }],
    })
    await server.ok('DELETE', `${PODS}/a`, { gracePeriodSeconds: 0 })
  })

  it.each([
    ['of no pod', 'none', {}, 404, 'pods "none" not found'],
    [
      'of another pod than its own',
      'none',
      { metadata: { name: 'x' } },
      400,
      'name in URL does not match name in Eviction object',
    ],
  ])('%s is refused', async (_, name, body, code, message) => {
    expect(await evict(name, body)).toMatchObject({ code, body: { message } })
  })

  it('holds to the uid', async () => {
    await running('b')
    const reply = await evict('b', { deleteOptions: { preconditions: { uid: 'other' } } })
    expect(reply.code).toBe(409)
    expect(reply.body.message).toContain(
      'the UID in the precondition (other) does not match the UID in record',
    )
    await server.ok('DELETE', `${PODS}/b`, { gracePeriodSeconds: 0 })
  })

  it('waits while a budget needs the pod', async () => {
    await running('c')
    await running('d')
    const spec = { minAvailable: 2, selector: { matchLabels: { app: 'a' } } }
    await server.ok('POST', BUDGETS, { metadata: { name: 'two' }, spec })
    const refused = await evict('c')
    expect(refused).toMatchObject({
      code: 429,
      body: {
        reason: 'TooManyRequests',
        message: "Cannot evict pod as it would violate the pod's disruption budget.",
        details: {
          causes: [
            {
              reason: 'DisruptionBudget',
              message: 'The disruption budget two needs 2 healthy pods and has 2 currently',
            },
          ],
        },
      },
    })
    await running('e')
    expect((await evict('c')).code).toBe(201)
    await server.ok('POST', BUDGETS, { metadata: { name: 'more' }, spec })
    expect(await evict('d')).toMatchObject({
      code: 500,
      body: { message: expect.stringContaining('more than one') },
    })
  })

  it('asks no budget about a pod that does nothing', async () => {
    await server.ok('POST', PODS, newPod('idle', { labels: { app: 'a' } }))
    expect((await evict('idle')).code).toBe(201)
    expect((await server.send('GET', `${PODS}/idle`)).code).toBe(404)
  })
})
