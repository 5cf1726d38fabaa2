import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it } from 'vitest'
import { runStreamLoop } from '../../lib/live/stream-loop.ts'
import { startDashboard } from '../../scripts/dashboard.ts'
import { counted, figure, seconds } from './figure.ts'
import { sseMessages } from './sse-messages.ts'
import { until } from './until.ts'

it('A12 ends the real process with open streams, each of them in good order', async () => {
  const started = performance.now()
  const dashboard = await startDashboard({ DEMO_WEATHER: 'off', STREAMS_PER_USER: '500' })
  const streams = counted(500)
  let opened = 0
  const ends = Array.from({ length: streams }, async () => {
    const response = await fetch(`${dashboard.url}/api/fleet/stream`)
    for await (const { event } of sseMessages(response)) opened += event === 'snapshot' ? 1 : 0
  })
  await until('all streams to begin', () => opened === streams)
  const asked = performance.now()
  const code = await dashboard.stop()
  const drained = performance.now() - asked
  // A stream that was torn instead of ended rejects here.
  const torn = (await Promise.allSettled(ends)).filter((end) => end.status === 'rejected').length
  figure(
    'A12',
    started,
    `SIGTERM with ${streams} streams`,
    `${torn} torn`,
    `out after ${seconds(drained)} (limit 10 s)`,
  )
  expect({ code, torn }).toEqual({ code: 0, torn: 0 })
})

it('A12 brings the browsers back spread out, not all at once', async () => {
  const started = performance.now()
  const clients = counted(2_000)
  const arrivals: number[] = []
  const server = createServer((_request, response) => {
    arrivals.push(performance.now())
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.write(': hello\n\n')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const stop = new AbortController()
  let links = 0
  const loops = Array.from({ length: clients }, () =>
    runStreamLoop({
      url: `http://127.0.0.1:${port}/`,
      position: () => null,
      onMessage: () => undefined,
      onLink: ({ open }) => {
        links += open ? 1 : 0
      },
      signal: stop.signal,
    }),
  )
  await until('all to be there', () => links === clients)
  const cut = performance.now()
  arrivals.length = 0
  server.closeAllConnections()
  await until('all to be back', () => links === 2 * clients)
  const slots = new Map<number, number>()
  for (const at of arrivals) {
    const slot = Math.floor((at - cut) / 100)
    slots.set(slot, (slots.get(slot) ?? 0) + 1)
  }
  const peak = Math.max(...slots.values()) / clients
  figure(
    'A12',
    started,
    `${clients} browsers cut off at once`,
    `${Math.round(peak * 100)} % of them back within the busiest 100 ms (limit 60 %)`,
  )
  stop.abort()
  await Promise.all(loops)
  server.closeAllConnections()
  server.close()
  expect(arrivals).toHaveLength(clients)
  expect(peak).toBeLessThanOrEqual(0.6)
})
