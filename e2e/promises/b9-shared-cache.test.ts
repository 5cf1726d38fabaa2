import { afterAll, beforeAll, expect, it } from 'vitest'
import { TOKEN } from '../../demo/api/testing/test-server.ts'
import { CANARY, startSurfaceBench } from './bench-surface.ts'
import type { SurfaceBench } from './bench-surface.ts'
import { builtFiles } from './built-routes.ts'
import { startCachingProxy } from './caching-proxy.ts'
import type { CachingProxy } from './caching-proxy.ts'
import { counted, figure, FULL } from './figure.ts'
import { PAGE_MARK } from '../../lib/fleet/page-mark.ts'

let bench: SurfaceBench
let proxy: CachingProxy

beforeAll(async () => {
  bench = await startSurfaceBench({ AUTH_MODE: 'token', SESSION_SECRET: 'x'.repeat(64) })
  proxy = await startCachingProxy(bench.port, `localhost:${bench.port}`)
}, 300_000)
afterAll(async () => {
  proxy.close()
  await bench.close()
})

/** The cookies of somebody who signs in with this token. */
async function signIn(token: string): Promise<string> {
  const response = await fetch(`${bench.url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: bench.url },
    body: JSON.stringify({ token }),
  })
  expect(response.status).toBe(200)
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ')
}

const PATHS = [
  '/api/session',
  '/api/fleet',
  `/api/vms/team/${CANARY}-0`,
  `/api/sets/team/${CANARY}`,
  '/api/rights?namespace=team',
  // Pages hold no data, and take longest.
  ...(FULL ? ['/'] : []),
]
const AT_ONCE = 8

it('B9 serves nobody what somebody else was told, through a shared cache in front', async () => {
  const started = performance.now()
  const users = {
    admin: await signIn(TOKEN),
    'system:serviceaccount:cocoon-system:cocoon-operator': await signIn('operator'),
    nobody: '',
  }
  const names = Object.keys(users)
  const wrong: string[] = []
  let asked = 0
  const ask = async (path: string, user: string, cookie: string) => {
    asked += 1
    const headers: HeadersInit = cookie === '' ? {} : { cookie, [PAGE_MARK.name]: PAGE_MARK.value }
    const response = await fetch(`http://127.0.0.1:${proxy.port}${path}`, { headers })
    const body = await response.text()
    const what = `${path} for ${user}: ${response.status}`
    if (response.headers.get('x-cache') === 'hit') wrong.push(`${what} from the cache`)
    if (path.startsWith('/api/') && path !== '/api/session' && user === 'nobody' && response.status !== 401) {
      wrong.push(what)
    }
    if (path === '/api/session') {
      const named = (JSON.parse(body) as { signedIn: { name: string } | null }).signedIn?.name ?? 'nobody'
      if (named !== user) wrong.push(`${what} is told to be ${named}`)
    }
    if (names.some((name) => name !== user && name !== 'nobody' && path === '/' && body.includes(name)))
      wrong.push(what)
  }
  const rounds = Math.ceil(counted(20_000) / (PATHS.length * names.length))
  const queue = Array.from({ length: rounds }, () =>
    PATHS.flatMap((path) => Object.entries(users).map(([user, cookie]) => ({ path, user, cookie }))),
  ).flat()
  const left = queue.values()
  const worker = async () => {
    for (const { path, user, cookie } of left) await ask(path, user, cookie)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
  // The cache can tell: what may be kept, it keeps.
  const [file = ''] = builtFiles()
  for (let again = 0; again < 3; again += 1) await fetch(`http://127.0.0.1:${proxy.port}${file}`)
  figure(
    'B9',
    started,
    `${asked} requests of ${names.length} users through a shared cache`,
    `${wrong.length} bodies of somebody else`,
    `${proxy.hits()} of 3 files out of the cache`,
  )
  expect(wrong.slice(0, 10)).toEqual([])
  expect(proxy.hits()).toBe(2)
})
