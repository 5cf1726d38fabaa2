import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import type { Connection } from '../../demo/client/connection.ts'
import { createAccess } from '../../lib/access/create-access.ts'
import { createSessionStore } from '../../lib/access/session/session-store.ts'
import { answerConsole } from '../../lib/console/answer-console.ts'
import { createConsoles } from '../../lib/console/consoles.ts'
import type { Consoles } from '../../lib/console/consoles.ts'
import { enterConsole } from '../../lib/console/door.ts'
import { answerScreen } from '../../lib/console/screens/answer-screen.ts'
import type { ConsoleAnswer, ConsoleKind } from '../../lib/fleet/console/answer.ts'
import { ALL_SIGHT } from '../../lib/fleet/sight.ts'
import type { Vm } from '../../lib/fleet/vm.ts'
import { loadClusterConfig } from '../../lib/kube/cluster-config.ts'
import { createFleetService } from '../../lib/kube/fleet-service.ts'
import type { FleetService } from '../../lib/kube/fleet-service.ts'
import { createTransport } from '../../lib/kube/transport.ts'
import { createUserTransports } from '../../lib/kube/user-transports.ts'
import { createLogger } from '../../lib/process/logger.ts'
import { LOOPBACK } from '../console/support/console-bench.ts'
import { shellClient } from '../console/support/shell-client.ts'
import { listenTo } from '../console/support/talk.ts'
import { figure, seconds } from '../promises/figure.ts'
import { until } from '../promises/until.ts'
import { startAccessCluster } from './support/cluster.ts'
import type { AccessCluster } from './support/cluster.ts'

/** A dashboard's consoles where people sign in with tokens of the cluster, whose rights are the API server's to say. */
const NAMESPACE = 'research'
const RBAC = '/apis/rbac.authorization.k8s.io/v1/namespaces'

let cluster: AccessCluster
let admin: Connection
let service: FleetService
let consoles: Consoles
let origin = ''
const closers: (() => unknown)[] = []
let desk: Vm
let agent: Vm

beforeAll(async () => {
  cluster = await startAccessCluster()
  closers.push(() => cluster.close())
  admin = cluster.as(cluster.token)
  closers.push(() => admin.close())
  const config = loadClusterConfig({ kind: 'text', text: cluster.kubeconfig })
  const transport = createTransport(config)
  const users = createUserTransports(config)
  const sessions = createSessionStore({
    secrets: ['0'.repeat(64)],
    way: 'token',
    times: { idleMs: 3_600_000, longestMs: 3_600_000 },
    publicOrigins: [],
  })
  const sightOf = async () => ALL_SIGHT
  const access = createAccess({ mode: 'token', transport, users, sessions, everybody: false, sightOf })
  const logger = createLogger('silent')
  service = createFleetService({ transport, cluster: { kind: 'kube', name: 'rights' }, logger, access })
  consoles = createConsoles({
    service,
    logger,
    settings: {
      publicOrigins: [],
      allowances: [LOOPBACK],
      limits: { perUser: 50, total: 50, idleMs: 0, longestMs: 0 },
      terminalShell: '',
      screenPassword: '',
    },
  })
  const http = createServer((incoming, outgoing) => {
    const [, , , namespace, name, what] = new URL(incoming.url ?? '', 'http://x').pathname.split('/')
    void (async () => {
      const body = await text(incoming)
      const request = new Request(`http://${incoming.headers.host}${incoming.url}`, {
        method: incoming.method ?? 'GET',
        headers: new Headers(incoming.headers as Record<string, string>),
        ...(body === '' ? {} : { body }),
      })
      const answer = what === 'console' ? answerConsole : answerScreen
      const response = await answer(consoles, request, { namespace, name })
      outgoing.writeHead(response.status, Object.fromEntries(response.headers)).end(await response.bytes())
    })()
  })
  http.on('upgrade', (request, socket, head) => void enterConsole(consoles, request, socket, head))
  http.listen(0, '127.0.0.1')
  await once(http, 'listening')
  origin = `http://localhost:${(http.address() as AddressInfo).port}`
  closers.push(
    () => transport.close(),
    () => users.close(),
    () => sessions.close(),
    () => service.close(),
    () => http.closeAllConnections(),
    () => http.close(),
    () => consoles.close(),
  )
  const find = (fits: (vm: Vm) => boolean) =>
    service.whole.document().vms.find((vm) => vm.namespace === NAMESPACE && vm.phase === 'ready' && fits(vm))
  await until('the fleet', () => find((vm) => vm.vncPort > 0) !== undefined && find(isAgent) !== undefined)
  ;[desk, agent] = [find((vm) => vm.vncPort > 0), find(isAgent)] as [Vm, Vm]
})
afterAll(async () => {
  for (const close of closers.toReversed()) await close()
})

const isAgent = (vm: Vm) => vm.os === 'linux' && vm.set !== null && vm.managed && vm.vmID !== ''

interface Rule {
  verbs: string[]
  resources: string[]
  resourceNames?: string[]
  apiGroups?: string[]
}

const LOOK: Rule = { verbs: ['get', 'list', 'watch'], resources: ['pods'] }
/** What stands around a VM says whether there is anything to open (contract 5, 6). */
const AROUND: Rule = {
  verbs: ['get', 'list', 'watch'],
  resources: ['cocoonsets', 'cocoonhibernations'],
  apiGroups: ['cocoonset.cocoonstack.io'],
}
/** `create` is the right; a WebSocket to the API server is a GET, for which it asks `get` beside it. */
const EXEC: Rule = { verbs: ['create', 'get'], resources: ['pods/exec'] }

/** An account with these rules in a namespace; answers its token. */
async function account(name: string, rules: readonly Rule[], namespace = NAMESPACE): Promise<string> {
  const metadata = { name, namespace }
  const serviceAccount = { kind: 'ServiceAccount', name, namespace: NAMESPACE }
  await admin.send('POST', `/api/v1/namespaces/${NAMESPACE}/serviceaccounts`, {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name, namespace: NAMESPACE },
  })
  await admin.send('POST', `${RBAC}/${namespace}/roles`, {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'Role',
    metadata,
    rules: rules.map((rule) => ({ apiGroups: [''], ...rule })),
  })
  await admin.send('POST', `${RBAC}/${namespace}/rolebindings`, {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata,
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name },
    subjects: [serviceAccount],
  })
  const { status } = (await admin.send(
    'POST',
    `/api/v1/namespaces/${NAMESPACE}/serviceaccounts/${name}/token`,
    { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: { expirationSeconds: 3_600 } },
  )) as { status: { token: string } }
  return status.token
}

async function ticketOf(token: string, vm: Vm, kind: ConsoleKind): Promise<ConsoleAnswer> {
  const answer = await ask(token, vm, kind)
  const body: unknown = await answer.json()
  if (answer.status !== 200) throw new Error(`no ticket: ${JSON.stringify(body)}`)
  return body as ConsoleAnswer
}

/** Asks until it is refused for want of the right; the limit only ends a hopeless wait. */
async function untilForbidden(asked: () => Promise<Response>, limitMs = 90_000): Promise<void> {
  const started = performance.now()
  while ((await asked()).status !== 403) {
    if (performance.now() - started > limitMs) throw new Error('it is still granted')
    await new Promise((resolve) => void setTimeout(resolve, 100))
  }
}

const ask = (token: string, vm: Vm, kind: ConsoleKind) =>
  fetch(`${origin}/api/vms/${vm.namespace}/${vm.name}/console`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ uid: vm.uid, kind }),
  })

/** What a viewer says after so many bytes of the server: the version, no authentication, and that it shares. */
const HANDSHAKE: readonly [number, Buffer][] = [
  [12, Buffer.from('RFB 003.008\n')],
  [12 + 2, Buffer.of(1)],
  [12 + 2 + 4, Buffer.of(1)],
]

const picture = (token: string) =>
  fetch(`${origin}/api/vms/${desk.namespace}/${desk.name}/screen?uid=${desk.uid}&width=160`, {
    headers: { authorization: `Bearer ${token}` },
  })

const open = ({ path, protocols }: ConsoleAnswer, token: string) =>
  new WebSocket(`${origin.replace('http', 'ws')}${path}`, protocols, {
    origin,
    headers: { authorization: `Bearer ${token}` },
  })

const REFUSED: [string, Rule[], string?][] = [
  ['looks-only', [LOOK]],
  ['reads-logs', [LOOK, { verbs: ['get'], resources: ['pods/log'] }]],
  // What kubectl's WebSocket needed before Kubernetes 1.35.
  ['gets-exec', [LOOK, { verbs: ['get'], resources: ['pods/exec'] }]],
  ['creates-pods', [LOOK, { verbs: ['create'], resources: ['pods'] }]],
  ['attaches', [LOOK, { verbs: ['create', 'get'], resources: ['pods/attach', 'pods/portforward'] }]],
  ['of-another-pod', [LOOK, { ...EXEC, resourceNames: ['another'] }]],
  ['elsewhere', [LOOK, EXEC], 'qa'],
]

describe('D8 the right to a console', () => {
  it.each(REFUSED)('is not that of who %s', async (name, rules, namespace) => {
    const token = await account(`d8-${name}`, rules, namespace)
    const answers = await Promise.all([ask(token, desk, 'vnc'), ask(token, agent, 'exec'), picture(token)])
    const bodies = await Promise.all(answers.map((answer) => answer.text()))
    expect(answers.map(({ status }) => status)).toEqual([403, 403, 403])
    expect(bodies.every((body) => (JSON.parse(body) as { code: string }).code === 'forbidden')).toBe(true)
    expect(consoles.open.of(desk.uid)).toEqual([])
  })

  it('is nobody’s who is not known, nor that of a ticket somebody else was given', async () => {
    const answers = await Promise.all([
      ask('nobody', desk, 'vnc'),
      ask('nobody', agent, 'exec'),
      picture('nobody'),
    ])
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401])
    const [giver, taker] = await Promise.all([
      account('d8-giver', [LOOK, AROUND, EXEC]),
      account('d8-taker', [LOOK, AROUND, EXEC]),
    ])
    const ticket = await ticketOf(giver, desk, 'vnc')
    expect((await listenTo(open(ticket, taker)).ended).status).toBe(401)
    expect((await listenTo(open(ticket, giver)).ended).status).toBe(401)
  })

  it('is asked for again when a ticket is shown', async () => {
    const token = await account('d8-late', [LOOK, AROUND, EXEC])
    const tickets = await Promise.all([ticketOf(token, desk, 'vnc'), ticketOf(token, agent, 'exec')])
    await admin.send('DELETE', `${RBAC}/${NAMESPACE}/rolebindings/d8-late`)
    await untilForbidden(() => ask(token, desk, 'vnc'))
    const [screen, shell] = tickets.map((ticket) => open(ticket, token)) as [WebSocket, WebSocket]
    const [sight, said] = [listenTo(screen), shellClient(shell)]
    expect((await sight.ended).reason).toBe('rights-gone')
    expect(sight.bytes).toBe(0)
    expect((await said.ended).reason).toMatch(/rights-gone|shell-refused/)
    expect(said.output).toBe('')
  })

  it('ends what is open within a minute when it is taken away', { timeout: 120_000 }, async () => {
    const token = await account('d8-while', [LOOK, AROUND, EXEC])
    const screen = open(await ticketOf(token, desk, 'vnc'), token)
    const shell = open(await ticketOf(token, agent, 'exec'), token)
    const [sight, said] = [listenTo(screen), shellClient(shell)]
    // As far as a viewer goes that waits for pictures: who does not shake hands is put out by the server.
    for (const [upTo, answer] of HANDSHAKE) {
      await sight.until(upTo)
      screen.send(answer)
    }
    await sight.until(12 + 2 + 4 + 24)
    await said.until(/[#$] $/)
    expect((await picture(token)).status).toBe(200)
    const started = performance.now()
    await admin.send('DELETE', `${RBAC}/${NAMESPACE}/rolebindings/d8-while`)
    const after = async (ended: Promise<{ reason: string }>) => {
      const { reason } = await ended
      return { reason, ms: performance.now() - started }
    }
    const pictureGone = async () => {
      await untilForbidden(() => picture(token))
      return { reason: '403', ms: performance.now() - started }
    }
    const ends = await Promise.all([after(sight.ended), after(said.ended), pictureGone()])
    figure(
      'D8',
      started,
      `the right was taken away: screen closed after ${seconds(ends[0].ms)}, shell after ${seconds(ends[1].ms)}, ` +
        `pictures refused after ${seconds(ends[2].ms)} (limit 60 s)`,
    )
    expect(ends.map(({ reason }) => reason)).toEqual(['rights-gone', 'rights-gone', '403'])
    expect(ends.filter(({ ms }) => ms > 60_000)).toEqual([])
  })
})
