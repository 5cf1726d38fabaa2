import { expect, it } from 'vitest'
import { startReflectorBench } from './bench-reflector.ts'
import { counted, figure, percentile, seconds } from './figure.ts'
import { differences } from './observed-sink.ts'
import { until } from './until.ts'

/** Slow enough that a busy machine's own delays do not look like silence. */
const SPEED = 10

it('A7 notices a black hole, says so and gets out of it', async () => {
  const started = performance.now()
  const lanes = 10
  const rounds = counted(100)
  const staleAfter: number[] = []
  const replacedAfter: number[] = []
  let differing = 0
  await Promise.all(
    Array.from({ length: lanes }, async () => {
      const bench = await startReflectorBench({ pods: 10, speed: SPEED })
      const { api, life, sink } = bench
      await bench.caughtUp()
      for (let round = 0; round < rounds / lanes; round += 1) {
        await until('an open watch', () => api.openWatches('pods').length > 0)
        const told = sink.freshnesses.length
        // The watch says nothing any more, and nobody answers new requests either.
        const hanging = { hang: true }
        api.faults.add(() => hanging.hang, { kind: 'hang' }, Number.POSITIVE_INFINITY)
        for (const watch of api.openWatches('pods')) watch.deafen()
        life.step()
        const stale = () => sink.freshnesses.slice(told).find(({ state }) => state === 'stale')
        const deafened = performance.now()
        await until('the stale notice', () => stale() !== undefined)
        staleAfter.push((Date.now() - (stale()?.provenAt ?? 0)) * SPEED)
        hanging.hang = false
        await bench.caughtUp()
        await until('life', () => sink.freshnesses.at(-1)?.state === 'live')
        replacedAfter.push((performance.now() - deafened) * SPEED)
        api.faults.clear()
        const { missed, phantom } = differences(sink, life.world, 'pods')
        differing += missed + phantom
      }
      await bench.close()
    }),
  )
  figure(
    'A7',
    started,
    `${staleAfter.length} black holes (clock x${SPEED})`,
    `told stale after p95 ${seconds(percentile(staleAfter, 0.95))} (limit 20 s)`,
    `replaced after p95 ${seconds(percentile(replacedAfter, 0.95))} (limit 35 s)`,
    `${differing} rows differ`,
  )
  expect(staleAfter).toHaveLength(rounds)
  expect(differing).toBe(0)
})

it('A7 raises no false alarm while nothing happens', async () => {
  const started = performance.now()
  const minutes = counted(60)
  const lanes = 10
  const counts = await Promise.all(
    Array.from({ length: lanes }, async () => {
      const bench = await startReflectorBench({ pods: 10, speed: SPEED, resource: 'cocoonhibernations' })
      await until('the list', () => bench.reflector.resourceVersion !== '')
      const since = performance.now()
      let compactions = 0
      const passed = () => ((performance.now() - since) * SPEED) / 60_000
      // Elsewhere the cluster is busy; every five minutes the history from before that time is compacted.
      let keptFrom = bench.life.world.version
      await until(
        'the minutes to pass',
        () => {
          if (passed() > (compactions + 1) * 5) {
            compactions += 1
            bench.life.world.put('nodes', { metadata: { name: `other-${compactions}` } })
            bench.life.world.compact(keptFrom)
            keptFrom = bench.life.world.version
          }
          return passed() >= minutes
        },
        600_000,
      )
      const alarms = bench.sink.freshnesses.filter(({ state }) => state === 'stale').length
      const { lists, watches, silences } = bench.reflector.counters
      await bench.close()
      return { alarms: alarms + silences, lists, watches }
    }),
  )
  const sum = (pick: (count: (typeof counts)[number]) => number) =>
    counts.reduce((all, count) => all + pick(count), 0)
  figure(
    'A7',
    started,
    `${lanes * minutes} min of quiet (clock x${SPEED})`,
    `${sum(({ alarms }) => alarms)} false alarms`,
    `${sum(({ watches }) => watches)} watches, ${sum(({ lists }) => lists) - lanes} lists after the first`,
  )
  expect(sum(({ alarms }) => alarms)).toBe(0)
  expect(sum(({ lists }) => lists)).toBe(lanes)
})
