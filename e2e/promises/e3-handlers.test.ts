import { afterAll, beforeAll, expect, it } from 'vitest'
import { TOKEN } from '../../demo/api/testing/test-server.ts'
import { methodsOf, needOf } from '../../lib/access/route-rules.ts'
import type { RoutePattern } from '../../lib/access/route-rules.ts'
import { PAGE_MARK } from '../../lib/fleet/page-mark.ts'
import { CANARY, SECRET, startSurfaceBench } from './bench-surface.ts'
import type { Asked, SurfaceBench } from './bench-surface.ts'
import { builtRoutes, pathOf } from './built-routes.ts'
import { FULL, figure } from './figure.ts'

const AGENT = `${CANARY}-0`
const UIDS = { set: `set-${CANARY}`, agent: `uid-${AGENT}` }
let bench: SurfaceBench

beforeAll(async () => {
  bench = await startSurfaceBench({ AUTH_MODE: 'token', SESSION_SECRET: 'x'.repeat(64) })
}, 300_000)
afterAll(() => bench.close())

/** The ways round a guard that Next has had (promises 1.1), for one path. */
const VARIANTS: Record<string, (path: string) => Asked> = {
  plain: (path) => ({ path }),
  '.rsc': (path) => ({ path: `${path}.rsc` }),
  'RSC header': (path) => ({ path, headers: { rsc: '1' } }),
  _rsc: (path) => ({ path: `${path}?_rsc=1a2b3`, headers: { rsc: '1' } }),
  prefetch: (path) => ({ path: `${path}?_rsc=1a2b3`, headers: { rsc: '1', 'next-router-prefetch': '1' } }),
  'segment prefetch': (path) => ({
    path: `${path}?_rsc=1a2b3`,
    headers: { rsc: '1', 'next-router-prefetch': '1', 'next-router-segment-prefetch': '/_tree' },
  }),
  'segment file': (path) => ({ path: `${path}.segments/_tree.segment.rsc` }),
  'page segment': (path) => ({ path: `${path}.segments/__PAGE__.segment.rsc`, headers: { rsc: '1' } }),
  data: (path) => ({ path: `/_next/data/build${path}.json`, headers: { 'x-nextjs-data': '1' } }),
  locale: (path) => ({ path: `/en${path}` }),
  encoded: (path) => ({ path: path.replace(/[a-z]/g, (c) => `%${c.charCodeAt(0).toString(16)}`) }),
  'half encoded': (path) => ({
    path: path.replace(/^\/(.)/, (_, c: string) => `/%${c.charCodeAt(0).toString(16)}`),
  }),
  'two slashes': (path) => ({ path: `/${path}` }),
  'slashes within': (path) => ({ path: path.replaceAll('/', '//') }),
  'slash behind': (path) => ({ path: `${path}/` }),
  backslash: (path) => ({ path: path.replace(/^\//, '/\\') }),
  dots: (path) => ({ path: `/healthz/..${path}` }),
  'encoded dots': (path) => ({ path: `/healthz/%2e%2e${path}` }),
  semicolon: (path) => ({ path: `${path};x=1` }),
  'upper case': (path) => ({ path: path.toUpperCase() }),
  parameters: (path) => ({
    path: `${path}?nxtPnamespace=team&nxtPname=${AGENT}&namespace=team&name=${AGENT}`,
  }),
  'middleware skipped': (path) => ({
    path,
    headers: {
      'x-middleware-subrequest': 'middleware:middleware:middleware:middleware:middleware',
      'x-middleware-next': '1',
    },
  }),
  'matched elsewhere': (path) => ({
    path: '/healthz',
    headers: { 'x-matched-path': path, 'x-invoke-path': path, 'x-rewrite-url': path, 'x-original-url': path },
  }),
  'forged peer': (path) => ({
    path,
    headers: {
      'x-cocoon-peer': '127.0.0.1',
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-user': 'admin',
      x_forwarded_user: 'admin',
      'impersonate-user': 'admin',
      'x-remote-user': 'admin',
    },
  }),
  'no session': (path) => ({
    path,
    headers: {
      cookie: 'cocoon-session=a; __Host-cocoon=Fe26.2*1*a*b*c*d*e*f',
      [PAGE_MARK.name]: PAGE_MARK.value,
    },
  }),
  'no token': (path) => ({ path, headers: { authorization: 'Bearer nobody' } }),
  'empty token': (path) => ({ path, headers: { authorization: 'Bearer ' } }),
  'other scheme': (path) => ({ path, headers: { authorization: `Basic ${btoa(`admin:${TOKEN}`)}` } }),
}

const METHODS = ['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE']

const placeOf = (route: string) => ({
  namespace: 'team',
  name: route.includes('/sets/') ? CANARY : AGENT,
  action: route.includes('/sets/') ? 'suspend' : 'hibernate',
})

/** The query and body with which the route would answer whoever may. */
function question(route: string): { query: string; body: string } {
  const uid = route.includes('/sets/') ? UIDS.set : UIDS.agent
  const bulk = { action: 'suspend', targets: [{ namespace: 'team', name: CANARY, uid: UIDS.set }] }
  const query = `uid=${uid}&width=160&namespace=team`
  return { query, body: JSON.stringify(route === '/api/bulk' ? bulk : { uid, kind: 'exec' }) }
}

it('E3 tells nothing of the cluster to whoever is not signed in, whichever way they ask', async () => {
  const started = performance.now()
  const routes = builtRoutes()
  const leaks: string[] = []
  const open: string[] = []
  const broken: string[] = []
  let asked = 0
  let bytes = 0
  const before = bench.cluster.server.revision()
  for (const route of routes) {
    const path = pathOf(route, placeOf(route))
    const { query, body } = question(route)
    for (const [name, variant] of Object.entries(VARIANTS)) {
      for (const method of name === 'plain' || FULL ? METHODS : ['GET', 'POST']) {
        const plain = variant(path)
        const writes = ['POST', 'PUT', 'PATCH'].includes(method)
        const target =
          method === 'OPTIONS' || writes || name !== 'plain' ? plain.path : `${plain.path}?${query}`
        const told = await bench.ask({
          method,
          path: target,
          headers: { ...plain.headers, ...(writes ? { 'content-type': 'application/json' } : {}) },
          ...(writes ? { body } : {}),
        })
        asked += 1
        const what = `${told.status} ${method} ${target} (${name})`
        const said = told.body + JSON.stringify(told.headers)
        if (said.includes(SECRET)) {
          leaks.push(what)
          bytes += told.body.length
        }
        if (told.status >= 500) broken.push(what)
        const guarded = needOf(route as RoutePattern, method) === 'signed-in' && name === 'plain'
        // The stream takes GET alone.
        const shut = told.status === 401 || (method === 'HEAD' && told.status === 405)
        if (guarded && !shut) open.push(what)
      }
    }
  }
  const mutations = bench.cluster.server.revision() - before
  figure(
    'E3',
    started,
    `${asked} requests by nobody: ${routes.length} routes × ${Object.keys(VARIANTS).length} ways × ${FULL ? 7 : 2} methods`,
    `${leaks.length} answers with ${bytes} bytes of data`,
    `${open.length} guarded routes that did not say 401`,
    `${mutations} mutations`,
  )
  expect({ leaks, open: open.slice(0, 40) }).toEqual({ leaks: [], open: [] })
  expect(open).toEqual([])
  expect(broken).toEqual([])
  expect(mutations).toBe(0)
})

it('E3 says the same of what is there and of what is not', async () => {
  const answers = new Map<string, string[]>()
  for (const route of builtRoutes().filter((each) => each.includes('['))) {
    for (const name of [placeOf(route).name, 'nothing-of-this-name']) {
      for (const method of methodsOf(route as RoutePattern)) {
        const path = pathOf(route, { ...placeOf(route), name })
        const { status, body } = await bench.ask({ method, path })
        const told = answers.get(`${method} ${route}`) ?? []
        answers.set(`${method} ${route}`, [
          ...told,
          `${status} ${body.replaceAll(name, 'NAME').replace(/nonce[^ >]*/g, '')}`,
        ])
      }
    }
  }
  const api = [...answers].filter(([route]) => route.includes('/api/'))
  expect(api.filter(([, [there, missing]]) => there !== missing).map(([route]) => route)).toEqual([])
  expect(api.length).toBeGreaterThan(5)
})

it('E3 is a bench that can tell: who is signed in hears it', async () => {
  const headers = { authorization: `Bearer ${TOKEN}` }
  const { status, body } = await bench.ask({ path: `/api/vms/team/${AGENT}`, headers })
  expect([status, body.includes(SECRET)]).toEqual([200, true])
})
