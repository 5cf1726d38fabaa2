import { expect, it } from 'vitest'
import { hurried, REFLECTOR_TIMING } from '../../lib/kube/reflector-timing.ts'
import { isFill, isWatch, statusBody, type Fault } from '../faulty-api/faults.ts'
import { startReflectorBench, type ReflectorBench } from './bench-reflector.ts'
import { counted, figure } from './figure.ts'
import { differences } from './observed-sink.ts'
import { until } from './until.ts'

const FAST = 200
/** Only the waits are hurried: the machine is not. The slow poll of what is forbidden would take most of the time. */
const TIMING = { ...REFLECTOR_TIMING, backoff: hurried(FAST).backoff, slowPollMs: [10, 20] as const }

const answer = (status: number, headers: Record<string, string> = {}): Fault => ({
  kind: 'answer',
  status,
  headers,
  body: status === 200 ? '' : statusBody(status, 'Refused', `this is a ${status}`),
})

const REFUSALS: [string, Fault][] = [
  ...[401, 403, 404, 408, 410, 500, 502, 503, 504].map((s): [string, Fault] => [String(s), answer(s)]),
  ['429', answer(429)],
  ['429 with Retry-After', answer(429, { 'retry-after': '0.01' })],
  ['empty 200', answer(200)],
  [
    'HTML 200',
    { kind: 'answer', status: 200, headers: { 'content-type': 'text/html' }, body: '<h1>Sign in</h1>' },
  ],
]

interface Tally {
  recovered: number
  differing: number
  /** Lists beyond the first, where none was called for. */
  needlessLists: number
}

async function onWatch(bench: ReflectorBench, fault: Fault, times: number, tally: Tally): Promise<void> {
  const { api, life, reflector, sink } = bench
  const expired = fault.kind === 'answer' && fault.status === 410
  for (let time = 0; time < times; time += 1) {
    await until('an open watch', () => api.openWatches('pods').length > 0)
    const lists = reflector.counters.lists
    api.faults.add(isWatch, fault)
    api.openWatches('pods')[0]?.cut('reset')
    life.step()
    await until('the refusal to pass', () => api.faults.left === 0)
    await bench.caughtUp()
    if (expired) await until('the list', () => reflector.counters.lists > lists)
    tally.needlessLists += reflector.counters.lists - lists - (expired ? 1 : 0)
    count(differences(sink, life.world, 'pods'), tally)
  }
}

async function onList(bench: ReflectorBench, fault: Fault, times: number, tally: Tally): Promise<void> {
  const { api, life, reflector, sink } = bench
  for (let time = 0; time < times; time += 1) {
    await until('an open watch', () => api.openWatches('pods').length > 0)
    const lists = reflector.counters.lists
    // Old servers have no streamed lists; both ways of listing are refused in turn.
    api.faults.add(isWatch, answer(410))
    api.faults.add(isFill, fault)
    api.openWatches('pods')[0]?.cut('reset')
    life.step()
    await until('the list', () => api.faults.left === 0 && reflector.counters.lists > lists)
    await bench.caughtUp()
    tally.needlessLists += reflector.counters.lists - lists - 1
    count(differences(sink, life.world, 'pods'), tally)
  }
}

function count({ missed, phantom }: { missed: number; phantom: number }, tally: Tally): void {
  tally.recovered += 1
  tally.differing += missed + phantom
}

it('A2 survives every refusal, without lists that nobody needs', async () => {
  const started = performance.now()
  const times = counted(100)
  const tally: Tally = { recovered: 0, differing: 0, needlessLists: 0 }
  await Promise.all(
    REFUSALS.flatMap(([, fault]) =>
      ([onWatch, onList] as const).map(async (suffer, index) => {
        const bench = await startReflectorBench({
          pods: 5,
          speed: FAST,
          timing: TIMING,
          prepare: (api) => (api.manners.streaming = index === 0 ? 'serve' : 'refuse'),
        })
        await bench.caughtUp()
        await suffer(bench, fault, times, tally)
        await bench.close()
      }),
    ),
  )
  const wanted = REFUSALS.length * 2 * times
  figure(
    'A2',
    started,
    `${wanted} refusals of ${REFUSALS.length} kinds on lists and watches`,
    `${tally.recovered} recovered, ${tally.differing} rows differ, ${tally.needlessLists} needless lists`,
  )
  expect(tally).toEqual({ recovered: wanted, differing: 0, needlessLists: 0 })
})

it('A2 makes no storm while everything is refused', async () => {
  const started = performance.now()
  const minutes = 10
  const rates = await Promise.all(
    REFUSALS.map(async ([, fault]) => {
      const bench = await startReflectorBench({
        pods: 5,
        speed: FAST,
        timing: hurried(FAST),
        prepare: (api) => api.faults.add(() => true, fault, Number.POSITIVE_INFINITY),
      })
      const since = performance.now()
      await until('the minutes to pass', () => (performance.now() - since) * FAST > minutes * 60_000)
      const requests = bench.api.requests()
      await bench.close()
      return requests / (minutes * 60)
    }),
  )
  const worst = Math.max(...rates)
  figure(
    'A2',
    started,
    `${minutes} min of steady refusal (clock x${FAST})`,
    `at most ${worst.toFixed(3)} requests/s (limit 0.25)`,
  )
  expect(worst).toBeLessThanOrEqual(0.25)
})
