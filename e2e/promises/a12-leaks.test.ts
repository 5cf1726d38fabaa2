import { expect, it } from 'vitest'
import { startReflector } from '../../lib/kube/reflector.ts'
import { streamResponse } from '../../lib/kube/stream-response.ts'
import { createTransport } from '../../lib/kube/transport.ts'
import { loadClusterConfig } from '../../lib/kube/cluster-config.ts'
import { isWatch } from '../faulty-api/faults.ts'
import { startFleetBench } from './bench-fleet.ts'
import { startReflectorBench } from './bench-reflector.ts'
import { counted, figure } from './figure.ts'
import { createObservedSink } from './observed-sink.ts'
import { sseMessages } from './sse-messages.ts'
import { turns, until } from './until.ts'

const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length

it('A12 leaves nothing behind when it stops, at whatever moment', async () => {
  const started = performance.now()
  const bench = await startReflectorBench({ pods: 5 })
  const { api, random } = bench
  await bench.caughtUp()
  await bench.reflector.stop()
  bench.transport.close()
  await until('the connections to close', () => api.connections === 0)
  const before = timers()
  const rounds = counted(1_000)
  const config = loadClusterConfig({ kind: 'text', text: api.kubeconfig })
  let late = 0
  for (let round = 0; round < rounds; round += 1) {
    const sink = createObservedSink()
    const transport = createTransport(config)
    api.faults.clear()
    // Some stop while listing, some while watching, some while they wait to try again.
    if (round % 3 === 0) api.faults.add(() => true, { kind: 'cut', how: 'reset' }, 100)
    if (round % 3 === 1) api.faults.add(isWatch, { kind: 'answer', status: 503 }, 100)
    const reflector = startReflector({ ...bench.options, sink, transport })
    await turns(random.int(0, 30))
    await reflector.stop()
    transport.close()
    const told = sink.calls.length + sink.freshnesses.length
    await turns(2)
    late += sink.calls.length + sink.freshnesses.length - told
  }
  api.faults.clear()
  await until('the connections to close', () => api.connections === 0)
  await until('the timers to end', () => timers() <= before)
  const leaked = {
    sockets: api.connections,
    watches: api.openWatches().length,
    late,
  }
  figure(
    'A12',
    started,
    `${rounds} starts and stops`,
    `${leaked.sockets} sockets, ${leaked.watches} watches, 0 timers left, ${late} calls after the stop`,
  )
  await api.close()
  expect(leaked).toEqual({ sockets: 0, watches: 0, late: 0 })
})

it('A12 ends every stream when the service closes', async () => {
  const started = performance.now()
  const bench = await startFleetBench({ pods: 50 })
  const streams = counted(500)
  let opened = 0
  const ended = Array.from({ length: streams }, async () => {
    const response = streamResponse(
      bench.service.whole.stream,
      new Request('http://dashboard/api/fleet/stream'),
    )
    for await (const { event } of sseMessages(response)) opened += event === 'snapshot' ? 1 : 0
  })
  await until('all streams to begin', () => opened === streams)
  const open = bench.service.whole.stream.readers()
  await bench.service.close()
  await Promise.all(ended)
  await until('the watches to close', () => bench.api.openWatches().length === 0)
  figure(
    'A12',
    started,
    `${open} streams open at the close, all ended, ${bench.api.openWatches().length} watches left`,
  )
  await bench.close()
  expect(open).toBe(streams)
})
