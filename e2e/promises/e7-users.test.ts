import { once } from 'node:events'
import { request } from 'node:http'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { TOKEN } from '../../demo/api/testing/test-server.ts'
import { STREAM_PATH } from '../../lib/kube/serve-stream.ts'
import type { ConsoleAnswer } from '../../lib/fleet/console/answer.ts'
import { screenPod } from '../console/support/screen-pod.ts'
import { echoScreen } from '../console/support/talk.ts'
import type { Listener } from '../console/support/talk.ts'
import { startSurfaceBench } from './bench-surface.ts'
import type { SurfaceBench, Told } from './bench-surface.ts'
import { figure } from './figure.ts'

/** What one may ask at once, and gets back each second. */
const PER_SECOND = 2
const BURST = 8
const STREAMS = 2
const OPERATOR = 'system:serviceaccount:cocoon-system:cocoon-operator'
const SOON = { timeout: 20_000 }

let screen: Listener
/** One with little of everything for each, and one on which only streams and consoles are counted. */
let strict: SurfaceBench
let bench: SurfaceBench
beforeAll(async () => {
  screen = await echoScreen()
  const env = { AUTH_MODE: 'token', SESSION_SECRET: 'x'.repeat(64) }
  const desk = screenPod('desk', { port: String(screen.port) })
  strict = await startSurfaceBench({ ...env, RATE_LIMIT: String(PER_SECOND) })
  const ports = `${screen.port}-${screen.port}`
  const consoles = { CONSOLE_ALLOWED_CIDRS: '127.0.0.0/8', CONSOLE_ALLOWED_PORTS: ports }
  const few = { STREAMS_PER_USER: String(STREAMS), CONSOLES_PER_USER: '1' }
  bench = await startSurfaceBench({ ...env, ...few, ...consoles }, [desk])
  await grantAll(OPERATOR)
}, 300_000)
afterAll(async () => {
  await strict.close()
  await bench.close()
  await screen.close()
})

/** Gives somebody all rights. */
async function grantAll(name: string): Promise<void> {
  const rbac = '/apis/rbac.authorization.k8s.io/v1'
  const apiVersion = 'rbac.authorization.k8s.io/v1'
  const apiGroup = 'rbac.authorization.k8s.io'
  const metadata = { name: 'everything' }
  const { server } = bench.cluster
  await server.ok('POST', `${rbac}/clusterroles`, {
    apiVersion,
    kind: 'ClusterRole',
    metadata,
    rules: [{ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }],
  })
  await server.ok('POST', `${rbac}/clusterrolebindings`, {
    apiVersion,
    kind: 'ClusterRoleBinding',
    metadata,
    roleRef: { apiGroup, kind: 'ClusterRole', name: 'everything' },
    subjects: [{ apiGroup, kind: 'User', name }],
  })
}

type Headers = Record<string, string>

/** Of a sign-in, as a page of the dashboard sends them. */
async function signedIn(where: SurfaceBench, token: string): Promise<Headers> {
  const origin = where.url
  const { status, headers } = await where.ask({
    method: 'POST',
    path: '/api/session',
    headers: { origin, 'content-type': 'application/json' },
    body: JSON.stringify({ token }),
    // Whoever signs in asks for nothing yet, but comes from an address.
    from: '127.0.0.7',
  })
  expect(status).toBe(200)
  const cookies = (headers['set-cookie'] ?? []).map((line) => line.split(';')[0])
  return { origin, cookie: cookies.join('; ') }
}

const tellsToWait = ({ status, headers, body }: Told, code: string) => {
  expect([status, (JSON.parse(body) as { code: string }).code]).toEqual([429, code])
  expect(Number(headers['retry-after'])).toBeGreaterThan(0)
}

it('E7 counts the requests of a user, by whichever sign-in or token they come, and nobody else’s', async () => {
  const started = performance.now()
  const ada = [
    await signedIn(strict, TOKEN),
    await signedIn(strict, TOKEN),
    { authorization: `Bearer ${TOKEN}` },
  ]
  const bob = await signedIn(strict, 'operator')
  const path = '/api/fleet'
  const begun = performance.now()
  const [told, others] = await Promise.all([
    Promise.all(
      Array.from({ length: 30 }, (_, index) => strict.ask({ path, headers: ada[index % 3] ?? {} })),
    ),
    // From the same address at the same time.
    Promise.all(Array.from({ length: BURST / 2 }, () => strict.ask({ path, headers: bob }))),
  ])
  const waited = (performance.now() - begun) / 1_000
  const answered = told.filter(({ status }) => status === 200)
  figure(
    'E7 requests of a user',
    started,
    `${told.length} requests by three sign-ins of one user, ${answered.length} answered`,
    `${others.filter(({ status }) => status !== 200).length} of ${others.length} of another one refused`,
  )
  expect(answered.length).toBeGreaterThan(0)
  expect(answered.length).toBeLessThanOrEqual(BURST + Math.ceil(waited * PER_SECOND))
  for (const each of told.filter(({ status }) => status !== 200)) tellsToWait(each, 'rate-limited')
  expect(others.map(({ status }) => status)).toEqual(others.map(() => 200))
  await expect
    .poll(async () => (await strict.ask({ path, headers: ada[0] ?? {} })).status, {
      interval: 500,
      timeout: 20_000,
    })
    .toBe(200)
})

it('E7 counts the requests to upgrade of a user with all others', async () => {
  const bob = await signedIn(strict, 'operator')
  const knock = () => refusalOf(strict, '/api/vms/team/none/vnc', ['binary', `ticket.${'a'.repeat(43)}`], bob)
  const told = await Promise.all(Array.from({ length: 30 }, knock))
  expect(new Set(told.map(({ status }) => status))).toEqual(new Set([401, 429]))
  for (const { status, retryAfter } of told) expect(retryAfter > 0).toBe(status === 429)
})

/** A stream that stays open, once its first bytes have come; or how it is refused. */
function openStream(headers: Headers): Promise<Told & { close(): void }> {
  const { promise, resolve, reject } = Promise.withResolvers<Told & { close(): void }>()
  const host = `localhost:${bench.port}`
  const sent = request(
    { host: '127.0.0.1', port: bench.port, path: STREAM_PATH, headers: { host, ...headers } },
    (answer) => {
      const status = answer.statusCode ?? 0
      let body = ''
      const done = () => resolve({ status, headers: answer.headers, body, close: () => sent.destroy() })
      answer.setEncoding('latin1').on('data', (chunk: string) => {
        body += chunk
        if (status === 200) done()
      })
      answer.on('end', done)
    },
  )
  sent.on('error', reject)
  sent.end()
  return promise
}

it('E7 counts the streams of a user, and lets the next in when one ends', async () => {
  const ada = [await signedIn(bench, TOKEN), { authorization: `Bearer ${TOKEN}` }]
  const bob = await signedIn(bench, 'operator')
  const open = await Promise.all(ada.map(openStream))
  expect(open.map(({ status }) => status)).toEqual([200, 200])
  for (const headers of ada) tellsToWait(await openStream(headers), 'rate-limited')
  const others = await Promise.all([openStream(bob), openStream(bob)])
  expect(others.map(({ status }) => status)).toEqual([200, 200])
  open[0]?.close()
  await expect
    .poll(async () => {
      const { status, close } = await openStream(ada[1] ?? {})
      close()
      return status
    }, SOON)
    .toBe(200)
  for (const { close } of [...open, ...others]) close()
})

/** How a request to upgrade is refused; 101 when it is not. */
async function refusalOf(where: SurfaceBench, path: string, protocols: string[], headers: Headers) {
  const { origin = where.url, ...others } = headers
  const socket = new WebSocket(`ws://localhost:${where.port}${path}`, protocols, { origin, headers: others })
  const refused = Promise.withResolvers<{ status: number; retryAfter: number }>()
  socket.on('error', () => {})
  socket.on('open', () => refused.resolve({ status: 101, retryAfter: 0 }))
  socket.on('unexpected-response', (_, { statusCode = 0, headers: told }) =>
    refused.resolve({ status: statusCode, retryAfter: Number(told['retry-after'] ?? 0) }),
  )
  return { ...(await refused.promise), socket }
}

it('E7 counts the consoles of a user, when a ticket is asked for and when it is used', async () => {
  const ada = await signedIn(bench, TOKEN)
  const bob = await signedIn(bench, 'operator')
  const ask = (headers: Headers) =>
    bench.ask({
      method: 'POST',
      path: '/api/vms/team/desk/console',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify({ uid: 'uid-desk', kind: 'vnc' }),
    })
  const ticket = async (headers: Headers) => {
    const { status, body } = await ask(headers)
    expect([status, body]).toEqual([200, body])
    return JSON.parse(body) as ConsoleAnswer
  }
  const open = (headers: Headers, { path, protocols }: ConsoleAnswer) =>
    refusalOf(bench, path, [...protocols], headers)
  const [first, second] = [await ticket(ada), await ticket(ada)]
  const her = await open(ada, first)
  expect(her.status).toBe(101)
  const next = await open(ada, second)
  expect([next.status, next.retryAfter > 0]).toEqual([429, true])
  tellsToWait(await ask(ada), 'too-many-consoles')
  tellsToWait(await ask({ authorization: `Bearer ${TOKEN}` }), 'too-many-consoles')
  const his = await open(bob, await ticket(bob))
  expect(his.status).toBe(101)
  const closed = once(her.socket, 'close')
  her.socket.close()
  await closed
  await expect.poll(async () => (await ask(ada)).status, SOON).toBe(200)
  his.socket.terminate()
})
