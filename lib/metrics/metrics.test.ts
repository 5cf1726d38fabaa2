import { afterAll, beforeAll, expect, it } from 'vitest'
import { family, startActionBench } from '../../e2e/promises/bench-actions.ts'
import type { ActionBench } from '../../e2e/promises/bench-actions.ts'
import { createConsoles } from '../console/consoles.ts'
import type { Consoles } from '../console/consoles.ts'
import { consoleSettings } from '../console/settings.ts'
import { createOpenStreams } from '../kube/open-streams.ts'
import { readEnvironment } from '../process/environment.ts'
import { createLogger } from '../process/logger.ts'
import { createMetrics } from './metrics.ts'
import type { Metrics } from './metrics.ts'
import { serveMetrics } from './serve-metrics.ts'
import type { MetricsServer } from './serve-metrics.ts'

const CANARY = 'canary-team'
let bench: ActionBench
let consoles: Consoles
let metrics: Metrics
let server: MetricsServer
const streams = createOpenStreams(5)

beforeAll(async () => {
  const { set, pod } = family(CANARY)
  bench = await startActionBench([set, pod])
  const { service } = await bench.dashboard()
  const settings = consoleSettings(readEnvironment({}), null)
  consoles = createConsoles({ service, logger: createLogger('silent'), settings })
  metrics = createMetrics({ service, consoles, streams })
  server = await serveMetrics(metrics, { host: '127.0.0.1', port: 0 })
})
afterAll(async () => {
  await server.close()
  await consoles.close()
  await bench.close()
})

/** The value of one sample, whose labels stand in the order in which it declares them. */
async function sample(name: string): Promise<number | undefined> {
  const line = (await metrics.text()).split('\n').find((each) => each.startsWith(`${name} `))
  return line === undefined ? undefined : Number(line.slice(name.length))
}

it('tells what the watches did', async () => {
  expect(await sample('cocoon_watch_lists_total{resource="pods"}')).toBe(1)
  expect(await sample('cocoon_watch_state{resource="pods",state="live"}')).toBe(1)
  expect(await sample('cocoon_watch_divergences_total{resource="nodes"}')).toBe(0)
  expect(await sample('cocoon_watch_staleness_seconds{resource="pods"}')).toBeGreaterThanOrEqual(0)
})

it('counts what does not grow by what is asked of it: twice read is the same', async () => {
  const first = await sample('cocoon_watch_starts_total{resource="pods"}')
  expect(first).toBeGreaterThan(0)
  expect(await sample('cocoon_watch_starts_total{resource="pods"}')).toBe(first)
})

it('counts requests by route, method and status', async () => {
  metrics.answered('/api/fleet', 'GET', 200)
  metrics.answered('/api/fleet', 'GET', 200)
  metrics.answered('other', 'BREW', 405)
  expect(await sample('cocoon_http_requests_total{route="/api/fleet",method="GET",status="200"}')).toBe(2)
  expect(await sample('cocoon_http_requests_total{route="other",method="other",status="405"}')).toBe(1)
})

it('counts streams and what they sent', async () => {
  const leave = streams.enter('somebody')
  metrics.sent('snapshot', 1_000)
  metrics.sent('snapshot', 200)
  metrics.sent('delta', 5)
  expect(await sample('cocoon_streams_open')).toBe(1)
  leave?.()
  expect(await sample('cocoon_streams_open')).toBe(0)
  expect(await sample('cocoon_stream_bytes_total{event="snapshot"}')).toBe(1_200)
  expect(await sample('cocoon_stream_bytes_total{event="delta"}')).toBe(5)
})

it('has consoles, screens and the process in it', async () => {
  expect(await sample('cocoon_consoles_open{kind="vnc"}')).toBe(0)
  expect(await sample('cocoon_consoles_open{kind="exec"}')).toBe(0)
  expect(await sample('cocoon_screen_pictures_total{result="taken"}')).toBe(0)
  expect(await sample('cocoon_screens_kept')).toBe(0)
  expect(await sample('cocoon_views')).toBe(1)
  expect(await sample('process_resident_memory_bytes')).toBeGreaterThan(0)
})

it('names no object', async () => {
  expect(bench.server.revision()).toBeGreaterThan(0)
  expect(await metrics.text()).not.toContain(CANARY)
})

it.each([
  ['/metrics', 'GET', 200],
  ['/metrics?x=1', 'GET', 200],
  ['/metrics', 'POST', 405],
  ['/', 'GET', 404],
  ['/metrics/', 'GET', 404],
  ['/api/fleet', 'GET', 404],
])('%s %s is answered %d at its own port', async (path, method, status) => {
  const answer = await fetch(new URL(path, server.url), { method })
  expect(answer.status).toBe(status)
  if (status !== 200) return
  expect(answer.headers.get('content-type')).toContain('text/plain; version=0.0.4')
  expect(await answer.text()).toContain('# TYPE cocoon_http_requests_total counter')
})

it('says which variables to look at when it cannot listen', async () => {
  const port = Number(new URL(server.url).port)
  await expect(serveMetrics(metrics, { host: '127.0.0.1', port })).rejects.toThrow('METRICS_PORT')
})
