import { Agent, request } from 'node:https'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TestServer } from '../api/testing/test-server.ts'
import { HIBERNATIONS, TOKEN, startTestServer } from '../api/testing/test-server.ts'
import { connect, type Connection } from '../client/connection.ts'
import { startWebhook, type Webhook } from './webhook.ts'

let server: TestServer
let connection: Connection
let webhook: Webhook
let agent: Agent
beforeAll(async () => {
  server = await startTestServer()
  connection = connect({ server: server.url, token: TOKEN, userAgent: 'test' })
  webhook = await startWebhook({ connection, port: 0 })
  agent = new Agent({ ca: webhook.certificate, keepAlive: true })
})
afterAll(async () => {
  agent.destroy()
  await webhook.close()
  connection.close()
  await server.close()
})

function post(path: string, body: string, method = 'POST'): Promise<{ code: number; text: string }> {
  return new Promise((resolve, reject) => {
    const outgoing = request(webhook.url + path, { method, agent }, (response) => {
      response.setEncoding('utf8')
      let text = ''
      response.on('data', (chunk: string) => void (text += chunk))
      response.on('end', () => resolve({ code: response.statusCode ?? 0, text }))
    })
    outgoing.on('error', reject)
    outgoing.end(body)
  })
}

/** What the webhook says to a request: null when it lets it pass. */
async function denial(path: string, own: Record<string, unknown>): Promise<string | null> {
  const asked = {
    uid: 'u-1',
    operation: 'CREATE',
    namespace: 'default',
    userInfo: { username: 'me' },
    ...own,
  }
  const review = { apiVersion: 'admission.k8s.io/v1', kind: 'AdmissionReview', request: asked }
  const { code, text } = await post(path, JSON.stringify(review))
  expect(code).toBe(200)
  const { apiVersion, kind, response } = JSON.parse(text) as {
    apiVersion: string
    kind: string
    response: { uid: string; allowed: boolean; status?: { code: number; reason: string; message: string } }
  }
  expect({ apiVersion, kind, uid: response.uid }).toEqual({
    apiVersion: 'admission.k8s.io/v1',
    kind: 'AdmissionReview',
    uid: 'u-1',
  })
  if (response.allowed) return null
  expect(response.status).toMatchObject({ code: 403, reason: 'Forbidden' })
  return response.status?.message ?? ''
}

const TOLERATIONS = [{ key: 'virtual-kubelet.io/provider', operator: 'Exists' }]
const OWNED = {
  ownerReferences: [
    { apiVersion: 'cocoonset.cocoonstack.io/v1', kind: 'CocoonSet', name: 's', uid: 'u', controller: true },
  ],
}
const OPERATOR = { username: 'system:serviceaccount:cocoon-system:cocoon-operator' }
const like = (expected: unknown): unknown =>
  expected instanceof RegExp ? expect.stringMatching(expected) : expected
const pod = (metadata: object, tolerations: object[] = TOLERATIONS) => ({ metadata, spec: { tolerations } })
const set = (spec: object) => ({ metadata: { name: 's' }, spec })
const hibernation = (name: string, target = name) => ({
  metadata: { name },
  spec: { desire: 'Hibernate', podRef: { name: target } },
})
const workload = (replicas: number | undefined, tolerations: object[] = TOLERATIONS) => ({
  metadata: { name: 'w', namespace: 'default' },
  spec: { ...(replicas !== undefined && { replicas }), template: { spec: { tolerations } } },
})
const GOOD = { agent: { image: 'ubuntu:24.04' } }
const BAD = { agent: { image: 'Not:A:Repo' } }

describe('the webhook', () => {
  it.each([
    ['/mutate', { resource: { resource: 'pods' }, object: pod({}, []) }, null],
    ['/mutate', { object: pod({}) }, 'cocoon pods must be managed by a CocoonSet'],
    [
      '/mutate',
      { object: pod(OWNED) },
      'cocoon pods must be created by the CocoonSet controller, got user "me"',
    ],
    ['/mutate', { object: pod(OWNED), userInfo: OPERATOR }, null],
    ['/mutate', { object: pod({}), namespace: 'cocoon-system' }, null],
    ['/mutate', { object: pod({}), operation: 'UPDATE' }, null],
    ['/validate-cocoonset', { object: set(GOOD) }, null],
    [
      '/validate-cocoonset',
      { object: set(BAD) },
      /^cocoon-webhook: invalid CocoonSet spec: spec.agent.image /,
    ],
    ['/validate-cocoonset', { operation: 'UPDATE', object: set(BAD), oldObject: set(BAD) }, null],
    [
      '/validate-cocoonset',
      { operation: 'UPDATE', object: set(BAD), oldObject: set(GOOD) },
      /invalid CocoonSet spec/,
    ],
    ['/validate-cocoonset', { operation: 'DELETE', object: null, oldObject: set(BAD) }, null],
    ['/validate-cocoonhibernation', { object: hibernation('free') }, null],
    [
      '/validate-cocoonhibernation',
      { object: hibernation('a', 'b') },
      /^metadata.name "a" must equal spec.podRef.name "b"/,
    ],
    ['/validate-cocoonhibernation', { operation: 'UPDATE', object: hibernation('a', 'b') }, null],
    [
      '/validate',
      {
        operation: 'UPDATE',
        resource: { resource: 'deployments' },
        oldObject: workload(3),
        object: workload(1),
      },
      /^scale-down blocked for cocoon Deployment default\/w \(3 -> 1\)\. Use a CocoonHibernation/,
    ],
    [
      '/validate',
      {
        operation: 'UPDATE',
        resource: { resource: 'statefulsets' },
        oldObject: workload(2),
        object: workload(undefined),
      },
      /StatefulSet default\/w \(2 -> 1\)/,
    ],
    [
      '/validate',
      {
        operation: 'UPDATE',
        resource: { resource: 'deployments' },
        oldObject: workload(1),
        object: workload(3),
      },
      null,
    ],
    [
      '/validate',
      {
        operation: 'UPDATE',
        resource: { resource: 'deployments' },
        oldObject: workload(3, []),
        object: workload(1, []),
      },
      null,
    ],
    [
      '/validate',
      { operation: 'UPDATE', resource: { resource: 'deployments' }, oldObject: 'odd', object: workload(1) },
      null,
    ],
  ])('judges at %s: %j', async (path, own, expected) => {
    const found = await denial(path, own)
    expect(found).toEqual(like(expected))
  })

  it('knows the other hibernations of a pod, also those that are going', async () => {
    const body = {
      apiVersion: 'cocoonset.cocoonstack.io/v1',
      kind: 'CocoonHibernation',
      ...hibernation('odd-name', 'taken'),
    }
    const held = { ...body, metadata: { ...body.metadata, finalizers: ['example.com/held'] } }
    await server.ok('POST', HIBERNATIONS, held)
    const rival = () => denial('/validate-cocoonhibernation', { object: hibernation('taken') })
    expect(await rival()).toMatch(/^pod "taken" already has a live CocoonHibernation "odd-name"/)
    await server.ok('DELETE', `${HIBERNATIONS}/odd-name`)
    expect(await rival()).toMatch(/still terminating; retry/)
    expect(
      await denial('/validate-cocoonhibernation', { object: hibernation('taken'), namespace: 'kube-public' }),
    ).toBeNull()
  })

  it('looks up what a Scale is of, and refuses what it cannot look up', async () => {
    const scale = (replicas: number) => ({ metadata: { name: 'w' }, spec: { replicas } })
    const asked = {
      operation: 'UPDATE',
      resource: { resource: 'deployments' },
      subResource: 'scale',
      name: 'w',
      oldObject: scale(3),
      object: scale(1),
    }
    expect(await denial('/validate', asked)).toMatch(/^cocoon-webhook: GET .*deployments\/w: 404 NotFound/)
    const labels = { app: 'w' }
    const template = {
      metadata: { labels },
      spec: { containers: [{ name: 'c', image: 'i' }], tolerations: TOLERATIONS },
    }
    await server.ok('POST', '/apis/apps/v1/namespaces/default/deployments', {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'w' },
      spec: { replicas: 3, selector: { matchLabels: labels }, template },
    })
    expect(await denial('/validate', asked)).toMatch(/Deployment default\/w \(3 -> 1\)/)
    expect(await denial('/validate', { ...asked, object: scale(4) })).toBeNull()
  })

  it.each([
    ['/mutate', '{', 400, /^decode admission review: /],
    ['/mutate', '{}', 400, /^expected admission.k8s.io\/v1 AdmissionReview/],
    ['/mutate', '{"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview"}', 400, /has no request/],
    ['/elsewhere', '{}', 404, /404 page not found/],
  ])('has a plain answer for nonsense at %s: %s', async (path, body, code, text) => {
    const answer = await post(path, body)
    expect(answer.code).toBe(code)
    expect(answer.text).toMatch(text)
  })

  it('only listens to reviews, and says that it is well', async () => {
    expect((await post('/mutate', '', 'GET')).code).toBe(405)
    expect(await post('/healthz', '', 'GET')).toEqual({ code: 200, text: 'ok\n' })
  })

  it('refuses new hibernations while it cannot see the others', async () => {
    const nowhere = connect({ server: 'http://127.0.0.1:1', token: 'x', userAgent: 'test' })
    const told: string[] = []
    const blind = await startWebhook({ connection: nowhere, port: 0, log: (text) => told.push(text) })
    const seeing = webhook
    try {
      webhook = blind
      agent.options.ca = blind.certificate
      expect(await denial('/validate-cocoonhibernation', { object: hibernation('x') })).toMatch(
        /ECONNREFUSED/,
      )
      expect(told).toHaveLength(1)
    } finally {
      webhook = seeing
      agent.options.ca = seeing.certificate
      await blind.close()
      nowhere.close()
    }
  })
})
