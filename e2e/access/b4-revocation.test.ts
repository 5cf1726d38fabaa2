import { afterAll, beforeAll, expect, it } from 'vitest'
import { counted, figure, percentile, seconds } from '../promises/figure.ts'
import { until } from '../promises/until.ts'
import { startMarkedDashboard } from './support/marked-dashboard.ts'
import type { MarkedDashboard } from './support/marked-dashboard.ts'
import { startMarkedCluster } from './support/marked-cluster.ts'
import type { MarkedCluster } from './support/marked-cluster.ts'
import { openEye } from './support/open-eye.ts'
import { grant, revoke } from './support/rbac.ts'
import { subjectOf, viewOf } from './support/watchers.ts'

/** A hundredth of what a dashboard does: reviews every 200 ms instead of 20 s, of answers that are kept for 300 ms. */
const TIMES = { reviewEveryMs: 200, coveredMs: 300, beatEveryMs: 50 }
const KEPT_MS = 300

let cluster: MarkedCluster
let dashboard: MarkedDashboard
const NOBODY = { kind: 'none' } as const

beforeAll(async () => {
  cluster = await startMarkedCluster(10)
  dashboard = await startMarkedDashboard(cluster, { times: TIMES, sights: { keptMs: KEPT_MS } })
}, 900_000)
afterAll(async () => {
  await dashboard.close()
  await cluster.close()
})

const MERGE = 'application/merge-patch+json'

/** Changes a pod all the time, each time with another mark, until it is stopped. */
function keepChanging(namespace: string, pod: string) {
  const marks: string[] = []
  const stop = new AbortController()
  const running = (async () => {
    while (!stop.signal.aborted) {
      const mark = cluster.mark()
      const metadata = { annotations: { 'cocoonset.cocoonstack.io/image': `${mark}/new:1` } }
      await cluster.admin.send('PATCH', `/api/v1/namespaces/${namespace}/pods/${pod}`, { metadata }, MERGE)
      marks.push(mark)
    }
  })()
  return {
    marks,
    async stop() {
      stop.abort()
      await running
    },
  }
}

it('B4 B5 shows what is granted and hides what is taken on a stream that stays open', async () => {
  const started = performance.now()
  const rounds = counted(100)
  const appeared: number[] = []
  const vanished: number[] = []
  let leaks = 0
  for (let round = 0; round < rounds; round += 1) {
    const place = cluster.fleet.namespaces[round % cluster.fleet.namespaces.length]
    if (place === undefined) throw new Error('there is no namespace')
    const eye = openEye(
      `${dashboard.url}/api/fleet/stream`,
      dashboard.headersOf({ ...NOBODY, session: `b4-${round}` }),
    )
    await until('the stream', () => (eye.counts.snapshot ?? 0) > 0)
    expect(eye.rows()).not.toContain(place.set)
    const name = `b4-${round}`
    const granted = performance.now()
    await grant(cluster.admin, name, subjectOf('none'), viewOf(place.name))
    await until('what was granted', () => eye.rows().includes(place.set))
    appeared.push(performance.now() - granted)
    const change = keepChanging(place.name, place.pods[0])
    await until('changes', () => change.marks.some((mark) => eye.seen().includes(mark)))
    const revoked = performance.now()
    await revoke(cluster.admin, name, place.name)
    await until('what was taken', () => !eye.rows().includes(place.set))
    vanished.push(performance.now() - revoked)
    // What happens from here on is nothing of theirs any more.
    const before = eye.seen().length
    const from = change.marks.length
    await until('more changes', () => change.marks.length > from + 20)
    await change.stop()
    const later = eye.seen().slice(before)
    if (/mark\d{5}/.test(later)) leaks += 1
    eye.close()
  }
  const told = (lags: readonly number[]) =>
    `p50 ${seconds(percentile(lags, 0.5))}, longest ${seconds(Math.max(...lags))}`
  figure(
    'B4 B5',
    started,
    `${rounds} RoleBindings given and taken under an open stream, with reviews a hundred times as often`,
    `shown after ${told(appeared)}`,
    `hidden after ${told(vanished)}`,
    `${leaks} streams with a byte of data afterwards`,
  )
  expect(leaks).toBe(0)
})

it('B4 ends a stream with the session that it belongs to, at once', async () => {
  const started = performance.now()
  const rounds = counted(100)
  let ended = 0
  for (let round = 0; round < rounds; round += 1) {
    const session = `ends-${round}`
    const headers = dashboard.headersOf({ kind: 'admin', session })
    const eye = openEye(`${dashboard.url}/api/fleet/stream`, headers)
    const other = openEye(
      `${dashboard.url}/api/fleet/stream`,
      dashboard.headersOf({ kind: 'admin', session: 'stays' }),
    )
    await until('the streams', () => [eye, other].every(({ counts }) => (counts.snapshot ?? 0) > 0))
    dashboard.endSession(session)
    await until('its end', () => eye.ended() !== null)
    const again = await fetch(`${dashboard.url}/api/fleet/stream`, { headers })
    await again.body?.cancel()
    if (again.status === 401 && other.ended() === null) ended += 1
    other.close()
  }
  figure(
    'B4',
    started,
    `${rounds} sessions ended under an open stream`,
    `${ended} closed at once and refused after that`,
  )
  expect(ended).toBe(rounds)
})

it('B4 ends a stream whose token the API server takes no more', async () => {
  const started = performance.now()
  const eye = openEye(`${dashboard.url}/api/fleet/stream`, dashboard.headersOf({ kind: 'service-account' }))
  await until('the stream', () => (eye.counts.snapshot ?? 0) > 0)
  await cluster.admin.send('DELETE', '/api/v1/namespaces/crew/serviceaccounts/service-account')
  // A real API server remembers for ten seconds that a token was good.
  await until('its end', () => eye.ended() !== null, 60_000)
  const again = await fetch(`${dashboard.url}/api/fleet/stream`, {
    headers: dashboard.headersOf({ kind: 'service-account' }),
  })
  figure(
    'B4',
    started,
    'a token revoked under an open stream',
    `the stream ended, and the next is answered ${again.status}`,
  )
  expect(again.status).toBe(401)
})
