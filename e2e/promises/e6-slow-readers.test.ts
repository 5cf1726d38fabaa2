import { createServer } from 'node:http'
import type { ServerResponse } from 'node:http'
import { connect } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createOpenStreams } from '../../lib/kube/open-streams.ts'
import { serveStream, STREAM_PATH } from '../../lib/kube/serve-stream.ts'
import { sampleStream } from '../../lib/kube/stream.fixture.ts'
import { counted, figure, FULL, percentile } from './figure.ts'
import { sseMessages } from './sse-messages.ts'
import { until } from './until.ts'

const STUCK_MS = FULL ? 60_000 : 3_000
const CHANGES_FOR_MS = FULL ? 1_800_000 : 10_000
const SLOW_BYTES = 1_024
/** So that the kernel soon takes no more for those who do not read; of little weight for those who take gzip. */
const PADDING = 'x'.repeat(48 * 1_024)

const bench = sampleStream(counted(10_000))
const streams = createOpenStreams(100_000)
const responses = new Set<ServerResponse>()
const sockets: Socket[] = []
let port = 0

const server = createServer((request, response) => {
  responses.add(response)
  response.on('close', () => responses.delete(response))
  const source = {
    admit: async () => ({ who: 'a', users: 1, open: async (id: string | null) => bench.stream.open(id) }),
  }
  void serveStream(source, request, response, { streams, stuckMs: STUCK_MS })
})
beforeAll(async () => {
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  port = (server.address() as AddressInfo).port
})
afterAll(() => {
  for (const socket of sockets) socket.destroy()
  server.closeAllConnections()
  server.close()
})

/** A client that asks for the stream in plain text, and reads only when told. */
function open(): { socket: Socket; ended: () => boolean } {
  const socket = connect({ port, host: '127.0.0.1' })
  let gone = false
  socket.on('error', () => socket.destroy()).on('close', () => void (gone = true))
  socket.pause()
  socket.write(`GET ${STREAM_PATH} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: identity\r\n\r\n`)
  sockets.push(socket)
  return { socket, ended: () => gone }
}

it('E6 lets go of readers that stall, and tells the others everything at once', async () => {
  const started = performance.now()
  const [stalled, slow, healthy] = [counted(500), counted(500), counted(200)]
  const sentAt = new Map<string, number>()
  const delays: number[] = []
  const lastTurns: string[] = []
  let over = false
  const listening = Array.from({ length: healthy }, async (_, index) => {
    const response = await fetch(`http://127.0.0.1:${port}${STREAM_PATH}`)
    for await (const { data } of sseMessages(response)) {
      const turn = /"message":"(turn \d+) /.exec(data)?.[1]
      if (turn === undefined) continue
      const at = sentAt.get(turn)
      if (at !== undefined) delays.push(performance.now() - at)
      lastTurns[index] = turn
    }
  })
  await until('all healthy readers', () => bench.stream.readers() === healthy)
  const before = process.memoryUsage().rss
  Array.from({ length: stalled }, open)
  const slowly = Array.from({ length: slow }, open)
  const reading = setInterval(() => {
    for (const { socket } of slowly) socket.read(Math.min(SLOW_BYTES, socket.readableLength))
  }, 1_000)
  await until('all readers', () => bench.stream.readers() === healthy + stalled + slow)
  let turn = 0
  let most = 0
  let fewest = Number.POSITIVE_INFINITY
  const changing = setInterval(() => {
    if (over) return
    turn += 1
    sentAt.set(`turn ${turn}`, performance.now())
    bench.stream.publish({ vms: { set: [{ uid: 'u', message: `turn ${turn} ${PADDING}` }] } })
    most = Math.max(most, process.memoryUsage().rss)
    fewest = Math.min(fewest, bench.stream.readers())
  }, 20)
  await new Promise((resolve) => setTimeout(resolve, CHANGES_FOR_MS))
  over = true
  await until('the stalled readers to be let go', () => bench.stream.readers() <= healthy + slow, 120_000)
  await until('all to have heard all', () => lastTurns.every((last) => last === `turn ${turn}`), 30_000)
  clearInterval(changing)
  clearInterval(reading)
  const kept = bench.stream.readers() - healthy
  const held = [...responses].reduce((sum, response) => sum + response.writableLength, 0)
  bench.stream.close()
  await Promise.all(listening)
  figure(
    'E6',
    started,
    `${stalled} stalled, ${slow} slow and ${healthy} healthy readers of ${counted(10_000)} VMs, ${turn} changes`,
    `${stalled} stalled let go ${STUCK_MS / 1000} s after they were full, ${kept} of the slow kept`,
    `healthy p50 ${percentile(delays, 0.5).toFixed(0)} ms, p99 ${percentile(delays, 0.99).toFixed(0)} ms`,
    `RSS +${((most - before) / 1e6).toFixed(0)} MB at most, ${(held / 1e6).toFixed(1)} MB held for the rest`,
  )
  expect(lastTurns).toHaveLength(healthy)
  expect(delays.length).toBeGreaterThan(0)
  expect(fewest).toBeGreaterThanOrEqual(healthy)
  expect(streams.count()).toBeLessThanOrEqual(healthy + slow)
})
