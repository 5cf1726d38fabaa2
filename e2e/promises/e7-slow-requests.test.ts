import { connect } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { STREAM_PATH } from '../../lib/kube/serve-stream.ts'
import { startSurfaceBench } from './bench-surface.ts'
import type { SurfaceBench } from './bench-surface.ts'
import { figure, seconds } from './figure.ts'

let bench: SurfaceBench
beforeAll(async () => {
  bench = await startSurfaceBench()
}, 300_000)
afterAll(() => bench.close())

const DRIP_MS = 500
/** Longer than the server waits for anything; who is not let go by then never is. */
const PATIENCE_MS = 60_000

interface Slow {
  /** What is sent at once, what follows bit by bit, and how often; for ever unless told. */
  head: string
  drip?: string
  times?: number
  /** What ends it in time. */
  tail?: string
}

interface Became {
  /** 0 when nothing was answered. */
  status: number
  ended: boolean
  afterMs: number
}

/** Sends slowly, and answers what became of it. */
function send({ head, drip = '', times = Number.POSITIVE_INFINITY, tail }: Slow): Promise<Became> {
  const started = performance.now()
  const { promise, resolve } = Promise.withResolvers<Became>()
  const socket = connect({ port: bench.port, host: '127.0.0.1' })
  let said = ''
  let left = times
  const done = (ended: boolean) => {
    clearInterval(dripping)
    clearTimeout(giveUp)
    socket.destroy()
    const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(said)?.[1] ?? 0)
    resolve({ status, ended, afterMs: performance.now() - started })
  }
  const giveUp = setTimeout(() => done(false), PATIENCE_MS)
  const dripping = setInterval(() => {
    if (left > 0) socket.write(drip)
    else if (left === 0 && tail !== undefined) socket.write(tail)
    left -= 1
  }, DRIP_MS)
  socket.on('data', (chunk) => (said += chunk.toString('latin1')))
  socket.on('error', () => {})
  socket.on('close', () => done(true))
  socket.write(head)
  return promise
}

it('E7 waits for a head and for a request only so long, and for an answer as long as it takes', async () => {
  const started = performance.now()
  const host = `Host: localhost:${bench.port}\r\n`
  const post = `POST /api/bulk HTTP/1.1\r\n${host}Content-Type: application/json\r\n`
  const chunked = `${post}Transfer-Encoding: chunked\r\n\r\n`
  const late: Record<string, Slow> = {
    'nothing at all': { head: '' },
    'half a request line': { head: 'GET / HT' },
    'half a head': { head: `GET / HTTP/1.1\r\n${host}X-Half: ` },
    'a head that drips': { head: `GET / HTTP/1.1\r\n${host}X-Half: `, drip: 'a' },
    'a head of ever more fields': { head: `GET / HTTP/1.1\r\n${host}`, drip: 'X-More: a\r\n' },
    'half a body': { head: `${post}Content-Length: 1000\r\n\r\n{"action":` },
    'a body that drips': { head: `${post}Content-Length: 1000\r\n\r\n{`, drip: ' ' },
    'a chunk that drips': { head: `${chunked}3e8\r\n{`, drip: ' ' },
    'chunks that drip': { head: chunked, drip: '1\r\n \r\n' },
  }
  const inTime: Record<string, Slow> = {
    'a head of a few seconds': {
      head: `GET /healthz HTTP/1.1\r\n${host}Connection: close\r\n`,
      drip: 'X-More: a\r\n',
      times: 6,
      tail: '\r\n',
    },
    'a body of a few seconds': {
      head: `${post}Connection: close\r\nContent-Length: 8\r\n\r\n{`,
      drip: ' ',
      times: 6,
      tail: '}',
    },
  }
  const stream = new AbortController()
  const answer = await fetch(`${bench.url}${STREAM_PATH}`, { signal: stream.signal })
  let beats = 0
  const listening = (async () => {
    const decoder = new TextDecoder()
    for await (const chunk of answer.body ?? []) {
      beats += decoder.decode(chunk).includes('event: beat') ? 1 : 0
    }
    return 'it ended'
  })().catch(() => 'it was left')
  const run = async (cases: Record<string, Slow>) =>
    Object.fromEntries(
      await Promise.all(Object.entries(cases).map(async ([what, slow]) => [what, await send(slow)] as const)),
    )
  const [ended, answered] = await Promise.all([run(late), run(inTime)])
  const before = beats
  // Longer open than any request may take.
  await expect.poll(() => beats, { timeout: 30_000 }).toBeGreaterThan(before)
  stream.abort()
  figure(
    'E7 slow requests',
    started,
    ...Object.entries(ended).map(([what, { afterMs }]) => `${what} ended after ${seconds(afterMs)}`),
  )
  for (const [what, { ended: byServer, status }] of Object.entries(ended)) {
    expect([what, byServer, [0, 408].includes(status)]).toEqual([what, true, true])
  }
  const asked = Object.entries(ended).filter(([what]) => what !== 'nothing at all')
  expect(asked.map(([what, { status }]) => [what, status])).toEqual(asked.map(([what]) => [what, 408]))
  expect(Object.values(answered).map(({ status }) => status)).toEqual([200, 422])
  expect(await listening).toBe('it was left')
})
