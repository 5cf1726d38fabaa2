import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { TOKEN } from '../../demo/api/testing/test-server.ts'
import { kubeconfigText } from '../../demo/kubeconfig.ts'
import { seededRandom } from '../../demo/random.ts'
import { startDashboard } from '../../scripts/dashboard.ts'
import type { RunningDashboard } from '../../scripts/dashboard.ts'
import { freePorts } from '../control-plane/free-ports.ts'
import { family, startActionBench } from './bench-actions.ts'
import type { ActionBench } from './bench-actions.ts'
import { brokenRequests, endlessBody, spoiltBytes } from './broken-framing.ts'
import { counted, figure, SEED } from './figure.ts'
import { sendRaw } from './raw-socket.ts'
import type { RawAnswer } from './raw-socket.ts'
import { remoteHeap } from './remote-heap.ts'
import type { RemoteHeap } from './remote-heap.ts'
import { growth, megabytes } from './settled-heap.ts'

const PRIZE = { path: '/api/sets/team/web', uid: 'set-web' }
const folder = mkdtempSync(join(tmpdir(), 'cocoon-c6-'))
let bench: ActionBench
let dashboard: RunningDashboard
let heap: RemoteHeap
let port = 0

beforeAll(async () => {
  const { set, pod } = family('web')
  bench = await startActionBench([set, pod])
  const KUBECONFIG = join(folder, 'kubeconfig')
  writeFileSync(KUBECONFIG, kubeconfigText({ server: bench.server.url, token: TOKEN }), { mode: 0o600 })
  const [inspector = 0] = await freePorts(1)
  const NODE_OPTIONS = `--inspect=127.0.0.1:${inspector}`
  dashboard = await startDashboard({
    CLUSTER: 'kube',
    KUBECONFIG,
    NODE_OPTIONS,
    LOG_LEVEL: 'silent',
    RATE_LIMIT: '0',
  })
  port = Number(new URL(dashboard.url).port)
  heap = await remoteHeap(inspector)
})
afterAll(async () => {
  heap.close()
  await dashboard.stop()
  await bench.close()
  rmSync(folder, { recursive: true })
})

const AT_ONCE = 32
/** The heap is looked at after each; what the first part still makes once is no leak, what the others add would be. */
const PARTS = 4

/** What was wrong with an answer; undefined for one that is as it should be. */
const oddity = ({ statuses, ended }: RawAnswer) => {
  const bad = statuses.find((status) => status >= 500 || (status >= 200 && status < 300))
  if (bad !== undefined) return `answered ${bad}`
  return ended ? undefined : 'never ended'
}

it('C6 survives every kind of broken framing at the real process', async () => {
  const started = performance.now()
  const random = seededRandom(SEED)
  const odd: string[] = []
  const statuses = new Map<number, number>()
  const take = (name: string, answer: RawAnswer) => {
    for (const status of answer.statuses) statuses.set(status, (statuses.get(status) ?? 0) + 1)
    const why = oddity(answer)
    if (why !== undefined) odd.push(`${name}: ${why}`)
  }
  const named = Object.entries(brokenRequests(PRIZE))
  const sendNamed = async () => {
    for (const [name, bytes] of named) take(name, await sendRaw(port, bytes))
  }
  const sendSpoilt = async (count: number) => {
    let left = count
    const worker = async () => {
      while (left > 0) {
        left -= 1
        const bytes = spoiltBytes(PRIZE, random)
        take(
          JSON.stringify(bytes.toString('latin1')),
          await sendRaw(port, bytes, { cut: random.next() < 0.1 }),
        )
      }
    }
    await Promise.all(Array.from({ length: AT_ONCE }, worker))
  }
  const before = bench.server.revision()
  // What is made once, at the first of its kind, is made before the heap is looked at.
  for (let round = 0; round < 3; round += 1) await sendNamed()
  await sendSpoilt(500)
  take('ten megabytes', await sendRaw(port, endlessBody(PRIZE, 10)))
  const heaps = [await heap.settled()]

  const count = counted(20_000)
  const floods = counted(40)
  for (let part = 0; part < PARTS; part += 1) {
    await sendSpoilt(count / PARTS)
    for (let round = 0; round < counted(50) / PARTS; round += 1) await sendNamed()
    for (let flood = 0; flood < floods / PARTS; flood += 1) {
      take('a hundred megabytes', await sendRaw(port, endlessBody(PRIZE, 100)))
    }
    heaps.push(await heap.settled())
  }
  const mutations = bench.server.revision() - before
  const told = [...statuses].map(([status, times]) => `${times} × ${status}`).join(', ')
  figure(
    'C6 framing',
    started,
    `${count} spoilt requests, ${named.length} kinds of broken framing, ${floods} bodies of 100 MB`,
    `${odd.length} odd answers, ${mutations} mutations`,
    told,
    `heap ${heaps.map(megabytes).join(', ')}`,
  )
  expect(odd.slice(0, 10)).toEqual([])
  expect(mutations).toBe(0)
  const [, first = Number.NaN] = heaps
  expect(Math.abs(growth(first, heaps.at(-1) ?? Number.NaN))).toBeLessThan(5)
})

it('C6 answers others while many never finish their requests', async () => {
  const started = performance.now()
  const slow = Array.from({ length: 500 }, () => connect({ port, host: '127.0.0.1' }))
  await Promise.all(
    slow.map((socket) => {
      socket.on('error', () => socket.destroy())
      return new Promise<void>((resolve) => {
        socket.write(`POST ${PRIZE.path}/suspend HTTP/1.1\r\nHost: localhost\r\nX: `, () => resolve())
      })
    }),
  )
  const answers = await Promise.all(
    Array.from({ length: 20 }, async () => (await fetch(`${dashboard.url}/readyz`)).status),
  )
  for (const socket of slow) socket.destroy()
  figure('C6 slow heads', started, `${slow.length} half requests open, ${answers.length} others answered`)
  expect(new Set(answers)).toEqual(new Set([200]))
})

it('C6 is a bench that can tell: the same request, well framed, is done', async () => {
  const before = bench.server.revision()
  const request = `DELETE ${PRIZE.path}?uid=${PRIZE.uid} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`
  expect((await sendRaw(port, request)).statuses).toEqual([200])
  expect(bench.server.revision()).toBeGreaterThan(before)
})
