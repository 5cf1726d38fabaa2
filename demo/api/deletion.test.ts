import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { KubeJson } from './json.ts'
import type { TestServer } from './testing/test-server.ts'
import { MERGE, PODS, SETS, newPod, newSet, startTestServer } from './testing/test-server.ts'

let server: TestServer
beforeEach(async () => {
  server = await startTestServer()
})
afterEach(() => server.close())

const CONFIGS = '/api/v1/namespaces/default/configmaps'
const gone = async (path: string) => (await server.send('GET', path)).code === 404
const ownedBy = (owner: KubeJson, blockOwnerDeletion = false) => [
  {
    apiVersion: owner.apiVersion,
    kind: owner.kind,
    name: owner.metadata.name,
    uid: owner.metadata.uid,
    blockOwnerDeletion,
  },
]
const config = (name: string, metadata: Record<string, unknown> = {}) => ({ metadata: { name, ...metadata } })

describe('a pod', () => {
  const onNode = { spec: { nodeName: 'n', containers: [{ name: 'c', image: 'i' }] } }

  it('without a node goes at once, and is answered', async () => {
    await server.ok('POST', PODS, newPod('a'))
    expect(await server.ok('DELETE', `${PODS}/a`)).toMatchObject({ kind: 'Pod', metadata: { name: 'a' } })
    expect(await gone(`${PODS}/a`)).toBe(true)
  })

  it('on a node stays until its kubelet deletes it with grace 0', async () => {
    await server.ok('POST', PODS, newPod('a', onNode))
    const marked = await server.ok('DELETE', `${PODS}/a`)
    expect(marked.metadata).toMatchObject({
      deletionTimestamp: '2026-01-01T00:00:30Z',
      deletionGracePeriodSeconds: 30,
    })
    const again = await server.ok('DELETE', `${PODS}/a`)
    expect(again.metadata.resourceVersion).toBe(marked.metadata.resourceVersion)
    const shorter = await server.ok('DELETE', `${PODS}/a`, { gracePeriodSeconds: 5 })
    expect(shorter.metadata.deletionGracePeriodSeconds).toBe(5)
    await server.ok('DELETE', `${PODS}/a`, { gracePeriodSeconds: 0 })
    expect(await gone(`${PODS}/a`)).toBe(true)
  })

  it('that has failed needs no kubelet', async () => {
    await server.ok('POST', PODS, newPod('a', onNode))
    await server.ok('PATCH', `${PODS}/a/status`, { status: { phase: 'Failed' } }, MERGE)
    await server.ok('DELETE', `${PODS}/a`)
    expect(await gone(`${PODS}/a`)).toBe(true)
  })

  it('with a finalizer waits for it even at grace 0', async () => {
    await server.ok('POST', PODS, newPod('a', { finalizers: ['x/y'] }))
    await server.ok('DELETE', `${PODS}/a`, { gracePeriodSeconds: 0 })
    const added = await server.send('PATCH', `${PODS}/a`, { metadata: { finalizers: ['x/y', 'z/w'] } }, MERGE)
    expect(added.body.message).toContain('no new finalizers can be added if the object is being deleted')
    await server.ok('PATCH', `${PODS}/a`, { metadata: { finalizers: null } }, MERGE)
    expect(await gone(`${PODS}/a`)).toBe(true)
  })
})

describe('preconditions', () => {
  it.each([
    ['uid', { uid: 'other' }, 'the UID in the precondition (other) does not match the UID in record'],
    [
      'resourceVersion',
      { resourceVersion: '3' },
      'the ResourceVersion in the precondition (3) does not match the ResourceVersion in record',
    ],
  ])('hold a deletion to the %s', async (_, preconditions, message) => {
    await server.ok('POST', SETS, newSet('a'))
    const reply = await server.send('DELETE', `${SETS}/a`, { preconditions })
    expect(reply.body).toMatchObject({ code: 409, reason: 'Conflict' })
    expect(reply.body.message).toContain(message)
  })

  it('that hold let it go, with a Status of what went', async () => {
    const { metadata } = await server.ok('POST', SETS, newSet('a'))
    const status = await server.ok('DELETE', `${SETS}/a`, { preconditions: { uid: metadata.uid } })
    expect(status).toMatchObject({
      kind: 'Status',
      status: 'Success',
      details: { name: 'a', group: 'cocoonset.cocoonstack.io', kind: 'cocoonsets', uid: metadata.uid },
    })
  })
})

it('waits for finalizers of a custom resource', async () => {
  await server.ok('POST', SETS, { ...newSet('a'), metadata: { name: 'a', finalizers: ['x/y'] } })
  const marked = await server.ok('DELETE', `${SETS}/a`)
  expect(marked.metadata).toMatchObject({ deletionTimestamp: '2026-01-01T00:00:00Z', generation: 2 })
  await server.ok('PATCH', `${SETS}/a`, { metadata: { finalizers: [] } }, MERGE)
  expect(await gone(`${SETS}/a`)).toBe(true)
})

it('deletes the part of a collection that is selected', async () => {
  for (const name of ['a', 'b', 'c']) {
    await server.ok('POST', CONFIGS, config(name, { labels: { keep: name === 'b' ? 'yes' : 'no' } }))
  }
  const before = server.revision()
  await server.ok('DELETE', `${CONFIGS}?labelSelector=keep%3Dno&dryRun=All`)
  expect(server.revision()).toBe(before)
  await server.ok('DELETE', `${CONFIGS}?labelSelector=keep%3Dno`)
  const left = await server.ok('GET', CONFIGS)
  expect(left.items).toMatchObject([{ metadata: { name: 'b' } }, { metadata: { name: 'kube-root-ca.crt' } }])
})

describe('dependents', () => {
  it('follow their owner in the background', async () => {
    const owner = await server.ok('POST', SETS, newSet('owner'))
    await server.ok('POST', PODS, newPod('a', { ownerReferences: ownedBy(owner) }))
    await server.ok('DELETE', `${SETS}/owner`)
    expect(await gone(`${PODS}/a`)).toBe(false)
    await server.clock.advance(1)
    expect(await gone(`${PODS}/a`)).toBe(true)
  })

  it('go first in the foreground', async () => {
    const owner = await server.ok('POST', SETS, newSet('owner'))
    const metadata = { ownerReferences: ownedBy(owner, true), finalizers: ['x/y'] }
    await server.ok('POST', CONFIGS, config('a', metadata))
    const marked = await server.ok('DELETE', `${SETS}/owner`, { propagationPolicy: 'Foreground' })
    expect(marked.metadata.finalizers).toEqual(['foregroundDeletion'])
    await server.clock.advance(1)
    expect(await gone(`${SETS}/owner`)).toBe(false)
    expect((await server.ok('GET', `${CONFIGS}/a`)).metadata.deletionTimestamp).toBeDefined()
    // The dependent has none of its own: only the finalizer that is not the server's is left to wait for.
    await server.clock.advance(1)
    await server.ok('PATCH', `${CONFIGS}/a`, { metadata: { finalizers: null } }, MERGE)
    await server.clock.advance(1)
    expect(await gone(`${CONFIGS}/a`)).toBe(true)
    expect(await gone(`${SETS}/owner`)).toBe(true)
  })

  it('are set free when orphaned', async () => {
    const owner = await server.ok('POST', SETS, newSet('owner'))
    await server.ok('POST', CONFIGS, config('a', { ownerReferences: ownedBy(owner) }))
    await server.ok('DELETE', `${SETS}/owner?propagationPolicy=Orphan`)
    await server.clock.advance(1)
    expect(await gone(`${SETS}/owner`)).toBe(true)
    expect((await server.ok('GET', `${CONFIGS}/a`)).metadata.ownerReferences).toBeUndefined()
  })

  it('stay while another owner does, and when the kind of their owner is not known here', async () => {
    const [one, two] = [
      await server.ok('POST', SETS, newSet('one')),
      await server.ok('POST', SETS, newSet('two')),
    ]
    await server.ok('POST', CONFIGS, config('a', { ownerReferences: [...ownedBy(one), ...ownedBy(two)] }))
    const unknown = { apiVersion: 'example.com/v1', kind: 'Unknown', name: 'u', uid: 'u' }
    await server.ok('POST', CONFIGS, config('b', { ownerReferences: [unknown] }))
    await server.ok('DELETE', `${SETS}/one`)
    await server.clock.advance(1)
    expect((await server.ok('GET', `${CONFIGS}/a`)).metadata.ownerReferences).toMatchObject([{ name: 'two' }])
    expect(await gone(`${CONFIGS}/b`)).toBe(false)
  })

  it('of an owner that never was are collected', async () => {
    const ghost = { apiVersion: 'v1', kind: 'Pod', name: 'ghost', uid: 'ghost' }
    await server.ok('POST', CONFIGS, config('a', { ownerReferences: [ghost] }))
    await server.clock.advance(1)
    expect(await gone(`${CONFIGS}/a`)).toBe(true)
  })
})

describe('a namespace', () => {
  it('that no cluster is without stays', async () => {
    const reply = await server.send('DELETE', '/api/v1/namespaces/default')
    const message = 'namespaces "default" is forbidden: this namespace may not be deleted'
    expect(reply.body).toMatchObject({ code: 403, message })
  })

  it('ends when it is empty, and takes nothing new meanwhile', async () => {
    await server.ok('POST', '/api/v1/namespaces', { metadata: { name: 'n' } })
    const inside = '/api/v1/namespaces/n/configmaps'
    await server.ok('POST', inside, config('a'))
    await server.ok('POST', inside, config('held', { finalizers: ['x/y'] }))
    expect(await server.ok('DELETE', '/api/v1/namespaces/n')).toMatchObject({
      status: { phase: 'Terminating' },
    })
    expect((await server.send('POST', inside, config('new'))).body.message).toContain(
      'unable to create new content in namespace n because it is being terminated',
    )
    await server.clock.advance(1)
    expect(await gone(`${inside}/a`)).toBe(true)
    await server.ok('PATCH', `${inside}/held`, { metadata: { finalizers: null } }, MERGE)
    await server.clock.advance(1)
    expect(await gone('/api/v1/namespaces/n')).toBe(true)
  })
})

it('takes the objects of a CRD with it', async () => {
  await server.ok('POST', SETS, newSet('a'))
  await server.ok(
    'DELETE',
    '/apis/apiextensions.k8s.io/v1/customresourcedefinitions/cocoonsets.cocoonset.cocoonstack.io',
  )
  const reply = await server.send('GET', SETS)
  expect([reply.code, reply.text]).toEqual([404, '404 page not found\n'])
})
