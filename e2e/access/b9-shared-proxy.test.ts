import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { ROUTE_RULES } from '../../lib/access/route-rules.ts'
import { startDashboard } from '../../scripts/dashboard.ts'
import type { RunningDashboard } from '../../scripts/dashboard.ts'
import { counted, figure } from '../promises/figure.ts'
import { startCachingProxy } from './support/caching-proxy.ts'
import { startMarkedCluster } from './support/marked-cluster.ts'
import type { MarkedCluster } from './support/marked-cluster.ts'
import { marksIn } from './support/marks.ts'
import type { WatcherKind } from './support/watchers.ts'

let cluster: MarkedCluster
let dashboard: RunningDashboard
let folder = ''

beforeAll(async () => {
  cluster = await startMarkedCluster(10)
  folder = mkdtempSync(join(tmpdir(), 'cocoon-b9-'))
  const file = join(folder, 'kubeconfig')
  writeFileSync(file, cluster.kubeconfigOf({ token: cluster.dashboardToken }), { mode: 0o600 })
  // A script of one address asks all of it.
  const env = { CLUSTER: 'kube', KUBECONFIG: file, AUTH_MODE: 'token', RATE_LIMIT: '0' }
  dashboard = await startDashboard(env)
}, 900_000)
afterAll(async () => {
  await dashboard.stop()
  await cluster.close()
  rmSync(folder, { recursive: true, force: true })
})

const bearer = (kind: WatcherKind) => ({
  authorization: `Bearer ${cluster.watchers.find((each) => each.kind === kind)?.token}`,
})

it('B9 leaves nothing in a shared proxy that another could be served', async () => {
  const started = performance.now()
  const proxy = await startCachingProxy(dashboard.url)
  const whole = counted(10_000)
  const kinds = ['view-ns', 'list-without-get'] as const
  const own = { 'view-ns': new Set<string>(), 'list-without-get': new Set<string>() }
  const paths = [
    '/api/fleet',
    '/api/session',
    ...cluster.fleet.namespaces
      .slice(0, 4)
      .flatMap(({ name, set, pods }) => [
        `/api/vms/${name}/${pods[0]}`,
        `/api/sets/${name}/${set}`,
        `/api/rights?namespace=${name}`,
      ]),
    // What is nobody's in particular may be kept, and shows that this proxy does keep what it may.
    '/icon.svg',
    '/',
    `/vms/${cluster.fleet.namespaces[0]?.name}/${cluster.fleet.namespaces[0]?.pods[0]}/logs`,
  ]
  // What each is served when asked directly, before any proxy could mix it up.
  const direct = new Map<string, string>()
  for (const kind of kinds) {
    for (const path of paths) {
      const answer = await fetch(`${dashboard.url}${path}`, { headers: bearer(kind) })
      const text = await answer.text()
      direct.set(`${kind} ${path}`, `${answer.status}`)
      for (const mark of marksIn(text)) own[kind].add(mark)
      if (!path.startsWith('/api/')) continue
      expect([path, answer.headers.get('cache-control')]).toEqual([path, expect.stringContaining('no-store')])
      expect([path, answer.headers.get('vary')?.toLowerCase()]).toEqual([
        path,
        expect.stringContaining('cookie'),
      ])
    }
  }
  let crossed = 0
  let asked = 0
  const ask = async (request: number) => {
    const kind = kinds[request % 2] ?? 'view-ns'
    const path = paths[Math.floor(request / 2) % paths.length] ?? '/'
    const answer = await fetch(`${proxy.url}${path}`, { headers: bearer(kind) })
    const text = await answer.text()
    asked += 1
    const said = marksIn(path)
    const foreign = [...marksIn(text)].some((mark) => !own[kind].has(mark) && !said.has(mark))
    if (foreign || direct.get(`${kind} ${path}`) !== `${answer.status}`) crossed += 1
  }
  for (let from = 0; from < whole; from += 8) {
    await Promise.all(Array.from({ length: Math.min(8, whole - from) }, (_, at) => ask(from + at)))
  }
  const { hits, kept } = proxy.counts
  await proxy.close()
  figure(
    'B9',
    started,
    `${asked} requests of two users through one caching proxy`,
    `${kept} answers it could keep, ${hits} served from there`,
    `${crossed} cross-served bodies`,
  )
  expect(own['view-ns'].size).toBeGreaterThan(100)
  expect(hits).toBeGreaterThan(10)
  expect(crossed).toBe(0)
})

const isPage = (pattern: string) =>
  !pattern.startsWith('/api/') && !pattern.startsWith('/_') && !pattern.includes('.')

it('B1 puts nothing of the cluster into a page, as HTML or as Flight, whoever asks for it', async () => {
  const started = performance.now()
  const place = cluster.fleet.namespaces[0]
  if (place === undefined) throw new Error('there is no namespace')
  const patterns = Object.keys(ROUTE_RULES).filter(isPage)
  const requests: Record<string, string>[] = [{}, { rsc: '1' }, { rsc: '1', 'next-router-prefetch': '1' }]
  let answers = 0
  const leaks: string[] = []
  for (const watcher of cluster.watchers) {
    for (const pattern of patterns) {
      const path = pattern.replace('[namespace]', place.name).replace('[name]', place.pods[0])
      for (const headers of requests) {
        const query = 'rsc' in headers ? '?_rsc=1' : ''
        const answer = await fetch(`${dashboard.url}${path}${query}`, {
          headers: { ...headers, ...bearer(watcher.kind) },
        })
        const text = `${JSON.stringify([...answer.headers])}${await answer.text()}`
        answers += 1
        const said = marksIn(path)
        if ([...marksIn(text)].some((mark) => !said.has(mark))) leaks.push(`${watcher.kind} ${path}`)
      }
    }
  }
  figure(
    'B1 pages',
    started,
    `${cluster.watchers.length} users x ${patterns.length} pages as HTML, Flight and prefetch: ${answers} answers`,
    `${leaks.length} leaks`,
  )
  expect(leaks).toEqual([])
})
