import { expect, it } from 'vitest'
import { seededRandom } from '../../demo/random.ts'
import { applyChanges, emptyTables, tablesOfSnapshot } from '../fleet/row-changes.ts'
import type { DeltaEvent, SnapshotEvent } from '../fleet/wire.ts'
import type { StreamReader } from './fleet-stream.ts'
import { sampleStream, sent } from './stream.fixture.ts'

/** A page that cuts its stream and comes back at random, with true, old and forged ids (promise A9). */
function page() {
  const held = { tables: emptyTables(), id: null as string | null, seq: -1 }
  const apply = ({ event, id, data }: ReturnType<typeof sent>) => {
    if (event === 'snapshot') {
      held.tables = tablesOfSnapshot(data as unknown as SnapshotEvent)
      held.seq = Number(data.seq)
    } else if (event === 'delta') {
      if (data.seq !== held.seq + 1) throw new Error(`delta ${String(data.seq)} after ${held.seq}`)
      applyChanges(held.tables, (data as unknown as DeltaEvent).changes)
      held.seq += 1
    }
    held.id = id ?? held.id
  }
  return { held, apply }
}

it('a reader that comes back 1,000 times at random holds exactly the fleet', async () => {
  const random = seededRandom(99)
  const { stream, tables, change } = sampleStream(40, { ringLength: 30 })
  const { held, apply } = page()
  let reader: StreamReader = stream.open(null)
  const read = async () => {
    for (const frame of (await reader.next()) ?? []) apply(sent(frame))
  }
  for (let round = 0; round < 1_000; round += 1) {
    const busy = random.int(0, 3) === 0 ? random.int(20, 60) : random.int(0, 4)
    for (let at = 0; at < busy; at += 1) change()
    // Sometimes it hears a part of that before it is cut.
    if (held.seq < stream.seq() && random.int(0, 2) > 0) await read()
    reader.close()
    const forged = [null, 'other-3', `e1-${stream.seq() + 5}`, 'e1-'][random.int(0, 3)] ?? null
    const lies = random.int(0, 3) === 0
    // Whoever lies is told everything anew: before that it holds nothing.
    if (lies) held.seq = -1
    reader = stream.open(lies ? forged : held.id)
    while (held.seq < stream.seq()) await read()
    expect(held.seq).toBe(stream.seq())
  }
  expect(held.tables).toEqual(tables)
  reader.close()
  expect(stream.readers()).toBe(0)
})
