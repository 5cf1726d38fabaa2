import { expect, it } from 'vitest'
import type { DeltaEvent } from '../../lib/fleet/wire.ts'
import { streamResponse } from '../../lib/kube/stream-response.ts'
import { fleetDifferences, startFleetBench } from './bench-fleet.ts'
import { counted, figure } from './figure.ts'
import { sseMessages } from './sse-messages.ts'
import { until } from './until.ts'

it('A5 shows a recreated namesake as another VM', async () => {
  const started = performance.now()
  const bench = await startFleetBench({ pods: 50 })
  const { api, life } = bench
  const rounds = counted(1_000)
  const reading = new AbortController()
  const request = new Request('http://dashboard/api/fleet/stream', { signal: reading.signal })
  const gone = new Set<string>()
  const come = new Set<string>()
  const reader = (async () => {
    for await (const { event, data } of sseMessages(streamResponse(bench.service.whole.stream, request))) {
      if (event !== 'delta') continue
      const { vms } = (JSON.parse(data) as DeltaEvent).changes
      for (const uid of vms?.del ?? []) gone.add(uid)
      for (const row of vms?.add ?? []) come.add(row.uid)
    }
  })()

  let honest = 0
  let byList = 0
  for (let round = 0; round < rounds; round += 1) {
    await until('an open watch', () => api.openWatches('pods').length > 0)
    const lists = bench.service.reflectors.pods.counters.lists
    api.openWatches('pods')[0]?.cut('reset')
    const { before, after } = life.recreate()
    // Every other time the history of the gap is lost, and only a list tells.
    if (round % 2 === 0) life.world.compact()
    await bench.caughtUp()
    if (round % 2 === 0) await until('the list', () => bench.service.reflectors.pods.counters.lists > lists)
    bench.service.whole.document()
    await until('the stream to tell', () => gone.has(before) && come.has(after))
    const shown = new Set(bench.service.whole.document().vms.map(({ uid }) => uid))
    honest += !shown.has(before) && shown.has(after) ? 1 : 0
    byList += round % 2 === 0 ? 1 : 0
  }
  const differing = fleetDifferences(bench.service.whole.document(), life.world)
  reading.abort()
  await bench.close()
  await reader
  figure('A5', started, `${honest}/${rounds} seen as deletion and arrival, ${byList} of them by a list`)
  expect(honest).toBe(rounds)
  expect(differing).toEqual({ missed: 0, phantom: 0, duplicate: 0 })
})
