import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { buildPages } from '../../scripts/dashboard.ts'
import { figure } from '../promises/figure.ts'
import { until } from '../promises/until.ts'
import { startAccessCluster } from './support/cluster.ts'
import type { AccessCluster } from './support/cluster.ts'
import { cookieClient } from './support/cookie-client.ts'
import { PAGE_MARK } from '../../lib/fleet/page-mark.ts'

/** E1: what only one side may know is never said to another: not in a log, an address, a page, a stream, an error. */
const ROOT = join(import.meta.dirname, '../..')
const SESSION_SECRET = 'canary-session-secret-0123456789abcdef'
const VNC_PASSWORD = 'canaryvnc'
const WRONG_TOKEN = 'canary-wrong-token-of-nobody'

let cluster: AccessCluster
let dashboard: ChildProcess
let url = ''
/** Everything that the process says, at its most talkative. */
let logs = ''
/** Everything that it answers, heads and bodies, but for the one place where something belongs. */
let answers = ''

beforeAll(async () => {
  cluster = await startAccessCluster()
  const file = join(mkdtempSync(join(tmpdir(), 'cocoon-e1-')), 'kubeconfig')
  writeFileSync(file, cluster.kubeconfig, { mode: 0o600 })
  buildPages()
  dashboard = spawn(process.execPath, ['server.ts'], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      NODE_ENV: 'production',
      CLUSTER: 'kube',
      KUBECONFIG: file,
      AUTH_MODE: 'token',
      SESSION_SECRET,
      SCREENS_VNC_PASSWORD: VNC_PASSWORD,
      LOG_LEVEL: 'trace',
      METRICS_PORT: '0',
      PORT: '0',
    },
  })
  const hear = (chunk: Buffer) => void (logs += chunk.toString())
  dashboard.stdout?.on('data', hear)
  dashboard.stderr?.on('data', hear)
  await until('the dashboard', () => /Dashboard: http/.test(logs), 60_000)
  url = /Dashboard: (http:\S+)/.exec(logs)?.[1] ?? ''
  while (!(await fetch(`${url}/readyz`)).ok) await new Promise((resolve) => setTimeout(resolve, 100))
})
afterAll(async () => {
  const ended = new Promise((resolve) => dashboard.once('exit', resolve))
  dashboard.kill('SIGTERM')
  await ended
})

interface Row {
  namespace: string
  name: string
  uid: string
  phase: string
}

async function readStream(cookie: string): Promise<void> {
  const gone = new AbortController()
  const response = await fetch(`${url}/api/fleet/stream`, {
    headers: { cookie, [PAGE_MARK.name]: PAGE_MARK.value },
    signal: gone.signal,
  })
  const reader = response.body?.getReader()
  const first = await reader?.read()
  answers += Buffer.from(first?.value ?? []).toString()
  gone.abort()
}

it('E1: no secret leaves by a log, an address, a page, a stream, an error or a metric', async () => {
  const startedAt = performance.now()
  const token = cluster.users.find(({ id }) => id === 'admin')?.token ?? ''
  const someone = cookieClient(url)
  const call = async (...request: Parameters<typeof someone.call>) => {
    const answer = await someone.call(...request)
    const heads = [...answer.headers].filter(([name]) => name !== 'set-cookie')
    answers += JSON.stringify([heads, answer.body])
    return answer
  }

  await call('POST', '/api/session', { token: WRONG_TOKEN })
  await call('POST', '/api/session', { token: { nested: WRONG_TOKEN } })
  await call('GET', '/api/fleet', undefined, { authorization: `Bearer ${WRONG_TOKEN}` })
  expect((await call('POST', '/api/session', { token })).status).toBe(200)
  const cookie = someone.cookies()
  const sealed = cookie.slice(cookie.indexOf('=') + 1)

  for (const page of ['/', '/sign-in', '/screens', '/audit', '/sets/new', '/no-such-page'])
    await call('GET', page)
  for (const page of ['/', '/screens']) await call('GET', page, undefined, { rsc: '1' })
  const { body } = await call('GET', '/api/fleet')
  const vms = body.vms as Row[]
  await readStream(cookie)
  const ready = vms.filter(({ phase }) => phase === 'ready')
  const tickets: string[] = []
  for (const { namespace, name, uid } of ready.slice(0, 6)) {
    const vm = `/api/vms/${namespace}/${name}`
    for (const part of ['', '/logs', `/screen?uid=${uid}&width=240`, `/viewers?uid=${uid}`])
      await call('GET', vm + part)
    await call('POST', `${vm}/hibernate?dryRun=true`, { uid })
    await call('POST', `${vm}/hibernate`, { uid: 'of-somebody-else' })
    const asked = await someone.call('POST', `${vm}/console`, { uid, kind: 'exec' })
    const protocols = (asked.body.protocols ?? []) as string[]
    tickets.push(
      ...protocols.filter((one) => one.startsWith('ticket.')).map((one) => one.slice('ticket.'.length)),
    )
    if (protocols.length > 0)
      await openAndClose(`${url.replace('http', 'ws')}${String(asked.body.path)}`, protocols, cookie)
  }
  expect(tickets.length).toBeGreaterThan(0)
  const metrics = /Metrics: (http:\S+)/.exec(logs)?.[1] ?? ''
  answers += await (await fetch(metrics)).text()

  // What goes wrong on the way is told with the most words.
  await cluster.close()
  for (const { namespace, name } of ready.slice(0, 2)) await call('GET', `/api/vms/${namespace}/${name}`)
  await call('POST', '/api/session', { token })
  await call('GET', '/api/fleet', undefined, { authorization: `Bearer ${WRONG_TOKEN}2` })
  await until('a word about the API server', () => /ECONNREFUSED|did not answer|cannot/.test(logs))

  const secrets: Record<string, string> = {
    'the token': token,
    'a wrong token': WRONG_TOKEN,
    "the dashboard's own token": cluster.token,
    'the session secret': SESSION_SECRET,
    'the password of screens': VNC_PASSWORD,
    'the cookie': sealed.slice(0, 60),
    ...Object.fromEntries(tickets.map((ticket, at) => [`ticket ${at}`, ticket])),
  }
  const places = [
    ['the log', logs],
    ['an answer', answers],
  ] as const
  const hits = Object.entries(secrets).flatMap(([what, secret]) =>
    places.filter(([, text]) => text.includes(secret)).map(([place]) => `${what} in ${place}`),
  )
  figure(
    'E1',
    startedAt,
    `secrets ${Object.keys(secrets).length}`,
    `log ${Math.round(logs.length / 1024)} KiB`,
    `answers ${Math.round(answers.length / 1024)} KiB`,
    `hits ${hits.length}`,
  )
  expect(hits).toEqual([])
})

/** Opens a console as a page does, lets it say something, and goes. */
function openAndClose(address: string, protocols: string[], cookie: string): Promise<void> {
  const socket = new WebSocket(address, protocols, { headers: { origin: url, cookie } })
  return new Promise((resolve) => {
    socket.once('message', () => socket.close())
    socket.once('error', () => resolve())
    socket.once('close', () => resolve())
  })
}
