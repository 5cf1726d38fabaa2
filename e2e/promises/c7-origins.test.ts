import { afterAll, beforeAll, expect, it } from 'vitest'
import { methodsOf, needOf, ROUTE_RULES } from '../../lib/access/route-rules.ts'
import type { RoutePattern } from '../../lib/access/route-rules.ts'
import { seededRandom } from '../../demo/random.ts'
import { CANARY, startSurfaceBench } from './bench-surface.ts'
import type { Asked, SurfaceBench } from './bench-surface.ts'
import { pathOf } from './built-routes.ts'
import { FULL, figure, SEED } from './figure.ts'

const PUBLIC = 'https://cocoon.example'
const SET_UID = `set-${CANARY}`
let bench: SurfaceBench

beforeAll(async () => {
  bench = await startSurfaceBench({ PUBLIC_ORIGIN: PUBLIC, ALLOW_UNAUTHENTICATED: 'true' })
}, 300_000)
afterAll(() => bench.close())

/** Everything that a page elsewhere may call its origin, and none at all. */
const ORIGINS: (string | string[] | undefined)[] = [
  undefined,
  '',
  'null',
  'https://evil.example',
  'https://vm.cocoon.example',
  'https://evil-cocoon.example',
  'https://cocoon.example.evil.example',
  'https://cocoon.example:444',
  'https://cocoon.example:443',
  'http://cocoon.example',
  'https://cocoon.example.',
  'https://xn--cocon-2sa.example',
  'https://user@cocoon.example',
  'https://cocoon.example@evil.example',
  'https://COCOON.example',
  'HTTPS://cocoon.example',
  'https://cocoon.example/',
  'https://cocoon.example#',
  'https://cocoon.example, https://cocoon.example',
  ['https://cocoon.example', 'https://evil.example'],
  'https://cocoon.example https://evil.example',
  'http://localhost',
  'http://127.0.0.1',
  'chrome-extension://abcdefghijklmnop',
  PUBLIC,
]

const SITES = [undefined, 'same-origin', 'none', 'same-site', 'cross-site', 'same-origin, same-origin', '']

interface Kind {
  headers: Record<string, string>
  body?: string
  /** Another method than the route's. */
  method?: string
}

const JSON_TYPE = { 'content-type': 'application/json' }
const FETCHED = { ...JSON_TYPE, 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty' }

/** How a page elsewhere can make a browser send it; `given` is a body that would be done. */
const kindsOf = (given: string): Record<string, Kind> => ({
  'a script': { headers: JSON_TYPE, body: given },
  'a fetch': { headers: FETCHED, body: given },
  'a form': {
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'sec-fetch-mode': 'navigate',
      'sec-fetch-dest': 'document',
    },
    body: new URLSearchParams(JSON.parse(given) as Record<string, string>).toString(),
  },
  'a form in a frame': {
    headers: { 'content-type': 'text/plain', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' },
    body: given,
  },
  'JSON as text': {
    headers: { 'content-type': 'text/plain', 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'empty' },
    body: given,
  },
  'a beacon': { headers: { ...JSON_TYPE, 'sec-fetch-mode': 'no-cors' }, body: given },
  'an override': {
    headers: { ...FETCHED, 'x-http-method-override': 'DELETE', 'x-method': 'PUT' },
    body: given,
  },
  'a picture': { headers: { 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image' }, method: 'GET' },
  'a Server Action': { headers: { ...FETCHED, 'next-action': '0'.repeat(42), rsc: '1' }, body: given },
})

interface Target {
  route: RoutePattern
  method: string
  path: string
  /** What would be done. */
  body: string
  /** The same of nobody, which comes to nothing. */
  harmless: string
}

/** Every route that changes something, with what would have an effect: the objects are as it says. */
function targets(): Target[] {
  const place = { namespace: 'team', name: CANARY, action: 'suspend' }
  return (Object.keys(ROUTE_RULES) as RoutePattern[]).flatMap((route) =>
    methodsOf(route)
      .filter((method) => method !== 'GET' && method !== 'HEAD')
      .map((method) => {
        const vm = route.startsWith('/api/vms/')
        const uid = vm ? `uid-${CANARY}-0` : SET_UID
        const filled = { ...place, ...(vm ? { name: `${CANARY}-0`, action: 'hibernate' } : {}) }
        const query = method === 'DELETE' ? `?uid=${uid}` : ''
        const bodyFor = (whose: string) => {
          const each = { namespace: 'team', name: CANARY, uid: whose }
          if (route === '/api/bulk') return { action: 'suspend', targets: [each] }
          return route.endsWith('/console') ? { uid: whose, kind: 'exec' } : { uid: whose }
        }
        return {
          route,
          method,
          path: pathOf(route, filled) + query,
          body: JSON.stringify(bodyFor(uid)),
          harmless: JSON.stringify(bodyFor('nobody')),
        }
      }),
  )
}

interface Stranger {
  origin: (typeof ORIGINS)[number]
  site: string | undefined
  cookie: boolean
}

/** What the promise says: the exact origin, or none where a browser adds nothing; no page elsewhere, no navigation. */
function mayPass(
  { origin, site, cookie }: Stranger,
  { headers, method }: Kind,
  route: RoutePattern,
): boolean {
  if (method === 'GET') {
    if (origin !== undefined || site !== undefined)
      return (origin === undefined || origin === PUBLIC) && [undefined, 'same-origin', 'none'].includes(site)
    // Over plain HTTP browsers say nothing: data is for who bears no cookie, or the mark of our pages.
    return !cookie || needOf(route, 'GET') !== 'signed-in'
  }
  if (site !== undefined && site !== 'same-origin') return false
  const { 'sec-fetch-mode': mode = 'cors', 'sec-fetch-dest': dest = 'empty' } = headers
  return mode === 'cors' && dest === 'empty' && (origin === PUBLIC || (origin === undefined && !cookie))
}

const STRANGERS: Stranger[] = ORIGINS.flatMap((origin) =>
  SITES.flatMap((site) => [false, true].map((cookie) => ({ origin, site, cookie }))),
)

const headersOf = ({ origin, site, cookie }: Stranger, kind: Kind): Record<string, string | string[]> => ({
  ...kind.headers,
  host: 'cocoon.example',
  ...(origin === undefined ? {} : { origin }),
  ...(site === undefined ? {} : { 'sec-fetch-site': site }),
  ...(cookie ? { cookie: '__Host-cocoon=x; cocoon-session=y' } : {}),
})

const AT_ONCE = 16

it('C7 changes nothing for a page elsewhere, whatever it says of itself', async () => {
  const started = performance.now()
  const random = seededRandom(SEED)
  const cases: { asked: Asked; passes: boolean; what: string }[] = []
  for (const { route, method, path, body, harmless } of targets()) {
    for (const [name, kind] of Object.entries(kindsOf(body))) {
      for (const stranger of STRANGERS) {
        const passes = mayPass(stranger, kind, route)
        if (!FULL && !passes && random.next() >= 0.1) continue
        const asked = {
          method: kind.method ?? method,
          path: passes ? path.replace(/uid=.*/, 'uid=nobody') : path,
          headers: headersOf(stranger, kind),
          // Whoever passes would have the effect that nobody else may have.
          ...(kind.body === undefined ? {} : { body: passes ? harmless : kind.body }),
        }
        cases.push({ asked, passes, what: `${name} ${JSON.stringify(stranger)}` })
      }
    }
  }
  const wrong: string[] = []
  const before = bench.cluster.server.revision()
  const queue = cases.values()
  const worker = async () => {
    for (const { asked, passes, what } of queue) {
      const { status, body } = await bench.ask(asked)
      const foreign = body.includes('"code":"cross-site"')
      const ill = passes ? foreign : !foreign && status !== 405
      if (ill) wrong.push(`${status} for ${asked.method} ${asked.path}: ${what}`)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
  const mutations = bench.cluster.server.revision() - before
  const own = cases.filter(({ passes }) => passes).length
  figure(
    'C7',
    started,
    `${cases.length} requests of ${ORIGINS.length} origins × ${SITES.length} sites × 9 kinds to ${targets().length} routes`,
    `${own} of the dashboard's own and of scripts`,
    `${wrong.length} judged wrongly`,
    `${mutations} mutations`,
  )
  expect(wrong.slice(0, 10)).toEqual([])
  expect(mutations).toBe(0)
})

it('C7 is a bench that can tell: the same request of its own page is done', async () => {
  const before = bench.cluster.server.revision()
  const asked = {
    method: 'POST',
    path: `/api/sets/team/${CANARY}/suspend`,
    headers: headersOf({ origin: PUBLIC, site: 'same-origin', cookie: true }, { headers: FETCHED }),
    body: JSON.stringify({ uid: SET_UID }),
  }
  expect((await bench.ask(asked)).status).toBe(200)
  expect(bench.cluster.server.revision()).toBeGreaterThan(before)
})
