import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { MERGE } from '../../../demo/api/testing/test-server.ts'
import { API, family, startActionBench } from '../../../e2e/promises/bench-actions.ts'
import type { ActionBench, Dashboard } from '../../../e2e/promises/bench-actions.ts'
import { dispatch } from '../../../e2e/promises/dispatch.ts'
import { until } from '../../../e2e/promises/until.ts'
import { fieldsOf } from '../../fleet/reader.ts'
import { noSignIn } from '../no-sign-in.ts'
import { bulkLineSchema } from './answer-schemas.ts'

const NAMES = ['dry', 'size', 'move', 'nap'] as const
const CROWD = Array.from({ length: 30 }, (_, at) => `crowd-${at}`)

let bench: ActionBench
let dashboard: Dashboard
beforeAll(async () => {
  const families = [...NAMES, ...CROWD].map((name) => family(name))
  bench = await startActionBench(families.flatMap(({ set, pod }) => [set, pod]))
  dashboard = await bench.dashboard()
})
afterAll(() => bench.close())

const target = (name: string) => ({ namespace: 'team', name, uid: `set-${name}` })
const specOf = async (name: string) => fieldsOf((await bench.server.ok('GET', `${API.sets}/${name}`)).spec)
const linesOf = (text: unknown) =>
  String(text)
    .trim()
    .split('\n')
    .map((line) => bulkLineSchema.parse(JSON.parse(line)))

const send = (body: object, query = '', headers = {}) =>
  dashboard.call('POST', `/api/bulk${query}`, body, headers)

/** Lets nothing of what acts reach the API server before `release`, and counts what waits there. */
function holdRequests() {
  const honest = dashboard.service.transport
  const { promise: released, resolve: release } = Promise.withResolvers<void>()
  const count = { under: 0, most: 0 }
  dashboard.service.access = noSignIn({
    ...honest,
    async open(request) {
      count.under += 1
      count.most = Math.max(count.most, count.under)
      await released
      return honest.open(request).finally(() => (count.under -= 1))
    },
  })
  return { count, release, restore: () => (dashboard.service.access = noSignIn(honest)) }
}

function openBulk(body: object, headers = {}) {
  const request = new Request('http://localhost/api/bulk', {
    method: 'POST',
    headers: { host: 'localhost', 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
  return dispatch(dashboard.service, request)
}

describe('a bulk request', () => {
  it('that is only tried answers line by line what would be, without whole objects, and nothing is', async () => {
    await dashboard.service.trail.settled(5_000)
    const before = bench.server.revision()
    const targets = [target('dry'), { ...target('size'), uid: 'another' }]
    const { body } = await send({ action: 'scale-set', targets, replicas: 3 }, '?dryRun=true&preview=false')
    expect(bench.server.revision()).toBe(before)
    const lines = linesOf(body.text)
    expect(lines).toContainEqual({
      index: 0,
      state: 'done',
      answer: expect.objectContaining({ action: 'scale', dryRun: true, seen: false }) as unknown,
    })
    expect(String(body.text)).not.toContain('preview')
    expect(lines).toContainEqual(expect.objectContaining({ index: 1, state: 'refused' }))
    expect(lines.at(-1)).toEqual({ state: 'finished', done: 1, refused: 1, left: 0 })
  })

  it('scales and moves sets, and asks anew where somebody was quicker', async () => {
    const targets = [
      { ...target('size'), seen: 0 },
      { ...target('dry'), seen: 7 },
    ]
    const scaled = linesOf((await send({ action: 'scale-set', targets, replicas: 2 })).body.text)
    expect(scaled).toContainEqual(expect.objectContaining({ index: 0, state: 'done' }))
    expect(scaled).toContainEqual({
      index: 1,
      state: 'refused',
      problem: expect.objectContaining({ code: 'conflict' }) as unknown,
    })
    expect((await specOf('size')).agent).toMatchObject({ replicas: 2 })
    const moves = { action: 'migrate-set', targets: [{ ...target('move'), seen: '' }], node: 'node-b' }
    expect(linesOf((await send(moves)).body.text).at(-1)).toMatchObject({ done: 1, refused: 0 })
    expect(await specOf('move')).toMatchObject({ nodeName: 'node-b' })
  })

  it('removes requests for sleep', async () => {
    const vm = { namespace: 'team', name: 'nap-0', uid: 'uid-nap-0' }
    await send({ action: 'hibernate', targets: [vm] })
    const path = `${API.hibernations}/nap-0`
    const asked = await bench.server.ok('GET', path)
    await bench.server.ok('PATCH', `${path}/status`, { status: { phase: 'Failed' } }, MERGE)
    const request = { namespace: 'team', name: 'nap-0', uid: asked.metadata.uid }
    const { body } = await send({ action: 'remove-hibernation', targets: [request] })
    expect(linesOf(body.text).at(-1)).toMatchObject({ done: 1, refused: 0 })
  })

  it.each([
    ['an argument that the action lacks', { action: 'scale-set' }, 'replicas'],
    ['an argument that the action does not take', { action: 'suspend', node: 'a' }, 'node'],
    ['a count for what is no fork', { action: 'hibernate', count: 1 }, 'count'],
    [
      'what was seen of another kind',
      { action: 'scale-set', replicas: 1, targets: [{ ...target('dry'), seen: 'x' }] },
      'targets',
    ],
    ['one target twice', { action: 'suspend', targets: [target('dry'), target('dry')] }, 'targets'],
    [
      'too many',
      { action: 'suspend', targets: Array.from({ length: 1_001 }, (_, at) => target(`x${at}`)) },
      'targets',
    ],
  ])('with %s is refused', async (_, body, field) => {
    const answered = await send({ targets: [target('dry')], ...body })
    expect(answered).toMatchObject({ status: 422, body: { code: 'invalid', field } })
  })
})

describe('a long list', () => {
  const crowd = (action: string) => ({ action, targets: CROWD.map(target) })
  let held: ReturnType<typeof holdRequests>
  beforeEach(() => {
    held = holdRequests()
    return () => held.restore()
  })

  it('is worked on eight at a time', async () => {
    const answer = send(crowd('suspend'), '?dryRun=true')
    await until('eight to wait', () => held.count.under === 8)
    held.release()
    expect(linesOf((await answer).body.text).at(-1)).toMatchObject({ done: 30, left: 0 })
  })

  it('stops by its key, and tells what became of each that had begun', async () => {
    const headers = { 'idempotency-key': 'stop-me' }
    const stop = () => dashboard.call('DELETE', '/api/bulk', undefined, headers)
    expect(await stop()).toMatchObject({ status: 404, body: { code: 'not-found' } })
    const answer = send(crowd('suspend'), '', headers)
    await until('eight to wait', () => held.count.under === 8)
    expect((await stop()).status).toBe(204)
    held.release()
    const lines = linesOf((await answer).body.text)
    expect(lines.filter(({ state }) => state === 'done')).toHaveLength(8)
    expect(lines.at(-1)).toEqual({ state: 'finished', done: 8, refused: 0, left: 22 })
    expect((await stop()).status).toBe(404)
    expect(await specOf('crowd-8')).not.toHaveProperty('suspend', true)
  })

  it('stops when its reader hangs up', async () => {
    const response = await openBulk({ action: 'fork-set', count: 1, targets: CROWD.slice(10).map(target) })
    await until('eight to wait', () => held.count.under === 8)
    await response.body?.cancel()
    held.release()
    const forked = async () => {
      const specs = await Promise.all(CROWD.map(specOf))
      return specs.filter(({ agent }) => fieldsOf(agent).replicas === 1).length
    }
    // They end, and no ninth begins.
    await expect.poll(forked).toBe(8)
    await until('all requests to end', () => held.count.under === 0)
    expect(await forked()).toBe(8)
  })
})
