import { expect, it } from 'vitest'
import { vmNode } from '../faulty-api/fleet-objects.ts'
import { startReflectorBench } from './bench-reflector.ts'
import { counted, figure } from './figure.ts'
import { differences } from './observed-sink.ts'
import { until } from './until.ts'

it('A6 never goes back in time, whichever API server answers', async () => {
  const started = performance.now()
  const bench = await startReflectorBench({ pods: 50, servers: 2 })
  const { api, life, random, reflector, sink } = bench
  await bench.caughtUp()
  const rounds = counted(1_000)
  let failovers = 0
  let differing = 0
  for (let round = 0; round < rounds; round += 1) {
    await until('an open watch', () => api.openWatches('pods').length > 0)
    const other = api.route === 0 ? 1 : 0
    const lagging = api.views[other]
    lagging?.freeze()
    for (let change = random.int(1, 5); change > 0; change -= 1) life.step()
    await bench.caughtUp()
    // Fail over to the server that lags, which also repeats what was already told; some of the time the
    // history is gone, so that it is asked for a list that it cannot give yet.
    api.manners.replay = random.int(0, 10)
    if (round % 3 === 0) {
      life.world.put('nodes', vmNode(0, round))
      life.world.compact()
    }
    api.route = other
    failovers += 1
    api.openWatches('pods')[0]?.cut(random.pick(['reset', 'fin', 'end']))
    const asked = api.requests()
    await until('the other server to be asked', () => api.requests() > asked)
    life.step()
    lagging?.thaw()
    await bench.caughtUp()
    const { missed, phantom } = differences(sink, life.world, 'pods')
    differing += missed + phantom
  }
  const { ignored, lists } = reflector.counters
  figure(
    'A6',
    started,
    `${failovers} failovers to a lagging server`,
    `${sink.backwards} rows went back, ${sink.duplicates} duplicate, ${differing} differ`,
    `${ignored} old events ignored, ${lists} lists`,
  )
  await bench.close()
  expect({ backwards: sink.backwards, duplicates: sink.duplicates, differing }).toEqual({
    backwards: 0,
    duplicates: 0,
    differing: 0,
  })
  expect(ignored).toBeGreaterThan(0)
})
