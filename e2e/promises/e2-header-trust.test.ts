import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import type { OutgoingHttpHeaders } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { TOKEN } from '../../demo/api/testing/test-server.ts'
import { kubeconfigText } from '../../demo/kubeconfig.ts'
import { startDashboard } from '../../scripts/dashboard.ts'
import type { RunningDashboard } from '../../scripts/dashboard.ts'
import { family, startActionBench } from './bench-actions.ts'
import type { ActionBench } from './bench-actions.ts'
import { figure } from './figure.ts'
import { recordIdentities } from './record-identities.ts'
import type { IdentityRecorder } from './record-identities.ts'
import { PAGE_MARK } from '../../lib/fleet/page-mark.ts'

const CANARY = 'zq7canary'
/** The proxy, and a neighbour of it on the same machine. */
const PROXY = '127.0.0.1'
const NEIGHBOUR = '127.0.0.2'

let folder: string
let bench: ActionBench
let recorder: IdentityRecorder
let dashboard: RunningDashboard
let port: number

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cocoon-trust-'))
  const { set, pod } = family(CANARY)
  const rbac = { apiVersion: 'rbac.authorization.k8s.io/v1' }
  const metadata = { name: 'everybody-looks' }
  const group = { kind: 'Group', apiGroup: 'rbac.authorization.k8s.io', name: 'system:authenticated' }
  bench = await startActionBench([
    set,
    pod,
    {
      ...rbac,
      kind: 'ClusterRole',
      metadata,
      rules: [{ apiGroups: ['*'], resources: ['*'], verbs: ['get', 'list', 'watch'] }],
    } as object,
    {
      ...rbac,
      kind: 'ClusterRoleBinding',
      metadata,
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'everybody-looks' },
      subjects: [group],
    } as object,
  ])
  recorder = await recordIdentities(bench.server.url)
  const KUBECONFIG = join(folder, 'kubeconfig')
  writeFileSync(KUBECONFIG, kubeconfigText({ server: recorder.url, token: TOKEN }), { mode: 0o600 })
  dashboard = await startDashboard({
    CLUSTER: 'kube',
    KUBECONFIG,
    LOG_LEVEL: 'silent',
    RATE_LIMIT: '0',
    AUTH_MODE: 'proxy',
    TRUSTED_PROXIES: PROXY,
  })
  port = Number(new URL(dashboard.url).port)
}, 600_000)
afterAll(async () => {
  await dashboard?.stop()
  await recorder?.close()
  await bench?.close()
  rmSync(folder, { recursive: true, force: true })
})

interface Answer {
  status: number
  body: string
}

function ask(path: string, headers: OutgoingHttpHeaders, localAddress: string): Promise<Answer> {
  const host = `localhost:${port}`
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        host: '127.0.0.1',
        port,
        path,
        localAddress,
        agent: false,
        headers: { host, origin: `http://${host}`, ...headers },
      },
      (answer) => {
        let body = ''
        const done = () => resolve({ status: answer.statusCode ?? 0, body })
        answer.setEncoding('utf8').on('data', (chunk: string) => {
          body += chunk
          if (answer.headers['content-type']?.startsWith('text/event-stream')) sent.destroy()
        })
        answer.on('end', done).on('error', done).on('close', done)
      },
    )
    sent.on('upgrade', (answer, socket) => {
      socket.destroy()
      resolve({ status: answer.statusCode ?? 0, body: '' })
    })
    sent.on('error', reject)
    sent.end()
  })
}

const ADA = 'ada'
/** What is said besides, to become somebody else or to get past a check. */
const TRICKS: readonly [name: string, headers: OutgoingHttpHeaders][] = [
  ['nothing', {}],
  ['an empty name', { 'X-Forwarded-User': '' }],
  ['another name', { 'X-Forwarded-User': ADA }],
  ['another name in lower case', { 'x-forwarded-user': ADA }],
  ['underscores', { X_Forwarded_User: ADA }],
  ['one underscore', { 'X-Forwarded_User': ADA }],
  ['underscores in capitals', { X_FORWARDED_USER: ADA }],
  ['two names', { 'X-Forwarded-User': [ADA, 'vera'] }],
  ['two names in one', { 'X-Forwarded-User': `vera, ${ADA}` }],
  ['groups of the system', { 'X-Forwarded-Groups': 'system:masters' }],
  ['groups of the system, hidden', { 'X-Forwarded-Groups': 'qa, system:masters' }],
  ['groups with underscores', { X_Forwarded_Groups: 'admins' }],
  ['two fields of groups', { 'X-Forwarded-Groups': ['qa', 'admins'] }],
  ['a name of the system', { 'X-Forwarded-User': 'system:admin' }],
  ['a service account', { 'X-Forwarded-User': 'system:serviceaccount:kube-system:default' }],
  ['hop by hop', { Connection: 'keep-alive, X-Forwarded-User' }],
  ['hop by hop, groups', { Connection: 'X-Forwarded-Groups' }],
  ['hop by hop, underscores', { Connection: 'keep-alive, x_forwarded_user' }],
  ['X-Forwarded-Uri', { 'X-Forwarded-Uri': '/healthz' }],
  ['X-Original-URL', { 'X-Original-URL': '/healthz', 'X-Rewrite-URL': '/healthz' }],
  ['X-Forwarded-For', { 'X-Forwarded-For': PROXY, 'X-Real-IP': PROXY, Forwarded: `for=${PROXY}` }],
  ['Impersonate-User', { 'Impersonate-User': ADA }],
  ['Impersonate-Group', { 'Impersonate-User': ADA, 'Impersonate-Group': 'system:masters' }],
  ['Impersonate with underscores', { Impersonate_User: ADA, Impersonate_Group: 'system:masters' }],
  ['Impersonate-Extra', { 'Impersonate-Uid': '1', 'Impersonate-Extra-Scopes': 'all' }],
  ['X-Remote-User', { 'X-Remote-User': ADA, 'X-Remote-Group': 'system:masters' }],
  ['X-Auth-Request-User', { 'X-Auth-Request-User': ADA, 'X-Auth-Request-Groups': 'admins' }],
  [
    'the header of ours',
    { 'X-Cocoon-Person': encodeURIComponent(JSON.stringify({ name: ADA, groups: [] })) },
  ],
  [
    'the header of ours, underscores',
    { X_Cocoon_Person: encodeURIComponent(`{"name":"${ADA}","groups":[]}`) },
  ],
  ['the other headers of ours', { 'X-Cocoon-Nobody': '', 'X-Cocoon-Peer': PROXY, 'X-Request-Id': ADA }],
  ['x-middleware-subrequest', { 'x-middleware-subrequest': 'middleware:middleware:middleware' }],
  ['a bearer token', { Authorization: `Bearer ${TOKEN}` }],
  ['basic credentials', { Authorization: `Basic ${btoa(`${ADA}:x`)}` }],
  ['a cookie', { Cookie: 'cocoon-session=ada; __Host-cocoon=ada', [PAGE_MARK.name]: PAGE_MARK.value }],
  [
    'a name with a newline of UTF-8',
    { 'X-Forwarded-User': Buffer.from('vera\u2028', 'utf8').toString('latin1') },
  ],
]

const UPGRADE = {
  connection: 'Upgrade',
  upgrade: 'websocket',
  'sec-websocket-version': '13',
  'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==',
  'sec-websocket-protocol': 'binary',
}
/** Every kind of answer: documents, logs, the fleet at once and as a stream, and a WebSocket. */
const ROUTES: readonly [path: string, headers: OutgoingHttpHeaders][] = [
  [`/api/sets/team/${CANARY}`, {}],
  [`/api/vms/team/${CANARY}-0/logs`, {}],
  [`/api/vms/team/${CANARY}-0`, {}],
  ['/api/fleet', {}],
  ['/api/fleet/stream', {}],
  [`/api/vms/team/${CANARY}-0/vnc`, UPGRADE],
]

/** What the trick says over what the proxy says, field by field, as a proxy does that passes on what it was sent. */
function together(legit: OutgoingHttpHeaders, trick: OutgoingHttpHeaders): OutgoingHttpHeaders {
  const merged: OutgoingHttpHeaders = { ...legit }
  for (const [name, value] of Object.entries(trick)) {
    const same = Object.keys(merged).find((one) => one.toLowerCase() === name.toLowerCase())
    if (same === undefined) merged[name] = value
    else merged[same] = [merged[same], value].flat().map(String)
  }
  return merged
}

/** Tricks that are an honest word when the proxy itself says them and nothing else. */
const HONEST = new Map([
  ['another name', ADA],
  ['another name in lower case', ADA],
])
const VERA = { 'X-Forwarded-User': 'vera', 'X-Forwarded-Groups': 'qa' }

it('E2: nobody becomes somebody else by a header, and nobody at all is 401', async () => {
  const startedAt = performance.now()
  const count = { requests: 0, nobody: 0, refused: 0, changes: 0, leaks: 0 }
  const wrong: string[] = []
  recorder.impersonated()
  for (const [path, headers] of ROUTES) {
    for (const [name, trick] of TRICKS) {
      for (const peer of [PROXY, NEIGHBOUR]) {
        // oxlint-disable no-await-in-loop -- one at a time, so that what the API server saw is known to be of it
        const nobody = !(peer === PROXY && HONEST.has(name))
        const alone = await ask(path, together(headers, trick), peer)
        const seenAlone = recorder.impersonated()
        const both = await ask(path, together(together(headers, VERA), trick), peer)
        const seenBoth = recorder.impersonated()
        // oxlint-enable no-await-in-loop
        const strangers = peer === PROXY ? seenBoth.filter((who) => who !== 'vera/qa') : seenBoth
        count.requests += 2
        const others = [...strangers, ...(nobody ? seenAlone : [])]
        count.changes += others.length
        const unknown = [...(nobody ? [alone] : []), ...(peer === NEIGHBOUR ? [both] : [])]
        count.nobody += unknown.length
        count.refused += unknown.filter(({ status }) => status === 401).length
        count.leaks += unknown.filter(({ body }) => body.includes(CANARY)).length
        const bad = [...others, ...unknown.map(({ status }) => status).filter((status) => status !== 401)]
        if (bad.length > 0) wrong.push(`${name} from ${peer} at ${path}: ${bad.join(', ')}`)
      }
    }
  }
  figure(
    'E2',
    startedAt,
    `${count.requests} requests`,
    `identity changed in ${count.changes}`,
    `missing identity was 401 in ${count.refused} of ${count.nobody}`,
    `${count.leaks} leaks`,
  )
  expect(wrong).toEqual([])
  expect(count).toMatchObject({ changes: 0, leaks: 0, refused: count.nobody })
})

it('E2: the word of the proxy counts, so that the matrix could have failed', async () => {
  recorder.impersonated()
  const answer = await ask(`/api/sets/team/${CANARY}`, VERA, PROXY)
  expect(answer.status).toBe(200)
  expect(answer.body).toContain(CANARY)
  expect(new Set(recorder.impersonated())).toEqual(new Set(['vera/qa']))
  await ask(`/api/sets/team/${CANARY}`, { 'x-forwarded-user': ADA }, PROXY)
  expect(recorder.impersonated()).toContain('ada/')
})
