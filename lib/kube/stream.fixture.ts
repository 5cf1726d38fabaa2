import { manyTables } from '../fleet/fleet.fixture.ts'
import { WATCHED_RESOURCES } from '../fleet/freshness.ts'
import type { Freshness, WatchState } from '../fleet/freshness.ts'
import { applyChanges } from '../fleet/row-changes.ts'
import type { Vm } from '../fleet/vm.ts'
import type { FleetChanges } from '../fleet/wire.ts'
import { createFleetStream } from './fleet-stream.ts'
import type { FleetStreamOptions, StreamReader } from './fleet-stream.ts'
import type { Frame } from './frame.ts'

export const freshnessOf = (state: WatchState, provenAt = 1): Freshness =>
  Object.fromEntries(WATCHED_RESOURCES.map((name) => [name, { state, provenAt, message: '' }])) as Freshness

export interface Sent {
  event: string
  id: string | null
  data: Record<string, unknown>
}

/** A server-sent event as a reader of the protocol sees it. */
export function sentBy(text: string): Sent[] {
  return text
    .split('\n\n')
    .filter((block) => block !== '')
    .map((block) => {
      const fields = new Map(
        block.split('\n').map((line) => line.split(/: (.*)/s).slice(0, 2) as [string, string]),
      )
      const data = JSON.parse(fields.get('data') ?? 'null') as Record<string, unknown>
      return { event: fields.get('event') ?? '', id: fields.get('id') ?? null, data }
    })
}

export const sent = (frame: Frame): Sent =>
  sentBy(new TextDecoder().decode(frame.plain))[0] ?? { event: 'none', id: null, data: {} }

/** A stream over a fleet of `count` VMs, with changes at hand. */
export function sampleStream(count: number, options: Partial<FleetStreamOptions> = {}) {
  const tables = manyTables(count)
  const vms = [...tables.vms.values()]
  const clock = { now: Date.UTC(2026, 0, 2) }
  const stream = createFleetStream({
    epoch: 'e1',
    cluster: { kind: 'kube', name: 'lab' },
    tables,
    freshness: () => freshnessOf('live', clock.now),
    now: () => clock.now,
    ...options,
  })
  let turn = 0
  /** Changes one VM, as the store would: first the table, then the stream. */
  const change = (over?: Partial<Vm>) => {
    turn += 1
    const uid = vms[turn % vms.length]?.uid ?? ''
    const changes: FleetChanges = { vms: { set: [{ uid, message: `turn ${turn}`, ...over }] } }
    applyChanges(tables, changes)
    stream.publish(changes)
    return changes
  }
  return { stream, tables, clock, change }
}

/** Reads until `done` says that what came is enough. */
export async function readUntil(reader: StreamReader, done: (got: Sent[]) => boolean): Promise<Sent[]> {
  const got: Sent[] = []
  while (!done(got)) {
    const frames = await reader.next()
    if (frames === null) return got
    got.push(...frames.map(sent))
  }
  return got
}

/** The events by name, with the id where they have one. */
export const eventsOf = (got: readonly Sent[]) =>
  got.map(({ event, id }) => (id === null ? event : `${event} ${id}`))
