import { expect, it } from 'vitest'
import type { Random } from '../../demo/random.ts'
import { FLEET_KINDS } from '../../lib/fleet/vm.ts'
import { streamResponse } from '../../lib/kube/stream-response.ts'
import { applyMessage } from '../../lib/live/apply-message.ts'
import { createLiveStore, type LiveStore } from '../../lib/live/live-store.ts'
import { startFleetBench, type FleetBench } from './bench-fleet.ts'
import { counted, figure } from './figure.ts'
import { sseMessages } from './sse-messages.ts'

type IdKind = 'valid' | 'none' | 'old epoch' | 'future' | 'forged'

const FORGED: readonly [string, ...string[]] = [
  '',
  '-',
  '-1',
  '0-0',
  'x'.repeat(9_000),
  'null',
  '../..-1',
  "1-1'; DROP",
  '😀-1',
]

function lastEventId(kind: IdKind, position: string | null, random: Random): string | null {
  const [epoch = '', seq = '0'] = position?.split('-') ?? []
  switch (kind) {
    case 'valid':
      return position
    case 'none':
      return null
    case 'old epoch':
      return `${random.hex(16)}-${seq}`
    case 'future':
      return `${epoch}-${Number(seq) + random.int(1, 1_000_000)}`
    case 'forged':
      return random.pick(FORGED)
  }
}

/** Reads as a browser tab does, and hangs up after some messages. Returns whether it began with a snapshot. */
async function readSome(
  bench: FleetBench,
  store: LiveStore,
  id: string | null,
  messages: number,
): Promise<boolean> {
  const hangUp = new AbortController()
  const headers = new Headers()
  // What HTTP does not let pass as a header never reaches the server either.
  if (id !== null && /^[\x20-\x7e]*$/.test(id)) headers.set('last-event-id', id)
  const request = new Request('http://dashboard/api/fleet/stream', { headers, signal: hangUp.signal })
  let first = ''
  let read = 0
  for await (const message of sseMessages(streamResponse(bench.service.whole.stream, request))) {
    first ||= message.event
    applyMessage(store, message)
    read += 1
    if (read >= messages) break
    if (store.position()?.endsWith(`-${bench.service.whole.stream.seq()}`)) break
  }
  hangUp.abort()
  return first === 'snapshot'
}

/** The rows as text, in an order of their own, whatever the order of rows and fields was. */
const sorted = (rows: Iterable<object>) =>
  [...rows].map((row) => JSON.stringify(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1)))).sort()

function sameFleet(bench: FleetBench, store: LiveStore): boolean {
  const shown = bench.service.whole.document()
  return FLEET_KINDS.every(
    (kind) => sorted(shown[kind]).join('\n') === sorted(store.index()[kind].values()).join('\n'),
  )
}

it('A9 resumes the stream exactly, or starts it over', async () => {
  const started = performance.now()
  const bench = await startFleetBench({ pods: 60 })
  const { life, random } = bench
  const reconnects = counted(10_000)
  const tabs = 20
  let equal = 0
  let resumed = 0
  let needless = 0
  let strangers = 0
  for (let tab = 0; tab < tabs; tab += 1) {
    const store = createLiveStore()
    await readSome(bench, store, null, 1)
    for (let time = 0; time < reconnects / tabs; time += 1) {
      for (let change = random.int(0, 3); change > 0; change -= 1) life.step()
      await bench.caughtUp()
      bench.service.whole.document()
      const kind = random.pick<IdKind>([
        'valid',
        'valid',
        'valid',
        'valid',
        'none',
        'old epoch',
        'future',
        'forged',
      ])
      const id = lastEventId(kind, store.position(), random)
      const behind = !store.position()?.endsWith(`-${bench.service.whole.stream.seq()}`)
      bench.service.whole.stream.beat()
      const fresh = await readSome(bench, store, id, random.int(1, 4))
      if (kind === 'valid' && behind) {
        resumed += fresh ? 0 : 1
        needless += fresh ? 1 : 0
      }
      if (kind !== 'valid' && !fresh) strangers += 1
      // Whatever was read, the rest of it brings the tab to the truth.
      await readSome(bench, store, store.position(), 1_000)
      equal += sameFleet(bench, store) ? 1 : 0
    }
  }
  figure(
    'A9',
    started,
    `${reconnects} reconnects of ${tabs} tabs`,
    `${equal} ended in the same state, ${resumed} resumed, ${needless} snapshots that were not needed`,
    `${strangers} foreign or forged ids followed`,
  )
  await bench.close()
  expect(equal).toBe(reconnects)
  expect(strangers).toBe(0)
})
