import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { cocoonWebhook } from '../testing/cocoon-webhook.ts'
import type { TestServer } from './testing/test-server.ts'
import {
  HIBERNATIONS,
  MERGE,
  PODS,
  SETS,
  TOKEN,
  newPod,
  newSet,
  startTestServer,
} from './testing/test-server.ts'

let server: TestServer
let stopWebhook: () => Promise<void>
beforeAll(async () => {
  server = await startTestServer()
  stopWebhook = await cocoonWebhook({ url: server.url, token: TOKEN })
})
afterAll(async () => {
  await stopWebhook()
  await server.close()
})

let count = 0
let name: string
beforeEach(() => {
  count += 1
  name = `n${count}`
})

describe('admission', () => {
  it('fills in defaults and drops unknown fields', async () => {
    const set = await server.ok('POST', SETS, newSet(name, { color: 'red' }))
    expect(set.spec).toMatchObject({
      nodePool: 'default',
      agent: { replicas: 0, mode: 'clone', os: 'linux' },
    })
    expect(set.spec).not.toHaveProperty('color')
  })

  it.each([
    ['', 201, '299 - "unknown field \\"spec.agent.gpu\\"", 299 - "unknown field \\"spec.color\\""'],
    [
      '?fieldValidation=Warn',
      201,
      '299 - "unknown field \\"spec.agent.gpu\\"", 299 - "unknown field \\"spec.color\\""',
    ],
    ['?fieldValidation=Ignore', 201, null],
    ['?fieldValidation=Strict', 400, null],
    ['?fieldValidation=Loose', 422, null],
  ])('speaks of unknown fields as asked: %s', async (query, code, warning) => {
    const set = newSet(name, { color: 'red', agent: { image: 'a', gpu: 1 } })
    const reply = await server.send('POST', SETS + query, set)
    expect(reply.code).toBe(code)
    expect(reply.headers.get('warning')).toBe(warning)
  })

  const invalidSet = (of: string) => `CocoonSet.cocoonset.cocoonstack.io "${of}" is invalid: `
  const notChecked =
    '<nil>: Invalid value: null: some validation rules were not checked because the object was invalid; ' +
    'correct the existing errors to complete validation'
  it.each([
    ['no agent', { agent: undefined }, 422, `[spec.agent: Required value, ${notChecked}]`],
    [
      'a wrong enum',
      { agent: { image: 'a', os: 'dos' } },
      422,
      `[spec.agent.os: Unsupported value: "dos": supported values: "linux", "windows", "android", "macos", ${notChecked}]`,
    ],
    [
      'a broken rule between fields',
      { hibernatePolicy: 'release', agent: { image: 'a', replicas: 1 } },
      422,
      'spec: Invalid value: hibernatePolicy=release requires agent.replicas=0 and no toolboxes',
    ],
  ])('refuses %s', async (_, spec, code, message) => {
    const reply = await server.send('POST', SETS, newSet(name, spec))
    expect(reply.code).toBe(code)
    expect(reply.body.message).toBe(invalidSet(name) + message)
    expect(reply.body.details).toMatchObject({
      name,
      kind: 'CocoonSet',
      causes: expect.arrayContaining([expect.objectContaining({ field: expect.any(String) })]),
    })
  })

  const cocoonPod = newPod('cocoon-pod', {
    spec: { tolerations: [{ key: 'virtual-kubelet.io/provider', operator: 'Exists' }] },
  })
  it.each([
    [SETS, newSet('x', { agent: { image: 'Not:A:Repo' } }), 'cocoonsets.validate', /invalid CocoonSet spec/],
    [PODS, cocoonPod, 'pods.mutate', /cocoon pods must be managed by a CocoonSet/],
    [
      HIBERNATIONS,
      {
        apiVersion: 'cocoonset.cocoonstack.io/v1',
        kind: 'CocoonHibernation',
        metadata: { name: 'x' },
        spec: { desire: 'Hibernate', podRef: { name: 'y' } },
      },
      'cocoonhibernations.validate',
      /metadata.name "x" must equal/,
    ],
  ])('has the webhooks refuse %s', async (path, body, webhook, why) => {
    const reply = await server.send('POST', path, body)
    expect(reply.body).toMatchObject({ code: 403, reason: 'Forbidden' })
    const start = `admission webhook "${webhook}.cocoonstack.io" denied the request: `
    expect(String(reply.body.message).startsWith(start)).toBe(true)
    expect(reply.body.message).toMatch(why)
  })

  it('keeps what a set was hibernating', async () => {
    const hibernation = {
      apiVersion: 'cocoonset.cocoonstack.io/v1',
      kind: 'CocoonHibernation',
      metadata: { name },
      spec: { desire: 'Hibernate', podRef: { name } },
    }
    await server.ok('POST', HIBERNATIONS, hibernation)
    const moved = await server.send(
      'PATCH',
      `${HIBERNATIONS}/${name}`,
      { spec: { podRef: { name: 'z' } } },
      MERGE,
    )
    expect(moved.body.message).toContain('spec.podRef: Invalid value: spec.podRef is immutable')
    const woken = await server.ok('PATCH', `${HIBERNATIONS}/${name}`, { spec: { desire: 'Wake' } }, MERGE)
    expect(woken.metadata.generation).toBe(2)
  })
})
