import { expect, it } from 'vitest'
import { seededRandom } from '../../demo/random.ts'
import { API, family, startActionBench } from './bench-actions.ts'
import { dispatch, ROUTE_NAMES } from './dispatch.ts'
import { counted, figure, SEED } from './figure.ts'
import { malformed } from './malformed.ts'
import type { RawRequest, WellFormed } from './malformed.ts'
import { growth, megabytes, settledHeap } from './settled-heap.ts'

const uid = 'uid-web-0'
const onVm = (action: string, more: object = {}): WellFormed => ({
  method: 'POST',
  path: `/api/vms/team/web-0/${action}`,
  body: { uid, ...more },
})
const onSet = (action: string, more: object = {}): WellFormed => ({
  method: 'POST',
  path: `/api/sets/team/web/${action}`,
  body: { uid: 'set-web', ...more },
})
const metadata = { namespace: 'team', name: 'web' }
const spec = { agent: { image: 'ubuntu:24.04' } }

/** A request that each route would do, were it not spoilt. */
const REQUESTS: readonly WellFormed[] = [
  { method: 'GET', path: '/api/vms/team/web-0' },
  { method: 'GET', path: '/api/sets/team/web' },
  onVm('hibernate'),
  onVm('wake'),
  onVm('restart'),
  onVm('fork', { count: 1 }),
  onSet('suspend'),
  onSet('resume'),
  onSet('fork', { count: 1 }),
  onSet('scale', { replicas: 1 }),
  onSet('migrate', { node: 'node-b' }),
  { method: 'DELETE', path: `/api/vms/team/web-0?uid=${uid}` },
  { method: 'DELETE', path: '/api/sets/team/web?uid=set-web' },
  { method: 'DELETE', path: '/api/hibernations/team/web-0?uid=x' },
  { method: 'POST', path: '/api/sets', body: { metadata: { ...metadata, name: 'new' }, spec } },
  {
    method: 'PUT',
    path: '/api/sets/team/web',
    body: { metadata: { ...metadata, uid: 'set-web', resourceVersion: '1' }, spec },
  },
  {
    method: 'POST',
    path: '/api/bulk',
    body: { action: 'suspend', targets: [{ ...metadata, uid: 'set-web' }] },
  },
  // Without the key that it needs, it is never well formed.
  { method: 'DELETE', path: '/api/bulk' },
]

function requestOf({ method, path, headers, body }: RawRequest): Request {
  return new Request(`http://localhost${path}`, {
    method,
    headers: { host: 'localhost', ...headers },
    ...(body === undefined ? {} : { body, duplex: 'half' }),
  })
}

/** The heap is looked at after each; what the first part makes once is no leak, what the others add would be. */
const PARTS = 4

it('C6 refuses what is malformed, and nothing comes of it', async () => {
  const started = performance.now()
  const random = seededRandom(SEED)
  const { set, pod } = family('web')
  const bench = await startActionBench([set, pod])
  const { service } = await bench.dashboard()
  const before = bench.server.revision()
  const each = counted(20_000)
  const odd: string[] = []
  const statuses = new Map<number, number>()
  const send = async (request: WellFormed, times: number) => {
    for (let round = 0; round < times; round += 1) {
      const raw = malformed(request, request.method !== 'GET', random)
      const response = await dispatch(service, requestOf(raw))
      const text = await response.text()
      statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1)
      const refused = response.status >= 400 && response.status < 500
      if (!refused)
        odd.push(`${response.status} for ${JSON.stringify(raw).slice(0, 300)}: ${text.slice(0, 200)}`)
    }
  }
  const heaps: number[] = []
  for (let part = 0; part < PARTS; part += 1) {
    for (const request of REQUESTS) await send(request, each / PARTS)
    heaps.push(settledHeap())
  }
  const mutations = bench.server.revision() - before
  // The bench itself can tell a mutation: this one is not malformed.
  await bench.server.ok('DELETE', `${API.sets}/web`)
  expect(bench.server.revision()).toBeGreaterThan(before)
  await bench.close()
  const told = [...statuses].map(([status, times]) => `${times} × ${status}`).join(', ')
  figure(
    'C6',
    started,
    `${each} inputs to each of ${REQUESTS.length} requests of ${ROUTE_NAMES.length} routes`,
    `${odd.length} not refused, ${mutations} mutations`,
    told,
    `heap ${heaps.map(megabytes).join(', ')}`,
    `RSS ${megabytes(process.memoryUsage().rss)}`,
  )
  expect(odd.slice(0, 5)).toEqual([])
  expect(mutations).toBe(0)
  expect(Math.abs(growth(heaps[0] ?? Number.NaN, heaps.at(-1) ?? Number.NaN))).toBeLessThan(5)
})
