import { connect } from 'node:net'
import type { Socket } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { STREAM_PATH } from '../../lib/kube/serve-stream.ts'
import { startSurfaceBench } from './bench-surface.ts'
import type { SurfaceBench } from './bench-surface.ts'
import { counted, figure, percentile } from './figure.ts'

let bench: SurfaceBench
beforeAll(async () => {
  bench = await startSurfaceBench({ RATE_LIMIT: '50', STREAMS_PER_USER: '20' })
}, 300_000)
afterAll(() => bench.close())

/** Opens connections from an address of this machine, and writes to each; those that the server closes are gone. */
async function flood(count: number, head: (index: number) => string) {
  const sockets: Socket[] = []
  let closed = 0
  const said = new Map<number, number>()
  for (let index = 0; index < count; index += 1) {
    const socket = connect({ port: bench.port, host: '127.0.0.1', localAddress: '127.0.0.9' })
    sockets.push(socket)
    socket.on('error', () => socket.destroy())
    socket.on('close', () => void (closed += 1))
    socket.once('data', (chunk: Buffer) => {
      const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(chunk.toString('latin1'))?.[1] ?? 0)
      said.set(status, (said.get(status) ?? 0) + 1)
      socket.resume()
    })
    socket.write(head(index))
    if (index % 100 === 99) await new Promise((resolve) => setImmediate(resolve))
  }
  return {
    closed: () => closed,
    said,
    end: () => {
      for (const socket of sockets) socket.destroy()
    },
  }
}

/** Asks for a sign of life, again and again, until told to stop. */
function probe() {
  const times: number[] = []
  const failures: string[] = []
  let going = true
  const run = async () => {
    while (going) {
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
    going = false
    await running
    return { times, failures }
  }
}

const ms = (value: number) => `${value.toFixed(0)} ms`

it('E7 answers while thousands of connections begin requests and never end them', async () => {
  const started = performance.now()
  const count = counted(10_000)
  const stop = probe()
  const half = await flood(count, (index) => `GET /${index} HTTP/1.1\r\nHost: localhost\r\nX-Half: `)
  // All who reach the page meanwhile are answered, too.
  const pages = await Promise.all(
    Array.from({ length: 10 }, async () => (await bench.ask({ path: '/' })).status),
  )
  const { times, failures } = await stop()
  const closed = half.closed()
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
  const streams = await flood(count, () => head)
  await expect
    .poll(() => [...streams.said.values()].reduce((sum, times) => sum + times, 0), { timeout: 60_000 })
    .toBe(count)
  const other = await bench.ask({ path: STREAM_PATH })
  const { times, failures } = await stop()
  streams.end()
  figure(
    'E7 streams',
    started,
    `${count} streams of one user, ${streams.said.get(200) ?? 0} let in, ${streams.said.get(429) ?? 0} told to wait`,
    `${times.length} signs of life, ${failures.length} missing`,
    `p99 ${ms(percentile(times, 0.99))}, longest ${ms(Math.max(...times))}`,
  )
  expect(streams.said.get(200)).toBe(20)
  expect(streams.said.get(429)).toBe(count - 20)
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
  expect([...statuses.keys()].toSorted()).toEqual([200, 429])
  expect(Number(retryAfter)).toBeGreaterThan(0)
  expect(failures).toEqual([])
  await expect
    .poll(async () => (await bench.ask({ path: '/robots.txt' })).status, { timeout: 10_000 })
    .toBe(200)
})
