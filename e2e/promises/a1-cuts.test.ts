import { expect, it } from 'vitest'
import type { WatchedResource } from '../../lib/fleet/freshness.ts'
import type { OpenWatch, Tampered } from '../faulty-api/open-watch.ts'
import { fleetDifferences, startFleetBench } from './bench-fleet.ts'
import { SPEED } from './bench-reflector.ts'
import { counted, figure, percentile, seconds } from './figure.ts'
import { until } from './until.ts'

type CutKind = 'reset' | 'fin' | 'half-open' | 'mid-utf8' | 'mid-json'

/** Where a line is cut: inside one of its characters of several bytes. */
function insideCharacter(line: Buffer, at: number): number {
  for (let byte = at; byte < line.length; byte += 1) if ((line[byte] ?? 0) >= 0xc2) return byte + 1
  return Math.max(1, line.length - 1)
}

function strike(watch: OpenWatch, kind: CutKind, chance: number): void {
  const place = (line: Buffer) => 1 + Math.floor(chance * (line.length - 2))
  const cut = (at: (line: Buffer) => number) =>
    watch.tamperNext((line): Tampered => ({ bytes: line.subarray(0, at(line)), cut: 'fin' }))
  switch (kind) {
    case 'reset':
      watch.tamperNext((line) => ({ bytes: line.subarray(0, place(line)), cut: 'reset' }))
      return
    case 'fin':
      watch.cut('fin')
      return
    case 'half-open':
      watch.deafen()
      return
    case 'mid-utf8':
      cut((line) => insideCharacter(line, place(line)))
      return
    case 'mid-json':
      cut(place)
  }
}

it('A1 recovers from any cut', async () => {
  const started = performance.now()
  const bench = await startFleetBench({ pods: 2_000 })
  const { api, life, random } = bench
  const cuts = counted(1_000)
  const total = { missed: 0, phantom: 0, duplicate: 0 }
  const times: number[] = []
  const halfOpen: number[] = []
  let changes = 0
  for (let cut = 0; cut < cuts; cut += 1) {
    // Half-open connections cost a whole silence each, so they are one in ten.
    const kind = cut % 10 === 0 ? 'half-open' : random.pick<CutKind>(['reset', 'fin', 'mid-utf8', 'mid-json'])
    await until('an open watch', () => api.openWatches('pods').length > 0)
    const resource =
      random.next() < 0.8 ? 'pods' : random.pick<WatchedResource>(['cocoonsets', 'cocoonhibernations'])
    const watch = api.openWatches(resource)[0] ?? api.openWatches('pods')[0]
    if (watch) strike(watch, kind, random.next())
    let struck = performance.now()
    // 50 changes a second, on a clock that runs SPEED times as fast.
    const burst = setInterval(
      () => {
        changes += 1
        life.step()
      },
      1_000 / (50 * SPEED),
    )
    await until('the cut', () => !watch?.open)
    if (kind !== 'half-open') struck = performance.now()
    await until('the watch to be open again', () => api.openWatches(watch?.resource).length > 0)
    clearInterval(burst)
    await bench.caughtUp()
    const took = (performance.now() - struck) * SPEED
    ;(kind === 'half-open' ? halfOpen : times).push(took)
    const found = fleetDifferences(bench.service.whole.document(), life.world)
    total.missed += found.missed
    total.phantom += found.phantom
    total.duplicate += found.duplicate
  }
  const counters = Object.values(bench.service.reflectors).map((reflector) => reflector.counters)
  const lists = counters.reduce((sum, { lists: done }) => sum + done, 0)
  figure(
    'A1',
    started,
    `${cuts} cuts during ${changes} changes of 2,000 pods`,
    `${total.missed} missed, ${total.phantom} phantom, ${total.duplicate} duplicate`,
    `recovery p95 ${seconds(percentile(times, 0.95))} (limit 2 s)`,
    `half-open max ${seconds(Math.max(...halfOpen))} (limit 35 s), clock x${SPEED}`,
    `${lists} lists of 4 resources`,
  )
  await bench.close()
  expect(total).toEqual({ missed: 0, phantom: 0, duplicate: 0 })
  expect(lists).toBe(4)
})
