import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Random } from '../../demo/random.ts'
import { startReflectorBench, type ReflectorBench } from './bench-reflector.ts'
import { counted, figure } from './figure.ts'
import { differences } from './observed-sink.ts'
import { until } from './until.ts'

type Mutation = (line: Buffer, random: Random) => Buffer

const text =
  (change: (object: Record<string, unknown>) => unknown): Mutation =>
  (line) =>
    Buffer.from(`${JSON.stringify(change(JSON.parse(line.toString()) as Record<string, unknown>))}\n`)

/** The object with `more` beside its own fields; a frame like this is odd, but whole. */
const withAnnotation =
  (name: string, value: string): Mutation =>
  (line) => {
    const marker = '"annotations":{'
    return Buffer.from(line.toString().replace(marker, `${marker}${name}:${value},`))
  }

/** Frames that cannot be read: each must be counted and repaired. */
const UNREADABLE: Record<string, Mutation> = {
  truncated: (line, random) =>
    Buffer.concat([line.subarray(0, random.int(1, line.length - 3)), Buffer.from('\n')]),
  garbage: (_, random) => Buffer.from(`${random.hex(random.int(1, 300))}!\n`),
  binary: (_, random) => Buffer.from(Array.from({ length: 64 }, () => random.int(0x80, 0xff)).concat(0x0a)),
  'wrong type': text((frame) => ({ ...frame, type: 7 })),
  'unknown type': text((frame) => ({ ...frame, type: 'added' })),
  'no metadata': text((frame) => ({ ...frame, object: { kind: 'Pod' } })),
  'no version': text(({ type, object }) => ({
    type,
    object: { ...(object as object), metadata: { name: 'x' } },
  })),
  'object is a list': text((frame) => ({ ...frame, object: [frame.object] })),
  null: () => Buffer.from('null\n'),
  'NUL bytes': (line) => Buffer.from(line.toString().replaceAll('"', '\u0000')),
  '__proto__ for the frame': text((frame) => JSON.parse(`{"__proto__":${JSON.stringify(frame)}}`)),
  'two frames run together': (line) => Buffer.concat([line.subarray(0, -1), line]),
}

/** Frames that look dangerous and are none the less what the cluster said. */
const READABLE: Record<string, Mutation> = {
  'lone surrogates': withAnnotation('"odd"', '"\\ud800 and \\udfff"'),
  '__proto__ keys': withAnnotation('"__proto__"', '"polluted"'),
  'escaped NUL': withAnnotation('"nul"', '"\\u0000"'),
  'a line of 5 MB': withAnnotation('"big"', `"${'x'.repeat(5 * 1024 * 1024)}"`),
}

const rejections: unknown[] = []
const note = (reason: unknown) => void rejections.push(reason)
beforeAll(() => void process.on('unhandledRejection', note))
afterAll(() => void process.off('unhandledRejection', note))

interface Tally {
  lines: number
  unreadable: number
  counted: number
  lost: number
}

async function mutate(bench: ReflectorBench, lines: number, tally: Tally): Promise<void> {
  const { api, life, random, reflector, sink } = bench
  const unreadable = Object.values(UNREADABLE)
  const readable = Object.values(READABLE)
  for (let line = 0; line < lines; line += 1) {
    // Five megabytes take their time: one line in a hundred is of the dangerous but readable kind.
    const broken = random.next() < 0.97
    const mutation = (broken ? unreadable : readable)[
      random.int(0, (broken ? unreadable : readable).length - 1)
    ]
    await until('an open watch', () => api.openWatches('pods').length > 0)
    const before = reflector.counters.badFrames
    const seen = { hit: false }
    api.openWatches('pods')[0]?.tamperNext((sent) => {
      seen.hit = true
      return { bytes: mutation?.(sent, random) ?? sent }
    })
    while (!seen.hit) life.step()
    await bench.caughtUp()
    const { missed, phantom } = differences(sink, life.world, 'pods')
    tally.lines += 1
    tally.unreadable += broken ? 1 : 0
    tally.counted += reflector.counters.badFrames - before
    tally.lost += missed + phantom
  }
}

it('A3 loses no object to a frame that cannot be read', async () => {
  const started = performance.now()
  const lines = counted(20_000)
  const lanes = 8
  const tally: Tally = { lines: 0, unreadable: 0, counted: 0, lost: 0 }
  await Promise.all(
    Array.from({ length: lanes }, async () => {
      const bench = await startReflectorBench({
        pods: 20,
        // What is tested is the repair, not the wait before it.
        // Nor may a watch be replaced for being quiet while its bad frame is on the way.
        timing: { backoff: { firstMs: 1, capMs: 2 }, quietMs: 60_000, silenceMs: 60_000 },
      })
      await bench.caughtUp()
      await mutate(bench, lines / lanes, tally)
      await bench.close()
    }),
  )
  figure(
    'A3',
    started,
    `${tally.lines} mutated lines, ${tally.unreadable} of them unreadable, ${tally.counted} counted and repaired`,
    `${tally.lost} objects lost, ${rejections.length} unhandled rejections`,
  )
  expect(tally).toEqual({ lines, unreadable: tally.counted, counted: tally.unreadable, lost: 0 })
  expect(rejections).toEqual([])
  expect(({} as Record<string, unknown>).polluted).toBeUndefined()
})
