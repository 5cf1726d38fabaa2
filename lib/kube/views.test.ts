import { describe, expect, it } from 'vitest'
import type { FleetTables } from '../fleet/row-changes.ts'
import { NO_SIGHT, sees, sightOf } from '../fleet/sight.ts'
import type { Seen, Sight } from '../fleet/sight.ts'
import { FLEET_KINDS } from '../fleet/vm.ts'
import type { FleetKind } from '../fleet/vm.ts'
import type { FleetDocument } from '../fleet/wire.ts'
import { createFleetStore } from './fleet-store.ts'
import type { StreamReader } from './fleet-stream.ts'
import { hibernationRow, nodeRow, podRow, setRow } from './store.fixture.ts'
import { readUntil } from './stream.fixture.ts'
import { createViews } from './views.ts'

const NAMESPACES = ['red', 'green', 'blue']

/** A sequence that is the same in every run (mulberry32). */
function dice(seed: number) {
  let state = seed
  return (sides: number) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % sides
  }
}

const clock = { now: Date.UTC(2026, 0, 2) }
const now = () => clock.now

function fleet() {
  const store = createFleetStore({
    now,
    onFreshness: () => {},
    onChanges: (changes, judged) => views.follow(changes, judged),
  })
  const views = createViews({ store, cluster: { kind: 'kube', name: 'lab' }, now, keptMs: 1_000 })
  return { store, views }
}
type Fleet = ReturnType<typeof fleet>

const LIFE = ['creating', 'ready', 'hibernating', 'hibernated', 'failed', '']

/** One random change of a random object, told to every store whose sight covers it. */
function turn(roll: (sides: number) => number, stores: [Fleet['store'], Sight | null][]): void {
  const namespace = NAMESPACES[roll(NAMESPACES.length)] ?? ''
  const at = roll(4)
  const name = `web-${at}`
  const metadata = { namespace }
  const each = (
    resource: 'pods' | 'cocoonsets' | 'cocoonhibernations',
    tell: (s: Fleet['store']) => void,
  ) => {
    for (const [store, sight] of stores) if (sight === null || sees(sight[resource], namespace)) tell(store)
  }
  const kind = roll(8)
  const uid = `${namespace}-${name}`
  if (kind < 4) {
    const state = LIFE[roll(LIFE.length)] ?? ''
    const row = podRow({
      name,
      uid,
      metadata: { ...metadata, ...(roll(9) === 0 ? { deletionTimestamp: '2026-01-02T00:00:00Z' } : {}) },
      annotations: {
        'vm.cocoonstack.io/lifecycle-state': state,
        'vm.cocoonstack.io/hibernate': String(state.startsWith('hib')),
      },
      labels: { 'cocoonset.cocoonstack.io/role': at === 0 ? 'main' : 'sub-agent' },
    })
    return each('pods', ({ pods }) => (kind > 0 ? pods.put(row) : pods.remove(uid)))
  }
  if (kind < 6) {
    const phase = ['Running', 'Suspending', 'Suspended', 'Waking', 'Migrating', 'Failed'][roll(6)] ?? ''
    const row = { ...setRow('web', phase, `set-${namespace}`), namespace, suspend: phase.startsWith('Susp') }
    return each('cocoonsets', ({ cocoonsets }) =>
      kind === 4 && at === 0 ? cocoonsets.remove(row.uid) : cocoonsets.put(row),
    )
  }
  const phase = ['Hibernating', 'Hibernated', 'Waking', 'Active', 'Failed'][roll(5)] ?? ''
  const row = hibernationRow({ pod: name, phase, desire: phase.startsWith('Hib') ? 'Hibernate' : 'Wake' })
  const placed = { ...row, uid: `h-${namespace}-${name}`, namespace, message: `canary ${namespace}` }
  each('cocoonhibernations', ({ cocoonhibernations }) =>
    kind === 6 && at === 0 ? cocoonhibernations.remove(placed.uid) : cocoonhibernations.put(placed),
  )
}

/** Operations begun in one batch are numbered in any order. */
const inOrder = (tables: Pick<FleetDocument, FleetKind>) =>
  FLEET_KINDS.map((kind) =>
    tables[kind].map((row) => JSON.stringify(kind === 'operations' ? { ...row, uid: '' } : row)).toSorted(),
  )

const rowsOf = (tables: FleetTables) =>
  Object.fromEntries(FLEET_KINDS.map((kind) => [kind, [...tables[kind].values()]])) as Pick<
    FleetDocument,
    FleetKind
  >

const seen = (...namespaces: string[]): Seen => new Set(namespaces)
const sights: [string, Sight][] = [
  [
    'everything of one namespace',
    sightOf({ pods: seen('red'), cocoonsets: seen('red'), cocoonhibernations: seen('red'), nodes: false }),
  ],
  ['pods alone', sightOf({ ...NO_SIGHT, pods: 'all' })],
  ['pods and sets', sightOf({ ...NO_SIGHT, pods: 'all', cocoonsets: 'all', nodes: true })],
  ['pods and hibernations', sightOf({ ...NO_SIGHT, pods: 'all', cocoonhibernations: 'all' })],
  ['sets alone', sightOf({ ...NO_SIGHT, cocoonsets: 'all' })],
  [
    'a different part of each',
    sightOf({
      pods: seen('red', 'green'),
      cocoonsets: seen('green', 'blue'),
      cocoonhibernations: seen('red', 'blue'),
      nodes: true,
    }),
  ],
  ['nothing', NO_SIGHT],
]

describe.each(sights)('a view of %s', (_, sight) => {
  it('is what a dashboard would show that knew of nothing else, row by row and delta by delta', () => {
    for (let seed = 1; seed <= 40; seed += 1) {
      const roll = dice(seed)
      const whole = fleet()
      const other = fleet()
      // It follows from the beginning, so even the operations bear the same names.
      const view = whole.views.of(sight)
      const node = nodeRow('n1')
      whole.store.nodes.put(node)
      if (sight.nodes) other.store.nodes.put(node)
      for (let at = 0; at < 150; at += 1) {
        clock.now += 500
        turn(roll, [
          [whole.store, null],
          [other.store, sight],
        ])
        whole.store.flush()
        other.store.flush()
        const shown = view.document()
        expect(inOrder(shown), `seed ${seed}, turn ${at}`).toEqual(inOrder(rowsOf(other.store.tables)))
      }
    }
  })
})

const ofTeam = (...namespaces: string[]) => {
  const there = seen(...namespaces)
  return sightOf({ pods: there, cocoonsets: there, cocoonhibernations: there, nodes: false })
}
const placed = (namespace: string, name: string) =>
  podRow({ name, uid: `${namespace}-${name}`, metadata: { namespace } })
const framesOf = async (reader: StreamReader) => (await reader.next()) ?? []

describe('the views of one store', () => {
  it('are one for all of one sight, who get the very same bytes', async () => {
    const { store, views } = fleet()
    store.pods.put(placed('red', 'web-0'))
    const readers = [ofTeam('red', 'blue'), ofTeam('blue', 'red')].map((sight) =>
      views.of(sight).stream.open(null),
    )
    const [one = [], other = []] = await Promise.all(readers.map(framesOf))
    expect([views.count(), one.length]).toEqual([2, 2])
    one.forEach((frame, at) => expect(frame.plain).toBe(other[at]?.plain))
  })

  it('have places of their own: that of one is none in another', async () => {
    const { store, views } = fleet()
    store.pods.put(placed('red', 'web-0'))
    const [red, blue] = [views.of(ofTeam('red')), views.of(ofTeam('blue'))]
    const { epoch, seq } = red.document()
    const [first] = await readUntil(blue.stream.open(`${epoch}-${seq}`), (got) => got.length > 0)
    expect(first).toMatchObject({ event: 'snapshot', data: { tables: { vms: { n: 0 } } } })
    expect(new Set([epoch, blue.document().epoch, views.whole.document().epoch]).size).toBe(3)
  })

  it('say nothing of what happens out of sight, not even that something does', async () => {
    const { store, views } = fleet()
    store.pods.put(placed('red', 'web-0'))
    const reader = views.of(ofTeam('red')).stream.open(null)
    await framesOf(reader)
    for (const name of ['a', 'b', 'c']) {
      store.pods.put(placed('blue', name))
      store.flush()
    }
    store.pods.remove('red-web-0')
    store.flush()
    const [next] = await readUntil(reader, (got) => got.length > 0)
    expect(next).toMatchObject({ event: 'delta', data: { seq: 1, changes: { vms: { del: ['red-web-0'] } } } })
  })

  it('go some time after their last reader, and end with the store', async () => {
    const { views } = fleet()
    const reader = views.of(ofTeam('red')).stream.open(null)
    views.of(ofTeam('blue'))
    clock.now += 2_000
    views.beat()
    expect(views.count()).toBe(2)
    await framesOf(reader)
    const next = reader.next()
    views.close()
    expect(await next).toBeNull()
  })

  it('remember where everything is in sight what went on before they were asked for', () => {
    const { store, views } = fleet()
    const making = (state: string) => ({
      name: 'web-1',
      metadata: { namespace: 'red', creationTimestamp: new Date(clock.now).toISOString() },
      annotations: { 'vm.cocoonstack.io/lifecycle-state': state },
    })
    store.pods.put(podRow(making('creating')))
    store.flush()
    clock.now += 9_000
    store.pods.put(podRow(making('ready')))
    store.flush()
    const told = (sight: Sight) => {
      const { operations, usual } = views.of(sight).document()
      return [operations.map(({ kind, took }) => [kind, took]), usual.map(({ count }) => count)]
    }
    expect(told(ofTeam('red'))).toEqual([[['create', 9_000]], [1]])
    expect(told(ofTeam('blue'))).toEqual([[], []])
    expect(told(sightOf({ ...NO_SIGHT, pods: 'all' }))).toEqual([[], []])
  })

  it('tell how the watches stand in words that hold nothing of what the dashboard itself was told', () => {
    const { store, views } = fleet()
    const refused = {
      state: 'forbidden',
      provenAt: 0,
      message: 'User "system:serviceaccount:x" cannot',
    } as const
    store.cocoonsets.freshness({ state: 'stale', provenAt: 5, message: 'secret-host refused' })
    store.cocoonhibernations.freshness(refused)
    const { freshness } = views.of(ofTeam('red')).document()
    expect(JSON.stringify(freshness)).not.toMatch(/serviceaccount|secret-host/)
    expect(freshness).toMatchObject({
      cocoonsets: { state: 'stale', provenAt: 5 },
      cocoonhibernations: { state: 'forbidden', message: expect.stringContaining('The dashboard itself') },
      nodes: { state: 'forbidden', yours: true, message: expect.stringContaining('you may list') },
    })
    expect(views.whole.document().freshness.cocoonhibernations).toEqual(refused)
  })
})
