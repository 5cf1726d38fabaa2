import { connect as dial } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { TOKEN } from '../../demo/api/testing/test-server.ts'
import type { KubeObject } from '../../lib/cocoon/kube-json.ts'
import type { ConsoleAnswer } from '../../lib/fleet/console/answer.ts'
import type { BulkLine } from '../../lib/fleet/writes/answer.ts'
import { STREAM_PATH } from '../../lib/kube/serve-stream.ts'
import { screenPod } from '../console/support/screen-pod.ts'
import { echoScreen } from '../console/support/talk.ts'
import type { Listener } from '../console/support/talk.ts'
import { freePorts } from '../control-plane/free-ports.ts'
import { API, family } from './bench-actions.ts'
import { CANARY, SECRET, startSurfaceBench } from './bench-surface.ts'
import type { Asked, SurfaceBench, Told } from './bench-surface.ts'
import { figure } from './figure.ts'
import { sseMessages } from './sse-messages.ts'

/**
 * Mallory may do everything in the namespace `own`, where there is the set `mine`, and nothing anywhere else; the
 * canary's set, its agent and a desk are of the namespace `team`.
 */
const OWN = 'own'
const HIDDEN = { set: CANARY, setUid: `set-${CANARY}`, vm: `${CANARY}-0`, vmUid: `uid-${CANARY}-0` }

const movedTo = (namespace: string, object: KubeObject): KubeObject => ({
  ...object,
  metadata: { ...object.metadata, namespace },
})

let bench: SurfaceBench
let screen: Listener
let metricsPort = 0
let mallory: Record<string, string>
const admin = { authorization: `Bearer ${TOKEN}` }

const RBAC = 'rbac.authorization.k8s.io'
async function mayDoAllIn(namespace: string, name: string): Promise<string> {
  const { server } = bench.cluster
  const accounts = `/api/v1/namespaces/${namespace}/serviceaccounts`
  await server.ok('POST', accounts, { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name } })
  const roles = `/apis/${RBAC}/v1/namespaces/${namespace}/role`
  const apiVersion = `${RBAC}/v1`
  const rules = [{ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }]
  await server.ok('POST', `${roles}s`, { apiVersion, kind: 'Role', metadata: { name }, rules })
  await server.ok('POST', `${roles}bindings`, {
    apiVersion,
    kind: 'RoleBinding',
    metadata: { name },
    roleRef: { apiGroup: RBAC, kind: 'Role', name },
    subjects: [{ kind: 'ServiceAccount', namespace, name }],
  })
  const { status } = await server.ok('POST', `${accounts}/${name}/token`, {
    apiVersion: 'authentication.k8s.io/v1',
    kind: 'TokenRequest',
    spec: { expirationSeconds: 3_600 },
  })
  return (status as { token: string }).token
}

beforeAll(async () => {
  screen = await echoScreen()
  ;[metricsPort = 0] = await freePorts(1)
  const { set, pod } = family('mine')
  const own = [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: OWN } },
    ...[set, pod].map((object) => movedTo(OWN, object)),
  ]
  const desk = screenPod('desk', { port: String(screen.port), annotations: { 'example.org/note': SECRET } })
  bench = await startSurfaceBench(
    {
      AUTH_MODE: 'token',
      SESSION_SECRET: 'x'.repeat(64),
      METRICS_PORT: String(metricsPort),
      CONSOLE_ALLOWED_CIDRS: '127.0.0.0/8',
      CONSOLE_ALLOWED_PORTS: `${screen.port}-${screen.port}`,
    },
    [...own, desk],
  )
  mallory = { authorization: `Bearer ${await mayDoAllIn(OWN, 'mallory')}` }
}, 300_000)
afterAll(async () => {
  await bench.close()
  await screen.close()
})

const JSON_TYPE = { 'content-type': 'application/json' }
const send = (who: Record<string, string>, { headers, body, ...asked }: Asked & { json?: unknown }) => {
  const { json, ...rest } = asked
  const text = json === undefined ? body : JSON.stringify(json)
  const typed = text === undefined ? {} : JSON_TYPE
  return bench.ask({ ...rest, headers: { ...who, ...typed, ...headers }, ...(text && { body: text }) })
}
const told = ({ status, headers, body }: Told) => `${status} ${JSON.stringify(headers)} ${body}`

/** What there is of others, as the API server has it. */
const others = async () => {
  const lists = await Promise.all(
    [API.sets, API.pods, API.hibernations].map((path) => bench.cluster.server.ok('GET', path)),
  )
  return lists.map(({ items }) => JSON.stringify(items))
}

/** How a namespace of others may be named by somebody who hopes that two readers disagree. */
const SPELLINGS = [
  'team',
  'Team',
  'TEAM',
  '%74eam',
  'te%61m',
  'team%20',
  '%20team',
  'team%00',
  'team%0a',
  'team.',
  'team%2f',
  'team;own',
  'own,team',
  'own%2cteam',
  `${OWN}%2f..%2fteam`,
  `${OWN}/../team`,
  `${OWN}%5c..%5cteam`,
  `${OWN}%252f..%252fteam`,
  `%2e%2e%2fteam`,
  'team%3fnamespace=own',
  'team%23',
  '*',
  '%2a',
  '-',
  't%C3%A9am',
  '%EF%BD%94eam',
]

const reads = (namespace: string): string[] => [
  `/api/vms/${namespace}/${HIDDEN.vm}`,
  `/api/vms/${namespace}/${HIDDEN.vm}/logs`,
  `/api/vms/${namespace}/desk`,
  `/api/vms/${namespace}/desk/screen?uid=uid-desk&width=160`,
  `/api/vms/${namespace}/desk/viewers?uid=uid-desk`,
  `/api/sets/${namespace}/${HIDDEN.set}`,
  `/api/rights?namespace=${namespace}`,
  `/api/audit?namespace=${namespace}`,
]

const writes = (namespace: string): (Asked & { json?: unknown })[] => [
  ...['hibernate', 'wake', 'restart', 'fork'].map((action) => ({
    method: 'POST',
    path: `/api/vms/${namespace}/${HIDDEN.vm}/${action}`,
    json: { uid: HIDDEN.vmUid, ...(action === 'fork' ? { count: 1 } : {}) },
  })),
  ...['vnc', 'exec'].map((kind) => ({
    method: 'POST',
    path: `/api/vms/${namespace}/desk/console`,
    json: { uid: 'uid-desk', kind },
  })),
  ...Object.entries({
    suspend: {},
    resume: {},
    fork: { count: 1 },
    scale: { replicas: 5, seen: 0 },
  }).map(([action, more]) => ({
    method: 'POST',
    path: `/api/sets/${namespace}/${HIDDEN.set}/${action}`,
    json: { uid: HIDDEN.setUid, ...more },
  })),
  { method: 'DELETE', path: `/api/sets/${namespace}/${HIDDEN.set}?uid=${HIDDEN.setUid}` },
  { method: 'DELETE', path: `/api/vms/${namespace}/${HIDDEN.vm}?uid=${HIDDEN.vmUid}` },
  { method: 'DELETE', path: `/api/hibernations/${namespace}/${HIDDEN.vm}?uid=${HIDDEN.vmUid}` },
]

it('B1 tells a neighbour nothing of a namespace and changes nothing in it, however it is spelt', async () => {
  const started = performance.now()
  const before = await others()
  const leaks: string[] = []
  const done: string[] = []
  const broken: string[] = []
  let asked = 0
  const judge = (what: string, answer: Told) => {
    asked += 1
    const said = told(answer)
    if (said.includes(SECRET)) leaks.push(`${what}: ${said.slice(0, 200)}`)
    if (answer.status >= 500) broken.push(`${what}: ${said.slice(0, 200)}`)
  }
  for (const spelling of SPELLINGS) {
    for (const path of reads(spelling)) judge(`GET ${path}`, await send(mallory, { path }))
    for (const asks of writes(spelling)) {
      const answer = await send(mallory, asks)
      const what = `${asks.method} ${asks.path}`
      judge(what, answer)
      if (answer.status < 400) done.push(`${what}: ${answer.status}`)
    }
  }
  // Of their own name, with the uids of others; and by a path of their own into the namespace of others.
  const mixed: (Asked & { json?: unknown })[] = [
    ...['hibernate', 'wake', 'restart'].map((action) => ({
      method: 'POST',
      path: `/api/vms/${OWN}/mine-0/${action}`,
      json: { uid: HIDDEN.vmUid },
    })),
    { method: 'POST', path: `/api/vms/${OWN}/mine-0/console`, json: { uid: 'uid-desk', kind: 'vnc' } },
    { path: `/api/vms/${OWN}/mine-0/screen?uid=uid-desk&width=160` },
    { path: `/api/vms/${OWN}/desk/screen?uid=uid-desk&width=160` },
    { path: `/api/vms/${OWN}/mine-0/viewers?uid=uid-desk` },
    { method: 'POST', path: `/api/sets/${OWN}/mine/suspend`, json: { uid: HIDDEN.setUid } },
    { method: 'DELETE', path: `/api/sets/${OWN}/mine?uid=${HIDDEN.setUid}` },
    {
      method: 'POST',
      path: `/api/vms/${OWN}/mine-0/fork`,
      json: { uid: 'uid-mine-0', intoSet: { name: 'theirs', namespace: 'team', replicas: 1, nodePool: '' } },
    },
  ]
  for (const asks of mixed) {
    const answer = await send(mallory, asks)
    judge(`${asks.method ?? 'GET'} ${asks.path}`, answer)
    const nobody = answer.status === 200 && answer.body === '{"viewers":[]}'
    if (answer.status < 400 && !nobody)
      done.push(`${asks.path}: ${answer.status} ${answer.body.slice(0, 99)}`)
  }
  // There is something to be told, to whoever may hear it.
  for (const path of [`/api/vms/team/${HIDDEN.vm}`, '/api/vms/team/desk', `/api/sets/team/${HIDDEN.set}`]) {
    expect([path, (await send(admin, { path })).body.includes(SECRET)]).toEqual([path, true])
  }
  const after = await others()
  figure(
    'B1 neighbour',
    started,
    `${asked} requests in ${SPELLINGS.length} spellings`,
    `${leaks.length} leaks`,
    `${done.length} done`,
    `${JSON.stringify(after) === JSON.stringify(before) ? 0 : 1} changes`,
    `${screen.dials} screens dialled`,
  )
  expect({ leaks, done: done.filter((what) => !what.startsWith('GET')), broken }).toEqual({
    leaks: [],
    done: [],
    broken: [],
  })
  expect(after).toEqual(before)
  expect(screen.dials).toBe(0)
})

it('C5 does of a mixed list what is one’s own, and refuses the rest', async () => {
  const before = await others()
  const mine = { namespace: OWN, name: 'mine', uid: 'set-mine' }
  const hidden = { namespace: 'team', name: HIDDEN.set, uid: HIDDEN.setUid }
  const uid = HIDDEN.setUid
  const statesOf = async (...targets: object[]) => {
    const asks = { method: 'POST', path: '/api/bulk', json: { action: 'suspend', targets } }
    const answer = await send(mallory, asks)
    expect([answer.status, answer.body]).toEqual([200, answer.body])
    expect(told(answer)).not.toContain(SECRET)
    const lines = answer.body
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as BulkLine)
    return targets.map(
      (_, index) =>
        lines.findLast((line) => 'index' in line && line.index === index && line.state !== 'started')?.state,
    )
  }
  expect(await statesOf(hidden, mine)).toEqual(['refused', 'done'])
  expect(await statesOf({ ...hidden, namespace: OWN })).toEqual(['refused'])
  expect(await statesOf({ ...mine, uid })).toEqual(['refused'])
  expect(await statesOf({ ...hidden, uid: 'set-mine' })).toEqual(['refused'])
  expect(await others()).toEqual(before)
})

it('C2 keeps the answer to a key for whoever asked, and for nobody who knows the key', async () => {
  const asks = (key: string) => ({
    method: 'POST',
    path: `/api/sets/team/${HIDDEN.set}/fork`,
    headers: { 'idempotency-key': key },
    json: { uid: HIDDEN.setUid, count: 1 },
  })
  // Mallory goes first, and nothing of that refusal is the administrator's.
  expect((await send(mallory, asks('first'))).status).toBe(403)
  expect((await send(admin, asks('first'))).status).toBe(200)
  const after = await others()
  const stolen = await send(mallory, asks('first'))
  expect(stolen.status).toBe(403)
  expect(told(stolen)).not.toContain(SECRET)
  const stop = { method: 'DELETE', path: '/api/bulk', headers: { 'idempotency-key': 'first' } }
  expect((await send(mallory, stop)).status).toBe(404)
  expect(await others()).toEqual(after)
})

it('D7 opens nothing to whoever found the ticket of somebody else', async () => {
  const asks = { method: 'POST', path: '/api/vms/team/desk/console', json: { uid: 'uid-desk', kind: 'vnc' } }
  const { status, body } = await send(admin, asks)
  expect(status).toBe(200)
  const { path, protocols } = JSON.parse(body) as ConsoleAnswer
  const before = screen.dials
  for (const headers of [mallory, {}]) {
    const socket = new WebSocket(`ws://localhost:${bench.port}${path}`, protocols, {
      origin: bench.url,
      headers,
    })
    const refused = await new Promise<number>((resolve) => {
      socket.on('error', () => {})
      socket.on('open', () => resolve(101))
      socket.on('unexpected-response', (_, { statusCode = 0 }) => resolve(statusCode))
    })
    expect(refused).toBe(401)
  }
  expect(screen.dials).toBe(before)
})

/** The first events of a stream; they are of whoever asks. */
async function firstOf(
  headers: Record<string, string>,
): Promise<{ event: string; id: string; data: string }> {
  const gone = new AbortController()
  const response = await fetch(`${bench.url}${STREAM_PATH}`, { headers, signal: gone.signal })
  try {
    for await (const { event, id = '', data } of sseMessages(response)) {
      if (event !== 'beat') return { event, id, data }
    }
  } finally {
    gone.abort()
  }
  throw new Error('the stream ended')
}

it('A9 begins anew for whoever shows the place of somebody else in their stream', async () => {
  const whole = await firstOf(admin)
  expect(whole.data).toContain(CANARY)
  const [epoch = '', seq = ''] = whole.id.split('-')
  const places = [whole.id, `${epoch}-0`, `${epoch}-${Number(seq) + 1}`, `${epoch}-999999999999999`, '*']
  for (const place of places) {
    const { event, data, id } = await firstOf({ ...mallory, 'last-event-id': place })
    expect([place, event, id.startsWith(epoch)]).toEqual([place, 'snapshot', false])
    expect(data).toContain('mine')
    expect(data).not.toContain(CANARY)
    expect(data).not.toContain(SECRET)
  }
})

it('E2 takes nobody for somebody else by the headers of the dashboard itself', async () => {
  const person = encodeURIComponent(JSON.stringify({ name: 'admin', groups: ['system:masters'] }))
  const plain = await send(mallory, { path: '/api/session' })
  const claims: Record<string, string>[] = [
    { 'x-cocoon-person': person },
    { X_Cocoon_Person: person },
    { 'x-cocoon-peer': '127.0.0.1', 'x-cocoon-nobody': '', 'x-request-id': 'mine' },
    { 'impersonate-user': 'admin', 'impersonate-group': 'system:masters' },
    { 'x-requested-with': 'cocoon', 'x-forwarded-user': 'admin', 'x-remote-user': 'admin' },
  ]
  for (const headers of claims) {
    const answer = await send(mallory, { path: '/api/session', headers })
    expect(answer.body).toBe(plain.body)
    expect((await send(mallory, { path: `/api/sets/team/${HIDDEN.set}`, headers })).status).toBe(403)
    expect((await send({}, { path: '/api/fleet', headers })).status).toBe(401)
  }
})

it('E4 answers metrics to this machine alone, and sends nobody elsewhere', async () => {
  const reached = (host: string) =>
    new Promise<boolean>((resolve) => {
      const socket = dial({ port: metricsPort, host })
      socket.on('connect', () => resolve(socket.destroy() !== null))
      socket.on('error', () => resolve(false))
    })
  expect([await reached('127.0.0.1'), await reached('127.0.0.2'), await reached('::1')]).toEqual([
    true,
    false,
    false,
  ])
  for (const path of ['/metrics', '/api/metrics', '/%6detrics', '/metrics?x=1']) {
    expect((await send(mallory, { path })).status).toBe(404)
  }
  for (const path of [
    '//evil.example',
    '///evil.example/',
    '//evil.example/%2e%2e',
    '/\\evil.example',
    '//metrics',
  ]) {
    const { status, headers } = await send(mallory, { path })
    expect([path, status, headers.location ?? '/']).toEqual([
      path,
      status,
      expect.stringMatching(/^\/(?![\\/])/),
    ])
  }
})
