import { expect, it } from 'vitest'
import { whileLive } from '../../components/act/while-live.ts'
import { WATCHED_RESOURCES } from '../../lib/fleet/freshness.ts'
import { streamResponse } from '../../lib/kube/stream-response.ts'
import { applyMessage } from '../../lib/live/apply-message.ts'
import { connectionOf } from '../../lib/live/connection.ts'
import { UNCONNECTED } from '../../lib/live/live-state.ts'
import { createLiveStore } from '../../lib/live/live-store.ts'
import { fleetDifferences, startFleetBench } from './bench-fleet.ts'
import { SPEED } from './bench-reflector.ts'
import { counted, figure, seconds } from './figure.ts'
import { sseMessages } from './sse-messages.ts'
import { until } from './until.ts'

const MINUTE_MS = 60_000
const ALLOWED = { ok: true as const, warnings: [], notes: [] }

it('E9 shows the age of what it shows, lets nobody act on it and invents nothing while the API is down', async () => {
  const started = performance.now()
  const bench = await startFleetBench({ pods: 50 })
  const { api, life } = bench
  const store = createLiveStore()
  const gone = new AbortController()
  const request = new Request('http://dashboard/api/fleet/stream', { signal: gone.signal })
  const reading = (async () => {
    const response = streamResponse(bench.service.whole.stream, request)
    for await (const message of sseMessages(response)) applyMessage(store, message)
  })()
  const connection = () => connectionOf(store, { open: true, message: '' }, UNCONNECTED, Date.now())
  const mayAct = () => whileLive(connection().state, ALLOWED)
  const rows = () => JSON.stringify([...store.index().vms.values(), ...store.index().sets.values()])
  await until('a live page', () => connection().state === 'live' && store.index().vms.size === 50)
  expect(mayAct()).toBe(ALLOWED)

  const outage = { on: true }
  api.faults.add(() => outage.on, { kind: 'cut', how: 'reset' }, Number.POSITIVE_INFINITY)
  const downAt = Date.now()
  for (const resource of WATCHED_RESOURCES) for (const watch of api.openWatches(resource)) watch.cut('reset')
  await until('the notice', () => connection().state === 'stale')
  const noticed = (Date.now() - downAt) * SPEED
  const before = rows()
  const lies: string[] = []
  let looks = 0
  const minutes = counted(10)
  while ((Date.now() - downAt) * SPEED < minutes * MINUTE_MS) {
    // The cluster goes on; nobody here can know.
    life.step()
    looks += 1
    const { state, provenAt, message } = connection()
    const verdict = mayAct()
    if (rows() !== before) lies.push('a row changed')
    if (state !== 'stale' || message === '') lies.push(`it says ${state}: ${message}`)
    if (provenAt === 0 || provenAt > downAt + 1_000) lies.push('the data is said to be younger than it is')
    if (verdict.ok) lies.push('somebody may act')
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  const document = bench.service.whole.document()
  const age = (Date.now() - Date.parse(document.asOf ?? '')) * SPEED
  outage.on = false
  const upAt = Date.now()
  await until('a live page', () => connection().state === 'live')
  await bench.caughtUp()
  const recovered = (Date.now() - upAt) * SPEED
  const { missed, phantom, duplicate } = fleetDifferences(bench.service.whole.document(), life.world)
  const uids = (ids: Iterable<string>) => [...ids].toSorted().join(' ')
  const truth = uids(bench.service.whole.document().vms.map(({ uid }) => uid))
  await until('the page', () => uids(store.index().vms.keys()) === truth)
  gone.abort()
  await reading.catch(() => {})
  await bench.close()
  figure(
    'E9',
    started,
    `API down for ${minutes} min (clock x${SPEED}), looked at ${looks} times`,
    `told stale after ${seconds(noticed)}, data ${seconds(age)} old at its end`,
    `${lies.length} lies`,
    `live again ${seconds(recovered)} after the API`,
    `${missed + phantom + duplicate} rows differ then`,
  )
  expect(lies).toEqual([])
  expect([missed, phantom, duplicate]).toEqual([0, 0, 0])
})
