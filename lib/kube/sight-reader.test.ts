import { afterEach, describe, expect, it, vi } from 'vitest'
import { NO_SIGHT, sightOf } from '../fleet/sight.ts'
import type { Sight } from '../fleet/sight.ts'
import { createFleetStore } from './fleet-store.ts'
import type { StreamReader } from './fleet-stream.ts'
import { Refused } from './problem.ts'
import { openSightReader } from './sight-reader.ts'
import { podRow } from './store.fixture.ts'
import { sent } from './stream.fixture.ts'
import type { Sent } from './stream.fixture.ts'
import { createViews } from './views.ts'

const refused = (status: number) =>
  new Refused({
    status,
    code: status === 401 ? 'unauthorized' : 'unavailable',
    title: 'No',
    detail: 'Not known.',
  })

const podsIn = (...namespaces: string[]) => sightOf({ ...NO_SIGHT, pods: new Set(namespaces) })

let reader: StreamReader | undefined
afterEach(() => {
  reader?.close()
  vi.useRealTimers()
})

/** A fleet with a VM in red and one in blue, looked at by somebody who may see `sight`. */
async function looking(first: Sight) {
  vi.useFakeTimers()
  const store = createFleetStore({
    onFreshness: () => {},
    onChanges: (changes, judged) => views.follow(changes, judged),
    onNamespace: () => listeners.forEach((listener) => listener()),
  })
  const views = createViews({ store, cluster: { kind: 'kube', name: 'lab' } })
  const listeners = new Set<() => void>()
  const put = (namespace: string, name: string) => {
    store.pods.put(podRow({ name, uid: `${namespace}/${name}`, metadata: { namespace } }))
    store.flush()
  }
  put('red', 'a')
  put('blue', 'b')
  const may = { sight: first as Sight | Refused | 'slow', asked: 0 }
  reader = await openSightReader(
    {
      viewOf: views.of,
      async sight() {
        may.asked += 1
        if (may.sight === 'slow') return new Promise(() => {})
        if (may.sight instanceof Refused) throw may.sight
        return may.sight
      },
      onNamespace(listener) {
        listeners.add(listener)
        return () => void listeners.delete(listener)
      },
    },
    null,
  )
  const got: Sent[] = []
  let ended = false
  const pump = async (from: StreamReader) => {
    for (let frames = await from.next(); frames !== null; frames = await from.next())
      got.push(...frames.map(sent))
    ended = true
  }
  void pump(reader)
  const later = async (ms: number) => {
    for (let at = 0; at < ms; at += 1_000) {
      await vi.advanceTimersByTimeAsync(1_000)
      if (at % 5_000 === 0) views.beat()
    }
    return got.splice(0)
  }
  await vi.advanceTimersByTimeAsync(0)
  return { put, may, later, store, listeners, first: got.splice(0), hasEnded: () => ended }
}

const vmsOf = (events: readonly Sent[]) =>
  events
    .filter(({ event }) => event === 'snapshot')
    .map(({ data }) => JSON.stringify(data.tables).match(/red\/\w|blue\/\w/g) ?? [])
const namesOf = (events: readonly Sent[]) => [...new Set(events.map(({ event }) => event))]

describe('a place in the stream of what somebody may see', () => {
  it('begins with what they may see, and asks again every 20 s', async () => {
    const { first, may, later } = await looking(podsIn('red'))
    expect(vmsOf(first)).toEqual([['red/a']])
    await later(61_000)
    expect(may.asked).toBe(4)
  })

  it('shows what is granted within a minute, and hides what is taken, by a snapshot', async () => {
    const { may, later } = await looking(podsIn('red'))
    may.sight = podsIn('red', 'blue')
    expect(vmsOf(await later(21_000))).toEqual([['red/a', 'blue/b']])
    may.sight = podsIn('blue')
    expect(vmsOf(await later(21_000))).toEqual([['blue/b']])
    may.sight = NO_SIGHT
    const last = await later(21_000)
    expect(last.at(-1)?.data.freshness).toMatchObject({ pods: { state: 'forbidden', yours: true } })
    expect(vmsOf(last)).toEqual([[]])
  })

  it('asks at once when there is a namespace that nobody was asked about', async () => {
    const { may, put, later } = await looking(podsIn('red'))
    may.sight = podsIn('red', 'green')
    put('green', 'g')
    expect(vmsOf(await later(1_000))).toHaveLength(1)
    expect(may.asked).toBe(2)
  })

  it.each([
    ['refused', refused(503)],
    ['never answered', 'slow' as const],
  ])(
    'tells nothing that no review covers when reviews are %s, says so, and goes on by itself',
    async (_, trouble) => {
      const { may, put, later } = await looking(podsIn('red'))
      may.sight = trouble
      const before = await later(31_000)
      expect(namesOf(before)).toEqual(['beat'])
      put('red', 'hidden')
      const held = await later(120_000)
      expect(namesOf(held)).toEqual(['beat'])
      expect(held.length).toBeGreaterThan(20)
      expect(held.at(-1)?.data.freshness).toMatchObject({
        pods: { state: 'stale', message: expect.stringMatching(/Not known|could not be checked/) },
      })
      expect(JSON.stringify(held)).not.toContain('hidden')
      if (trouble === 'slow') return
      may.sight = podsIn('red')
      const after = await later(6_000)
      expect(JSON.stringify(after.filter(({ event }) => event === 'delta'))).toContain('hidden')
    },
  )

  it('forgets what came while the rights were not known when they are others now', async () => {
    const { may, put, later } = await looking(podsIn('red'))
    may.sight = refused(503)
    await later(31_000)
    put('red', 'hidden')
    await later(5_000)
    may.sight = podsIn('blue')
    const after = await later(6_000)
    expect(vmsOf(after)).toEqual([['blue/b']])
    expect(JSON.stringify(after)).not.toContain('hidden')
  })

  it('ends when the cluster knows them no more, and leaves nothing behind', async () => {
    const { may, later, hasEnded, listeners } = await looking(podsIn('red'))
    may.sight = refused(401)
    await later(21_000)
    expect([hasEnded(), listeners.size, vi.getTimerCount()]).toEqual([true, 0, 0])
  })
})

it('is none for somebody of whom it is not known what they may see', async () => {
  const open = openSightReader(
    {
      viewOf: () => expect.unreachable(),
      sight: () => Promise.reject(refused(503)),
      onNamespace: () => () => {},
    },
    null,
  )
  await expect(open).rejects.toThrow('Not known.')
})
