import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { STREAM_PATH } from '../../lib/kube/serve-stream.ts'
import { startSurfaceBench } from './bench-surface.ts'
import type { SurfaceBench } from './bench-surface.ts'
import { counted, figure, percentile } from './figure.ts'

let bench: SurfaceBench
beforeAll(async () => {
  // Nobody signs in: an address is ten users.
  bench = await startSurfaceBench({ RATE_LIMIT: '50', STREAMS_PER_USER: '2' })
  // The first page takes longer than all others.
  await bench.ask({ path: '/' })
  await bench.ask({ path: '/healthz' })
}, 300_000)
afterAll(() => bench.close())

interface Became {
  statuses: Record<string, number>
  /** By the server. */
  closed: number
}

/** Opens connections from another address, and writes the same to each of them. */
async function flood(count: number, head: string) {
  const script = join(import.meta.dirname, 'flood-process.ts')
  const child = fork(script, [String(bench.port), String(count), head], { execArgv: [] })
  await once(child, 'message')
  return {
    async became(): Promise<Became> {
      child.send('tell')
      const [told] = (await once(child, 'message')) as [Became]
      return told
    },
    end: () => child.kill('SIGKILL'),
  }
}

/** Asks for a sign of life, again and again, until told to stop. */
function probe() {
  const times: number[] = []
  const failures: string[] = []
  const stopped = new AbortController()
  const run = async () => {
    while (!stopped.signal.aborted) {
      const began = performance.now()
      try {
        const { status } = await bench.ask({ path: '/healthz' })
        if (status !== 200) failures.push(String(status))
      } catch (error) {
        failures.push(String(error))
      }
      times.push(performance.now() - began)
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
  }
  const running = run()
  return async () => {
    stopped.abort()
    await running
    return { times, failures }
  }
}

const ms = (value: number) => `${value.toFixed(0)} ms`

it('E7 answers while thousands of connections begin requests and never end them', async () => {
  const started = performance.now()
  const count = counted(10_000)
  const stop = probe()
  const half = await flood(count, 'GET / HTTP/1.1\r\nHost: localhost\r\nX-Half: ')
  // All who reach the page meanwhile are answered, too.
  const pages = await Promise.all(
    Array.from({ length: 10 }, async () => (await bench.ask({ path: '/' })).status),
  )
  const { times, failures } = await stop()
  const { closed } = await half.became()
  half.end()
  figure(
    'E7 half heads',
    started,
    `${count} half requests, ${closed} closed early`,
    `${times.length} signs of life, ${failures.length} missing`,
    `p50 ${ms(percentile(times, 0.5))}, p99 ${ms(percentile(times, 0.99))}, longest ${ms(Math.max(...times))}`,
  )
  expect(failures).toEqual([])
  expect(new Set(pages)).toEqual(new Set([200]))
  expect(times.length).toBeGreaterThan(0)
})

it('E7 gives one user so many streams, and others theirs', async () => {
  const started = performance.now()
  const count = counted(2_000)
  const stop = probe()
  const head = `GET ${STREAM_PATH} HTTP/1.1\r\nHost: localhost:${bench.port}\r\n\r\n`
  const streams = await flood(count, head)
  const said = async () => (await streams.became()).statuses
  await expect
    .poll(async () => Object.values(await said()).reduce((sum, times) => sum + times, 0), { timeout: 60_000 })
    .toBe(count)
  const { 200: letIn, 429: toldToWait } = await said()
  const other = await bench.ask({ path: STREAM_PATH })
  const { times, failures } = await stop()
  streams.end()
  figure(
    'E7 streams',
    started,
    `${count} streams of one user, ${letIn ?? 0} let in, ${toldToWait ?? 0} told to wait`,
    `${times.length} signs of life, ${failures.length} missing`,
    `p99 ${ms(percentile(times, 0.99))}, longest ${ms(Math.max(...times))}`,
  )
  expect(letIn).toBe(20)
  expect(toldToWait).toBe(count - 20)
  expect(other.status).toBe(200)
  expect(failures).toEqual([])
})

it('E7 tells who asks too much when to come back, and lets them then', async () => {
  const started = performance.now()
  const count = 6_000
  const statuses = new Map<number, number>()
  let retryAfter: string | undefined
  const worker = async () => {
    for (let index = 0; index < count / 32; index += 1) {
      const { status, headers } = await bench.ask({ path: '/robots.txt' })
      statuses.set(status, (statuses.get(status) ?? 0) + 1)
      retryAfter ??= headers['retry-after']
    }
  }
  const stop = probe()
  await Promise.all(Array.from({ length: 32 }, worker))
  const { failures } = await stop()
  figure(
    'E7 requests',
    started,
    [...statuses].map(([status, times]) => `${times} × ${status}`).join(', '),
    `Retry-After: ${retryAfter}`,
    `${failures.length} signs of life missing`,
  )
  expect(new Set(statuses.keys())).toEqual(new Set([200, 429]))
  expect(Number(retryAfter)).toBeGreaterThan(0)
  expect(failures).toEqual([])
  await expect
    .poll(async () => (await bench.ask({ path: '/robots.txt' })).status, { timeout: 10_000 })
    .toBe(200)
})
