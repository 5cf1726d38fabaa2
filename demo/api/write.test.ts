import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { TestServer } from './testing/test-server.ts'
import {
  JSON_PATCH,
  MERGE,
  PODS,
  SETS,
  STRATEGIC,
  newPod,
  newSet,
  startTestServer,
} from './testing/test-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

let count = 0
let name: string
beforeEach(() => {
  count += 1
  name = `n${count}`
})

describe('create', () => {
  it('gives identity, a time, a generation and a revision, and drops the status', async () => {
    const sent = { ...newPod(name), status: { phase: 'Running' } }
    const pod = await server.ok('POST', PODS, sent)
    expect(pod).toMatchObject({
      kind: 'Pod',
      metadata: { namespace: 'default', generation: 1, creationTimestamp: '2026-01-01T00:00:00Z' },
      status: { phase: 'Pending', qosClass: 'BestEffort' },
      spec: { restartPolicy: 'Always', terminationGracePeriodSeconds: 30 },
    })
    expect(pod.metadata.uid).toMatch(/^[0-9a-f-]{36}$/)
    expect(pod.metadata.resourceVersion).toBe(String(server.revision()))
  })

  it('makes up names', async () => {
    const pod = { ...newPod(''), metadata: { generateName: 'web-' } }
    const created = await server.ok('POST', PODS, pod)
    expect(created.metadata.name).toMatch(/^web-[bcdfghjklmnpqrstvwxz2456789]{5}$/)
  })

  it('can be tried', async () => {
    const before = server.revision()
    const tried = await server.ok('POST', `${PODS}?dryRun=All`, newPod(name))
    expect(tried.metadata.uid).toBeDefined()
    expect(server.revision()).toBe(before)
    expect((await server.send('GET', `${PODS}/${name}`)).code).toBe(404)
  })

  it.each([
    ['a name that is taken', PODS, newPod('taken'), 409, 'AlreadyExists', 'pods "taken" already exists'],
    [
      'no such namespace',
      '/api/v1/namespaces/nowhere/pods',
      newPod('a'),
      404,
      'NotFound',
      'namespaces "nowhere" not found',
    ],
    [
      'no name',
      PODS,
      newPod(''),
      422,
      'Invalid',
      'Pod "" is invalid: metadata.name: Required value: name or generateName is required',
    ],
    [
      'another kind',
      PODS,
      { kind: 'Node', metadata: { name: 'a' } },
      400,
      'BadRequest',
      'Node in version "v1" cannot be handled as a Pod: converting (v1.Node) to (core.Pod): unknown conversion',
    ],
    [
      'no containers',
      PODS,
      { metadata: { name: 'a' }, spec: {} },
      422,
      'Invalid',
      'Pod "a" is invalid: spec.containers: Required value',
    ],
    [
      'a revision',
      PODS,
      newPod('a', { resourceVersion: '5' }),
      500,
      undefined,
      'resourceVersion should not be set on objects to be created',
    ],
    [
      'another namespace',
      PODS,
      newPod('a', { namespace: 'other' }),
      400,
      'BadRequest',
      'the namespace of the provided object does not match the namespace sent on the request',
    ],
  ])('refuses %s', async (_, path, body, code, reason, message) => {
    await server.send('POST', PODS, newPod('taken'))
    const reply = await server.send('POST', path, body)
    expect(reply.body).toMatchObject({ kind: 'Status', status: 'Failure', code, message })
    expect([reply.code, reply.body.reason]).toEqual([code, reason])
  })
})

describe('update', () => {
  it('replaces, and refuses a stale revision', async () => {
    const pod = await server.ok('POST', PODS, newPod(name))
    const changed = { ...pod, metadata: { ...pod.metadata, labels: { a: 'b' } } }
    const first = await server.ok('PUT', `${PODS}/${name}`, changed)
    expect(first.metadata).toMatchObject({ labels: { a: 'b' }, uid: pod.metadata.uid, generation: 1 })
    const second = await server.send('PUT', `${PODS}/${name}`, changed)
    expect(second.code).toBe(409)
    expect(second.body).toMatchObject({
      reason: 'Conflict',
      message: `Operation cannot be fulfilled on pods "${name}": the object has been modified; please apply your changes to the latest version and try again`,
      details: { name, kind: 'pods' },
    })
  })

  it('does not write what changes nothing', async () => {
    const set = await server.ok('POST', SETS, newSet(name))
    const before = server.revision()
    await server.ok('PUT', `${SETS}/${name}`, set)
    await server.ok('PATCH', `${SETS}/${name}`, { spec: { suspend: null } }, MERGE)
    await server.ok('PATCH', `${SETS}/${name}`, [], JSON_PATCH)
    expect(server.revision()).toBe(before)
  })

  it('demands a revision of custom resources only', async () => {
    await server.ok('POST', SETS, newSet(name))
    await server.ok('POST', PODS, newPod(name))
    expect((await server.send('PUT', `${SETS}/${name}`, newSet(name))).body.message).toBe(
      `cocoonsets.cocoonset.cocoonstack.io "${name}" is invalid: metadata.resourceVersion: Invalid value: 0: must be specified for an update`,
    )
    const pod = await server.ok('GET', `${PODS}/${name}`)
    const unversioned = { ...pod, metadata: { name, labels: { a: 'b' } } }
    expect((await server.ok('PUT', `${PODS}/${name}`, unversioned)).metadata.labels).toEqual({ a: 'b' })
  })

  it('keeps specification and status apart', async () => {
    await server.ok('POST', SETS, newSet(name))
    const spoiled = { spec: { suspend: true }, status: { phase: 'Running' } }
    const main = await server.ok('PATCH', `${SETS}/${name}`, spoiled, MERGE)
    expect(main).toMatchObject({ metadata: { generation: 2 }, spec: { suspend: true } })
    expect(main.status).toBeUndefined()
    const status = await server.ok(
      'PATCH',
      `${SETS}/${name}/status`,
      { metadata: { labels: { a: 'b' } }, spec: { suspend: false }, status: { phase: 'Suspended' } },
      MERGE,
    )
    expect(status).toMatchObject({ metadata: { generation: 2 }, spec: { suspend: true } })
    expect(status.status).toEqual({ phase: 'Suspended' })
    expect(status.metadata.labels).toBeUndefined()
    const labelled = await server.ok('PATCH', `${SETS}/${name}`, { metadata: { labels: { a: 'b' } } }, MERGE)
    expect(labelled.metadata.generation).toBe(2)
  })

  it('lets the status of a pod carry annotations', async () => {
    await server.ok('POST', PODS, newPod(name))
    const patch = { metadata: { annotations: { a: 'b' } }, status: { phase: 'Running' } }
    const pod = await server.ok('PATCH', `${PODS}/${name}/status`, patch, STRATEGIC)
    expect(pod).toMatchObject({ metadata: { annotations: { a: 'b' } }, status: { phase: 'Running' } })
  })

  it('fills in what a rewritten specification lacks', async () => {
    const spec = { automountServiceAccountToken: false, serviceAccountName: 'default' }
    const pod = await server.ok('POST', PODS, newPod(name, { spec }))
    const rewritten = await server.ok('PUT', `${PODS}/${name}`, newPod(name, { labels: { a: 'b' }, spec }))
    expect(rewritten.spec).toEqual(pod.spec)
    expect(rewritten.metadata).toMatchObject({ labels: { a: 'b' }, generation: 1 })
  })

  it('does not fill in what admission gave a new pod', async () => {
    await server.ok('POST', PODS, newPod(name))
    const rewritten = await server.send('PUT', `${PODS}/${name}`, newPod(name))
    expect(rewritten).toMatchObject({ code: 422, body: { details: { causes: [{ field: 'spec' }] } } })
  })

  it('leaves a pod where it is', async () => {
    await server.ok('POST', PODS, newPod(name))
    const moved = await server.send('PATCH', `${PODS}/${name}`, { spec: { nodeName: 'n' } }, MERGE)
    expect(moved.code).toBe(422)
    const binding = { target: { kind: 'Node', name: 'n' } }
    expect((await server.send('POST', `${PODS}/${name}/binding`, binding)).code).toBe(201)
    const pod = await server.ok('GET', `${PODS}/${name}`)
    expect(pod).toMatchObject({ spec: { nodeName: 'n' }, status: { conditions: [{ type: 'PodScheduled' }] } })
    expect((await server.send('POST', `${PODS}/${name}/binding`, binding)).code).toBe(409)
  })
})

describe('patch', () => {
  it.each([
    ['a failed test', PODS, [{ op: 'test', path: '/metadata/name', value: 'x' }], JSON_PATCH, 422, 'Invalid'],
    ['a path that is not there', PODS, [{ op: 'remove', path: '/spec/no' }], JSON_PATCH, 422, 'Invalid'],
    ['something else than operations', PODS, { op: 'add' }, JSON_PATCH, 400, 'BadRequest'],
    ['broken JSON', PODS, '{', MERGE, 400, 'BadRequest'],
    ['a stale revision', PODS, { metadata: { resourceVersion: '1' } }, MERGE, 409, 'Conflict'],
    ['another uid', PODS, { metadata: { uid: 'other' } }, MERGE, 422, 'Invalid'],
    ['a strategic merge of a CR', SETS, {}, STRATEGIC, 415, 'UnsupportedMediaType'],
    [
      'server-side apply',
      PODS,
      {},
      { 'content-type': 'application/apply-patch+yaml' },
      415,
      'UnsupportedMediaType',
    ],
    ['a patch of no type', PODS, {}, { 'content-type': 'application/json' }, 415, 'UnsupportedMediaType'],
  ])('refuses %s', async (_, path, body, headers, code, reason) => {
    await server.ok('POST', path, path === SETS ? newSet(name) : newPod(name))
    const reply = await server.send('PATCH', `${path}/${name}`, body, headers)
    expect(reply.body).toMatchObject({ kind: 'Status', code, reason })
  })

  it('is refused for its type before its options', async () => {
    const type = { 'content-type': 'application/apply-patch+yaml' }
    const reply = await server.send('PATCH', `${PODS}/${name}?force=true&fieldManager=me`, {}, type)
    expect(reply.code).toBe(415)
  })

  it('applies what its test allows', async () => {
    await server.ok('POST', SETS, newSet(name, { agent: { image: 'a', replicas: 2 } }))
    const fork = [
      { op: 'test', path: '/spec/agent/replicas', value: 2 },
      { op: 'replace', path: '/spec/agent/replicas', value: 5 },
    ]
    const set = await server.ok('PATCH', `${SETS}/${name}`, fork, JSON_PATCH)
    expect(set).toMatchObject({ metadata: { generation: 2 }, spec: { agent: { replicas: 5 } } })
    expect((await server.send('PATCH', `${SETS}/${name}`, fork, JSON_PATCH)).code).toBe(422)
  })
})
