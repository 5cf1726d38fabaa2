import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { MERGE } from '../../../demo/api/testing/test-server.ts'
import { API, family, startActionBench } from '../../../e2e/promises/bench-actions.ts'
import type { ActionBench, Dashboard } from '../../../e2e/promises/bench-actions.ts'
import { dispatch } from '../../../e2e/promises/dispatch.ts'
import { fieldsOf } from '../../fleet/reader.ts'
import { noSignIn } from '../no-sign-in.ts'
import { actionAnswerSchema, bulkLineSchema, problemSchema } from './answer-schemas.ts'

const NAMES = ['dry', 'nap', 'copy', 'alone', 'many', 'lots', 'keys', 'gone', 'stop'] as const
const ASLEEP = new Set<string>(['copy'])

let bench: ActionBench
let dashboard: Dashboard
beforeAll(async () => {
  const families = NAMES.map((name) => family(name, {}, ASLEEP.has(name) ? 'asleep' : 'ready'))
  const bare = family('bare').pod
  const { ownerReferences: _, labels: __, ...metadata } = bare.metadata ?? {}
  bench = await startActionBench([
    ...families.flatMap(({ set, pod }) => [set, pod]),
    { ...bare, metadata: { ...metadata, name: 'bare', uid: 'uid-bare' } },
  ])
  dashboard = await bench.dashboard()
})
afterAll(() => bench.close())

const call: Dashboard['call'] = (...request) => dashboard.call(...request)
const setOf = (name: string) => bench.server.ok('GET', `${API.sets}/${name}`)
const replicasOf = async (name: string) => fieldsOf(fieldsOf((await setOf(name)).spec).agent).replicas
const onSet = (name: string, action: string, more: object = {}) =>
  [`/api/sets/team/${name}/${action}`, { uid: `set-${name}`, ...more }] as const

describe('an answer', () => {
  it('is as its schema says, and tells who was written to, how, and by which command', async () => {
    const { status, body } = await call('POST', ...onSet('many', 'fork', { count: 2 }))
    expect(status).toBe(200)
    expect(actionAnswerSchema.parse(body)).toMatchObject({
      action: 'fork',
      dryRun: false,
      seen: true,
      object: { kind: 'CocoonSet', name: 'many', generation: 2 },
      write: { method: 'PATCH', path: `${API.sets}/many` },
      kubectl: expect.stringContaining('kubectl patch cocoonset many') as unknown,
    })
    expect(body).not.toHaveProperty('preview')
  })

  it('of a dry run shows what would be, and nothing is', async () => {
    // Of what was done before, Events may still be on their way.
    await dashboard.service.trail.settled(5_000)
    const before = bench.server.revision()
    const { status, body } = await call('POST', '/api/sets/team/dry/scale?dryRun=true', {
      uid: 'set-dry',
      replicas: 3,
    })
    expect([status, bench.server.revision()]).toEqual([200, before])
    expect(actionAnswerSchema.parse(body)).toMatchObject({
      dryRun: true,
      seen: false,
      preview: {
        before: { spec: { agent: { replicas: 0 } } },
        after: { spec: { agent: { replicas: 3 } } },
      },
    })
    expect(body).not.toHaveProperty('preview.after.metadata.managedFields')
  })

  it.each([
    ['POST', '/api/sets/team/dry/fork', { uid: 'set-dry' }, 422, 'invalid'],
    ['POST', '/api/sets/team/nope/fork', { uid: 'x', count: 1 }, 404, 'not-found'],
    ['POST', '/api/sets/team/dry/dance', { uid: 'x' }, 404, 'not-found'],
    ['POST', '/api/sets/team/dry/resume', { uid: 'set-dry' }, 409, 'not-possible'],
    ['DELETE', '/api/sets/team/dry', undefined, 422, 'invalid'],
    ['DELETE', '/api/vms/team/dry-0?uid=uid-dry-0', undefined, 409, 'not-possible'],
    ['GET', '/api/sets/team/nope', undefined, 404, 'not-found'],
  ])('to %s %s %j is a problem: %i %s', async (method, path, sent, status, code) => {
    const answered = await call(method, path, sent)
    expect(answered.status).toBe(status)
    expect(problemSchema.parse(answered.body)).toMatchObject({ status, code })
  })
})

describe('a VM', () => {
  it('is asked to sleep, to wake, and its request goes', async () => {
    const vm = { uid: 'uid-nap-0' }
    expect((await call('POST', '/api/vms/team/nap-0/hibernate', vm)).status).toBe(200)
    const request = await bench.server.ok('GET', `${API.hibernations}/nap-0`)
    await bench.server.ok(
      'PATCH',
      `${API.hibernations}/nap-0/status`,
      { status: { phase: 'Hibernating' } },
      MERGE,
    )
    const woken = await call('POST', '/api/vms/team/nap-0/wake', vm)
    expect(woken).toMatchObject({
      status: 200,
      body: { object: { kind: 'CocoonHibernation', generation: 2 } },
    })
    const removed = await call('DELETE', `/api/hibernations/team/nap-0?uid=${request.metadata.uid}`)
    expect(removed).toMatchObject({ status: 200, body: { action: 'remove-hibernation', seen: true } })
    const again = await call('DELETE', `/api/hibernations/team/nap-0?uid=${request.metadata.uid}`)
    expect(again).toMatchObject({
      status: 409,
      body: { code: 'deleted', conflict: { who: 'cocoon-dashboard' } },
    })
  })

  it('that sleeps becomes a set of its own', async () => {
    const intoSet = { name: 'twin', replicas: 1 }
    const { status, body } = await call('POST', '/api/vms/team/copy-0/fork', { uid: 'uid-copy-0', intoSet })
    expect([status, body.action]).toEqual([200, 'fork-into-set'])
    expect(await setOf('twin')).toMatchObject({
      spec: { agent: { image: 'vk-team-copy-0:hibernate', mode: 'clone', replicas: 1 } },
    })
  })

  it('becomes a pod of no set where the cluster lets it', async () => {
    const sent = { uid: 'uid-alone-0', pod: { name: 'spare' } }
    const { status } = await call('POST', '/api/vms/team/alone-0/fork', sent)
    expect(status).toBe(200)
    expect(await bench.server.ok('GET', `${API.pods}/spare`)).toMatchObject({
      metadata: { annotations: { 'vm.cocoonstack.io/fork-from': 'vk-team-alone-0' } },
    })
    expect(await call('POST', '/api/vms/team/alone-0/fork', sent)).toMatchObject({
      status: 409,
      body: { code: 'already-exists' },
    })
  })

  it('of no set is deleted for good', async () => {
    expect(await call('DELETE', '/api/vms/team/bare?uid=uid-bare')).toMatchObject({
      status: 200,
      body: { action: 'delete-vm', seen: true },
    })
  })
})

describe('a key', () => {
  it('has one effect, and is of one request', async () => {
    const send = (count: number) =>
      call('POST', ...onSet('keys', 'fork', { count }), { 'idempotency-key': 'k1' })
    const [first, twin] = await Promise.all([send(1), send(1)])
    expect([first.status, twin, await replicasOf('keys')]).toEqual([200, first, 1])
    expect(await send(2)).toMatchObject({ status: 422, body: { code: 'idempotency-key-reused' } })
    expect(await replicasOf('keys')).toBe(1)
  })
})

describe('a key of a dry run', () => {
  it('is kept for nothing: the cluster is tried anew each time, and the request itself may bear it', async () => {
    const fork = (query: string, count: number) => {
      const [path, body] = onSet('dry', 'fork', { count })
      return call('POST', `${path}${query}`, body, { 'idempotency-key': 'trial' })
    }
    const tried = [await fork('?dryRun=true', 1), await fork('?dryRun=true', 2)]
    expect(tried.map(({ status }) => status)).toEqual([200, 200])
    expect(await fork('', 1)).toMatchObject({ status: 200, body: { dryRun: false } })
    expect(await replicasOf('dry')).toBe(1)
  })
})

describe('many at once', () => {
  const target = (name: string) => ({ namespace: 'team', name, uid: `set-${name}` })
  const linesOf = (text: unknown) =>
    String(text)
      .trim()
      .split('\n')
      .map((line) => bulkLineSchema.parse(JSON.parse(line)))

  it('are answered line by line, each with its own outcome', async () => {
    const targets = [target('lots'), target('nope'), target('gone')]
    const { status, body } = await call('POST', '/api/bulk', { action: 'fork-set', targets, count: 2 })
    expect(status).toBe(200)
    const lines = linesOf(body.text)
    expect(lines.filter(({ state }) => state === 'started')).toHaveLength(3)
    expect(lines).toContainEqual(expect.objectContaining({ index: 0, state: 'done' }))
    expect(lines).toContainEqual(
      expect.objectContaining({
        index: 1,
        state: 'refused',
        problem: expect.objectContaining({ code: 'not-found' }) as unknown,
      }),
    )
    expect(lines.at(-1)).toEqual({ state: 'finished', done: 2, refused: 1, left: 0 })
    expect(await replicasOf('lots')).toBe(2)
  })

  it('are done once, however often the list is sent with its key', async () => {
    const sent = { action: 'fork-set', targets: [target('lots')], count: 1 }
    const send = () => call('POST', '/api/bulk', sent, { 'idempotency-key': 'bulk' })
    const [first, again] = [await send(), await send()]
    expect(linesOf(again.body.text)).toEqual(linesOf(first.body.text))
    expect(await replicasOf('lots')).toBe(3)
  })

  it('stop when nobody listens any more', async () => {
    const gone = new AbortController()
    const { promise: reached, resolve: reach } = Promise.withResolvers<void>()
    const { promise: held, resolve: release } = Promise.withResolvers<void>()
    const honest = dashboard.service.transport
    dashboard.service.access = noSignIn({
      ...honest,
      async open(request) {
        reach()
        await held
        return honest.open(request)
      },
    })
    const targets = Array.from({ length: 50 }, (_, at) => ({
      ...target('stop'),
      name: `stop-${at}`,
      uid: `u${at}`,
    }))
    const response = await dispatch(
      dashboard.service,
      new Request('http://localhost/api/bulk', {
        method: 'POST',
        headers: { host: 'localhost', 'content-type': 'application/json' },
        body: JSON.stringify({ action: 'suspend', targets }),
        signal: gone.signal,
      }),
    )
    await reached
    gone.abort()
    release()
    const lines = linesOf(await response.text())
    dashboard.service.access = noSignIn(honest)
    // Those of the first turn, and no more.
    expect(lines.filter(({ state }) => state === 'started')).toHaveLength(8)
    expect(lines.at(-1)).toEqual({ state: 'finished', done: 0, refused: 8, left: 42 })
  })
})
