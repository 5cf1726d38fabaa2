import { afterAll, beforeAll, expect, it } from 'vitest'
import type { ApiResponse } from '../../lib/kube/api-response.ts'
import type { Transport } from '../../lib/kube/transport.ts'
import { counted, figure } from '../promises/figure.ts'
import { until } from '../promises/until.ts'
import { startMarkedDashboard } from './support/marked-dashboard.ts'
import type { DataRoute, MarkedDashboard } from './support/marked-dashboard.ts'
import { startMarkedCluster } from './support/marked-cluster.ts'
import type { MarkedCluster } from './support/marked-cluster.ts'
import { marksIn } from './support/marks.ts'
import { openEye } from './support/open-eye.ts'

/** How the reviews go wrong. */
const FAULTS = ['500', 'silence', 'slow', 'cut', 'nonsense'] as const
type Fault = (typeof FAULTS)[number] | null

const TIMEOUT_MS = 250

let cluster: MarkedCluster
let dashboard: MarkedDashboard
let fault: Fault = null

const answer = (status: number, body: object) =>
  ({
    status,
    headers: { 'content-type': 'application/json' },
    json: async () => body,
    lines: async function* () {
      yield Buffer.from(JSON.stringify(body))
    },
    discard() {},
  }) as object as ApiResponse

/** Spoils the access reviews of watchers and nothing else: the dashboard's own watches go on. */
const spoilt = (transport: Transport): Transport => ({
  ...transport,
  async open(request) {
    if (fault === null || !request.path.includes('selfsubjectaccessreviews')) return transport.open(request)
    if (fault === '500') return answer(500, { message: 'the authorizer is broken' })
    if (fault === 'nonsense') return answer(201, { status: { allowed: 'true' } })
    if (fault === 'cut') throw new Error('socket hang up')
    const { signal } = request
    return new Promise((resolve, reject) => {
      if (fault === 'slow')
        setTimeout(() => resolve(answer(201, { status: { allowed: true } })), TIMEOUT_MS * 4)
      signal?.addEventListener('abort', () => reject(signal.reason as Error))
    })
  },
})

beforeAll(async () => {
  cluster = await startMarkedCluster(10)
  dashboard = await startMarkedDashboard(cluster, {
    wrap: spoilt,
    sights: { timeoutMs: TIMEOUT_MS, keptMs: 100 },
    times: { reviewEveryMs: 50, coveredMs: 400, beatEveryMs: 20 },
  })
}, 900_000)
afterAll(async () => {
  await dashboard.close()
  await cluster.close()
})

const ROUTES: DataRoute[] = [
  'GET /api/fleet',
  'GET /api/vms/[namespace]/[name]',
  'GET /api/vms/[namespace]/[name]/logs',
]

it('B7 shows nothing while it is not known what somebody may see, and says so', async () => {
  const started = performance.now()
  const whole = counted(1_000)
  let asked = 0
  let leaks = 0
  const wrong: string[] = []
  for (let request = 0; request < whole; request += 1) {
    fault = FAULTS[request % FAULTS.length] ?? null
    const { name: namespace, pods } = cluster.fleet.namespaces[request % 4] ?? { name: '', pods: [''] }
    const place = { namespace, name: pods[0] ?? '' }
    const route = ROUTES[request % ROUTES.length] ?? 'GET /api/fleet'
    // Every other one was let see everything a moment ago.
    const session = `b7-${request}`
    if (request % 2 === 0) {
      const before = fault
      fault = null
      await dashboard.ask({ kind: 'view-all', session }, 'GET /api/fleet', place)
      fault = before
      await new Promise((resolve) => setTimeout(resolve, 110))
    }
    const { status, text, body } = await dashboard.ask({ kind: 'view-all', session }, route, place)
    asked += 1
    const said = marksIn(JSON.stringify(place))
    if ([...marksIn(text)].some((mark) => !said.has(mark))) leaks += 1
    const { code, detail } = JSON.parse(body) as { code: string; detail: string }
    if (status !== 503 || code !== 'unavailable' || !detail.includes('what you may list')) {
      wrong.push(`${fault} ${route}: ${status} ${body}`)
    }
  }
  fault = null
  figure(
    'B7',
    started,
    `${asked} requests while reviews fail in ${FAULTS.length} ways`,
    `${leaks} leaks`,
    `${wrong.length} without a clear 503`,
  )
  expect([leaks, wrong.slice(0, 3)]).toEqual([0, []])
})

it('B7 holds back an open stream while it is not known, says so, and goes on by itself', async () => {
  const started = performance.now()
  const rounds = counted(100)
  const MERGE = 'application/merge-patch+json'
  let leaks = 0
  let recovered = 0
  for (let round = 0; round < rounds; round += 1) {
    fault = null
    const eye = openEye(
      `${dashboard.url}/api/fleet/stream`,
      dashboard.headersOf({ kind: 'view-all', session: `s${round}` }),
    )
    await until('the stream', () => (eye.counts.snapshot ?? 0) > 0)
    fault = FAULTS[round % FAULTS.length] ?? null
    const notice = () => eye.store.freshness()?.pods.message ?? ''
    await until('the notice', () => notice() !== '' && eye.store.freshness()?.pods.state === 'stale')
    const { name, pods } = cluster.fleet.namespaces[round % 4] ?? { name: '', pods: [''] }
    const mark = cluster.mark()
    const metadata = { annotations: { 'cocoonset.cocoonstack.io/image': `${mark}/new:1` } }
    await cluster.admin.send('PATCH', `/api/v1/namespaces/${name}/pods/${pods[0]}`, { metadata }, MERGE)
    await until('the watch', () =>
      JSON.stringify(dashboard.service.whole.vmNamed(name, pods[0] ?? '')).includes(mark),
    )
    const beats = eye.counts.beat ?? 0
    await until('more beats', () => (eye.counts.beat ?? 0) > beats + 5)
    if (eye.seen().includes(mark)) leaks += 1
    fault = null
    await until('the change', () => eye.rows().includes(mark))
    await until('its freshness', () => eye.store.freshness()?.pods.state === 'live')
    recovered += 1
    eye.close()
  }
  figure(
    'B7',
    started,
    `${rounds} open streams held back`,
    `${leaks} leaks`,
    `${recovered} went on by themselves`,
  )
  expect([leaks, recovered]).toEqual([0, rounds])
})
