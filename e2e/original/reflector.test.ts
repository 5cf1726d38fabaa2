import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { seededRandom } from '../../demo/random.ts'
import { startControlPlane, type ControlPlane } from '../control-plane/start-control-plane.ts'
import { figure, SEED } from '../promises/figure.ts'
import { until } from '../promises/until.ts'
import { change, changeSomething } from './churn.ts'
import { compact } from './compact.ts'
import { backedUp, namespaceObject, startRig } from './reflector-rig.ts'

const RESTORED = 2_000
let plane: ControlPlane

beforeAll(async () => {
  plane = await startControlPlane({ objects: [namespaceObject(), ...backedUp(RESTORED)] })
}, 900_000)
afterAll(() => plane.close())

it('fills by a streamed list, which the original ends with its bookmark', async () => {
  const started = performance.now()
  const rig = startRig(plane)
  await rig.agrees()
  const { counters } = rig.reflector
  figure(
    'WatchList',
    started,
    `${RESTORED} objects`,
    `${counters.streamedLists} streamed list, ${counters.pages} pages`,
  )
  expect(counters).toMatchObject({
    lists: 1,
    streamedLists: 1,
    pages: 0,
    badFrames: 0,
    quarantined: 0,
    rollbacks: 0,
  })
  await rig.close()
})

it('follows every change of the original, and an audit finds nothing to mend', async () => {
  const started = performance.now()
  const rig = startRig(plane)
  await rig.agrees()
  await change(rig.admin, seededRandom(SEED), 400)
  await rig.agrees()
  const audited = await rig.reflector.audit()
  figure(
    'truth',
    started,
    '400 changes',
    `${audited?.length ?? 'no audit'} divergences`,
    `${rig.sink.duplicates} duplicates`,
  )
  expect(audited).toEqual([])
  expect(rig.sink).toMatchObject({ duplicates: 0, backwards: 0 })
  await rig.close()
})

it('moves on by bookmarks while nothing of its own happens', async () => {
  const started = performance.now()
  const rig = startRig(plane)
  await rig.agrees()
  const { resourceVersion, counters } = rig.reflector
  const lists = counters.lists
  // Something else happens, so that the version of the cluster moves.
  const random = seededRandom(SEED)
  const stirred = async () => {
    const path = '/api/v1/namespaces/default'
    await rig.admin.send(
      'PATCH',
      path,
      { metadata: { labels: { stir: random.hex(4) } } },
      'application/merge-patch+json',
    )
  }
  await stirred()
  await until(
    'a bookmark to move the version',
    () => rig.reflector.resourceVersion !== resourceVersion,
    60_000,
  )
  figure(
    'bookmarks',
    started,
    `${counters.bookmarks} bookmarks, ${counters.watches} watches`,
    `${counters.lists - lists} lists`,
  )
  expect(counters.lists).toBe(lists)
  await rig.close()
})

it('lists again, and loses nothing, when the history that it needs was compacted away', async () => {
  const started = performance.now()
  const random = seededRandom(SEED)
  const rig = startRig(plane)
  await rig.agrees()
  const listsOf = () => rig.reflector.counters.lists
  const before = listsOf()
  for (let round = 0; round < 3; round += 1) {
    await change(rig.admin, random, 40)
    await rig.agrees()
    // History goes on while the API server is away, and is dropped: what the reflector asks for next is gone.
    await plane.restartApiServer('cut', async () => {
      await plane.restore(backedUp(20, RESTORED + round * 20))
      await compact(plane)
    })
    await rig.agrees()
  }
  const relists = listsOf() - before
  figure('410', started, '3 compactions', `${relists} lists`, `${rig.sink.backwards} backwards`)
  expect(relists).toBeGreaterThanOrEqual(3)
  expect(rig.sink).toMatchObject({ duplicates: 0, backwards: 0 })
  expect(await rig.reflector.audit()).toEqual([])
  await rig.close()
})

it('survives a rolling restart of the API server while objects change', async () => {
  const started = performance.now()
  const random = seededRandom(SEED)
  const rig = startRig(plane)
  await rig.agrees()
  let changes = 0
  const rolled = new AbortController()
  const load = async () => {
    while (!rolled.signal.aborted) {
      // The one who changes things meets the same restarts; what was refused or cut off may or may not have happened.
      await changeSomething(rig.admin, random).then(
        () => (changes += 1),
        () => wait(20),
      )
    }
  }
  const loads = [load(), load()]
  for (const how of ['graceful', 'cut', 'graceful'] as const) await plane.restartApiServer(how)
  rolled.abort()
  await Promise.all(loads)
  await rig.agrees()
  const { counters } = rig.reflector
  const facts = [`${changes} changes`, `${counters.watches} watches`, `${counters.silences} silences`]
  figure('rolling restart', started, '3 restarts', ...facts, `${rig.sink.backwards} backwards`)
  expect(changes).toBeGreaterThan(0)
  expect(rig.sink).toMatchObject({ duplicates: 0, backwards: 0 })
  expect(await rig.reflector.audit()).toEqual([])
  await rig.close()
})
