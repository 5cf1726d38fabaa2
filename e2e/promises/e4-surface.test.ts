import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freePorts } from '../control-plane/free-ports.ts'
import { ROUTE_RULES } from '../../lib/access/route-rules.ts'
import { CANARY, startSurfaceBench } from './bench-surface.ts'
import type { SurfaceBench, Told } from './bench-surface.ts'
import { builtFiles, builtRoutes, pathOf } from './built-routes.ts'
import { figure } from './figure.ts'

const PLACE = { namespace: 'team', name: `${CANARY}-0`, action: 'wake' }
let bench: SurfaceBench
let metricsPort = 0

beforeAll(async () => {
  ;[metricsPort = 0] = await freePorts(1)
  bench = await startSurfaceBench({ METRICS_PORT: String(metricsPort) })
}, 300_000)
afterAll(() => bench.close())

const pages = () => builtRoutes().filter((route) => !route.startsWith('/api/') && !route.startsWith('/_'))

it('E3 every route of the build has a rule', () => {
  const routes = builtRoutes()
  const unruled = routes.filter((route) => !Object.hasOwn(ROUTE_RULES, route))
  figure(
    'E3 rules',
    performance.now(),
    `${routes.length} routes in the build`,
    `${unruled.length} without a rule`,
  )
  expect(unruled).toEqual([])
})

it('E4 closes what Next brings along and nobody uses', async () => {
  const started = performance.now()
  const image = (path: string, url: string) => `${path}?url=${encodeURIComponent(url)}&w=640&q=75`
  const closed = [
    ...[
      '/_next/image',
      '//_next/image',
      '/_next//image',
      '/%5Fnext/image',
      '/_next/image/',
      '/_NEXT/image',
    ].flatMap((path) => [image(path, '/icon.svg'), image(path, 'http://169.254.169.254/x.avif')]),
    '/_next/data/build/index.json',
    '/_next/mcp',
    '/_next/hmr',
    '/_next/webpack-hmr',
    '/_next/static/../server/app/page.js',
    '/_next/server/app/page.js',
    '/_next/required-server-files.json',
    '/__nextjs_original-stack-frames',
    '/__nextjs_source-map?filename=server.ts',
    '/__nextjs_devtools_config',
    '/__nextjs_font/x',
    '/metrics',
    '/api/metrics',
    '/.env',
    '/.git/config',
    '/server.ts',
    '/package.json',
  ]
  const wrong: string[] = []
  for (const path of closed) {
    const { status } = await bench.ask({ path })
    if (![401, 404].includes(status)) wrong.push(`${status} ${path}`)
  }
  const files = builtFiles()
  for (const file of files) {
    const { status } = await bench.ask({ path: `${file}.map` })
    if (status !== 404) wrong.push(`${status} ${file}.map`)
  }
  const scripts = files.filter((file) => /\.(js|css)$/.test(file))
  const mapped = scripts.filter((file) =>
    readFileSync(join(import.meta.dirname, '../..', file.replace('/_next', '.next')), 'utf8').includes(
      '//# sourceMappingURL=',
    ),
  )
  figure(
    'E4 paths',
    started,
    `${closed.length} paths and the maps of ${files.length} files`,
    `${wrong.length} open`,
    `${mapped.length} scripts that name a map`,
  )
  expect(wrong).toEqual([])
  expect(mapped).toEqual([])
})

it('E4 decodes no Server Action', async () => {
  const started = performance.now()
  const boundary = 'x'
  const part = (name: string, text: string) =>
    `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${text}\r\n`
  const flight = `${part('0', '["$1:__proto__:then"]')}${part('$ACTION_ID_00', '')}--${boundary}--\r\n`
  const kinds: [type: string, body: string][] = [
    [`multipart/form-data; boundary=${boundary}`, flight],
    ['text/plain;charset=UTF-8', '["$K1"]'],
    ['application/x-www-form-urlencoded', '$ACTION_ID_00='],
  ]
  const paths = builtRoutes().map((route) => pathOf(route, PLACE))
  const odd: string[] = []
  let sent = 0
  const before = bench.cluster.server.revision()
  for (const path of [...paths, '/no-such-page']) {
    for (const [type, body] of kinds) {
      for (const [name, value] of [
        ['next-action', '0'.repeat(42)],
        ['rsc', '1'],
      ] as const) {
        sent += 1
        const headers = { 'content-type': type, origin: bench.url, [name]: value }
        const { status } = await bench.ask({ method: 'POST', path, headers, body })
        const expected = path.startsWith('/api/') ? [404, 405, 415] : [404, 405]
        if (!expected.includes(status)) odd.push(`${status} ${path} ${type}`)
      }
    }
  }
  const mutations = bench.cluster.server.revision() - before
  figure(
    'E4 actions',
    started,
    `${sent} posts of Server Actions`,
    `${odd.length} taken`,
    `${mutations} mutations`,
  )
  expect(odd).toEqual([])
  expect(mutations).toBe(0)
})

it('E4 tells metrics at a port of their own, and names nobody there', async () => {
  await bench.ask({ path: '/api/fleet' })
  const answer = await fetch(`http://127.0.0.1:${metricsPort}/metrics`)
  const text = await answer.text()
  expect(answer.status).toBe(200)
  expect(text).toContain('cocoon_http_requests_total{route="/api/fleet",method="GET",status="200"}')
  expect(text).not.toContain(CANARY)
})

/** What is missing of the headers that every answer bears. */
function missing({ headers }: Told): string[] {
  const policy = headers['content-security-policy'] ?? ''
  const wanted: [string, boolean][] = [
    ["frame-ancestors 'none'", typeof policy === 'string' && policy.includes("frame-ancestors 'none'")],
    ['X-Frame-Options', headers['x-frame-options'] === 'DENY'],
    ['X-Content-Type-Options', headers['x-content-type-options'] === 'nosniff'],
    ['Referrer-Policy', headers['referrer-policy'] === 'same-origin'],
    ['Permissions-Policy', headers['permissions-policy'] !== undefined],
    ['Cross-Origin-Opener-Policy', headers['cross-origin-opener-policy'] === 'same-origin'],
    ['Cross-Origin-Resource-Policy', headers['cross-origin-resource-policy'] === 'same-origin'],
    ['no X-Powered-By', headers['x-powered-by'] === undefined],
    ['no Strict-Transport-Security', headers['strict-transport-security'] === undefined],
    ['no Access-Control-Allow-Origin', headers['access-control-allow-origin'] === undefined],
  ]
  return wanted.flatMap(([name, there]) => (there ? [] : [name]))
}

it('C8 lets no answer be framed, errors and files included', async () => {
  const started = performance.now()
  const paths = [
    ...pages().map((route) => pathOf(route, PLACE)),
    ...builtRoutes()
      .filter((route) => route.startsWith('/api/'))
      .map((route) => pathOf(route, PLACE)),
    ...builtFiles(),
    '/no-such-page',
    '/robots.txt',
    '/%zz',
    '/_next/image',
  ]
  const methods = ['GET', 'HEAD', 'OPTIONS', 'POST', 'PROPFIND']
  const bare: string[] = []
  const nonces = new Set<string>()
  let answers = 0
  let documents = 0
  for (const path of paths) {
    for (const method of path.startsWith('/_next/static/') ? ['GET'] : methods) {
      const told = await bench.ask({ method, path, headers: { origin: bench.url } })
      answers += 1
      bare.push(...missing(told).map((name) => `${method} ${path}: ${name}`))
      if (!told.headers['content-type']?.startsWith('text/html')) continue
      documents += 1
      const nonce = /'nonce-([^']+)'/.exec(String(told.headers['content-security-policy']))?.[1] ?? ''
      nonces.add(nonce)
      const scripts = told.body.match(/<script[^>]*>/g) ?? []
      if (scripts.some((script) => !script.includes(`nonce="${nonce}"`))) {
        bare.push(`${method} ${path}: a script without the nonce`)
      }
    }
  }
  figure(
    'C8 headers',
    started,
    `${answers} answers, ${documents} of them documents`,
    `${bare.length} headers missing`,
    `${documents - nonces.size} nonces used twice`,
  )
  expect(bare).toEqual([])
  expect(nonces.size).toBe(documents)
})

it('B9 marks every answer of data as nobody else’s', async () => {
  const started = performance.now()
  const paths = builtRoutes()
    .filter((route) => route.startsWith('/api/') && route !== '/api/openapi.json')
    .map((route) => pathOf(route, PLACE))
  const wrong: string[] = []
  let answers = 0
  for (const path of paths) {
    for (const method of ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PATCH']) {
      // Of no VM, so that nothing comes of it.
      const sent = { headers: { 'content-type': 'application/json' }, body: '{"uid":"none"}' }
      const told = await bench.ask({ method, path, ...(['GET', 'HEAD'].includes(method) ? {} : sent) })
      answers += 1
      if (!told.headers['cache-control']?.includes('no-store')) {
        wrong.push(`${method} ${path} ${told.status}: ${told.headers['cache-control']}`)
      }
      if (!/(^|, *)cookie(,|$)/i.test(told.headers.vary ?? '')) {
        wrong.push(`${method} ${path} ${told.status}: Vary ${told.headers.vary}`)
      }
    }
  }
  figure(
    'B9 headers',
    started,
    `${answers} answers of data`,
    `${wrong.length} that a cache might keep or share`,
  )
  expect(wrong).toEqual([])
})

it.each(['https://cocoon.example', 'http://cocoon.example'])(
  'C8 promises TLS to browsers where the pages are behind it: %s',
  async (origin) => {
    const own = await startSurfaceBench({ PUBLIC_ORIGIN: origin })
    const told = await own.ask({ path: '/', headers: { host: 'cocoon.example' } })
    const other = await own.ask({ path: '/', headers: { host: 'other.example' } })
    await own.close()
    expect(told.headers['strict-transport-security']).toBe(
      origin.startsWith('https') ? 'max-age=31536000' : undefined,
    )
    expect(other.headers['strict-transport-security']).toBeUndefined()
  },
)

const PROXY = '127.0.0.2'

describe('C8 behind a proxy that ends TLS', () => {
  let own: SurfaceBench
  beforeAll(async () => {
    own = await startSurfaceBench({ TRUSTED_PROXIES: PROXY })
  }, 300_000)
  afterAll(() => own.close())

  const tls = { 'x-forwarded-proto': 'https' }
  it.each<[what: string, from: string, headers: Record<string, string | string[]>, promised: boolean]>([
    ['the proxy came by TLS', PROXY, tls, true],
    ['the proxy did not', PROXY, { 'x-forwarded-proto': 'http' }, false],
    ['the proxy says nothing of it', PROXY, {}, false],
    ['the proxy heard of TLS from somebody else', PROXY, { 'x-forwarded-proto': 'https, http' }, false],
    ['the proxy says both', PROXY, { 'x-forwarded-proto': ['https', 'http'] }, false],
    ['another header says so', PROXY, { forwarded: 'proto=https', 'x-forwarded-ssl': 'on' }, false],
    ['somebody else says so', '127.0.0.3', tls, false],
    ['somebody says to be the proxy', '127.0.0.3', { ...tls, 'x-forwarded-for': PROXY }, false],
    ['this machine says so', '127.0.0.1', tls, false],
  ])('promises TLS or not where %s', async (_what, from, headers, promised) => {
    for (const path of ['/', '/api/fleet', '/healthz', '/icon.svg', '/no-such-page', '/api/none', '/%zz']) {
      const { headers: told } = await own.ask({ path, headers, from })
      const expected = promised ? 'max-age=31536000' : undefined
      expect([path, told['strict-transport-security']]).toEqual([path, expected])
    }
  })
})
