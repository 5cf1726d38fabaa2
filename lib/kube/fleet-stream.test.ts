import { describe, expect, it } from 'vitest'
import { eventsOf, freshnessOf, readUntil, sampleStream, sent } from './stream.fixture.ts'

const idOf = (seq: number) => `e1-${seq}`

describe('a new reader', () => {
  it('begins with a snapshot and a beat, then gets deltas under epoch and number', async () => {
    const { stream, change } = sampleStream(20)
    const reader = stream.open(null)
    const first = await readUntil(reader, (got) => got.length >= 2)
    expect(eventsOf(first)).toEqual(['snapshot e1-0', 'beat'])
    expect(first[0]?.data).toMatchObject({
      epoch: 'e1',
      seq: 0,
      cluster: { name: 'lab' },
      tables: { vms: { n: 20 } },
    })
    const changes = [change(), change()]
    const next = await readUntil(reader, (got) => got.length >= 2)
    expect(eventsOf(next)).toEqual(['delta e1-1', 'delta e1-2'])
    expect(next.map(({ data }) => data.changes)).toEqual(changes)
  })

  it('waits while there is nothing to tell', async () => {
    const { stream, change } = sampleStream(5)
    const reader = stream.open(null)
    await reader.next()
    let told = false
    const next = reader.next().then((frames) => {
      told = true
      return frames
    })
    await new Promise((resolve) => setImmediate(resolve))
    expect(told).toBe(false)
    change()
    expect((await next)?.map(sent).map(({ id }) => id)).toEqual([idOf(1)])
  })

  it('learns from the beat what time it is, however old the snapshot is', async () => {
    const { stream, clock } = sampleStream(20)
    await stream.open(null).next()
    const old = clock.now
    clock.now += 3_600_000
    const [snapshot, beat] = await readUntil(stream.open(null), (got) => got.length >= 2)
    expect([snapshot?.data.at, beat?.data.at]).toEqual([old, clock.now])
    expect(beat?.data.freshness).toEqual(freshnessOf('live', clock.now))
  })
})

describe('a reader that comes back', () => {
  it('gets what it missed, and then how fresh the API is', async () => {
    const { stream, change } = sampleStream(20)
    for (let at = 0; at < 5; at += 1) change()
    const got = await readUntil(stream.open(idOf(2)), (all) => all.length >= 4)
    expect(eventsOf(got)).toEqual(['delta e1-3', 'delta e1-4', 'delta e1-5', 'beat'])
  })

  it('gets only a beat when it missed nothing', async () => {
    const { stream, change } = sampleStream(20)
    change()
    expect(eventsOf(await readUntil(stream.open(idOf(1)), (got) => got.length > 0))).toEqual(['beat'])
  })

  it.each([
    ['of another epoch', 'e2-2'],
    ['of the future', 'e1-6'],
    ['far beyond', 'e1-999999999999999'],
    ['beyond all numbers', `e1-${'9'.repeat(40)}`],
    ['negative', 'e1--1'],
    ['a prefix of the epoch', 'e-2'],
    ['no number', 'e1-x'],
    ['empty', ''],
    ['with a line break', 'e1-2\nid: x'],
    ['hostile', '__proto__-2'],
    ['huge', 'e1'.repeat(10_000)],
  ])('gets a snapshot for an id %s', async (_, id) => {
    const { stream, change } = sampleStream(20)
    for (let at = 0; at < 5; at += 1) change()
    const [first] = await readUntil(stream.open(id), (got) => got.length > 0)
    expect([first?.event, first?.id]).toEqual(['snapshot', idOf(5)])
  })

  it.each([
    [0, 'snapshot e1-10'],
    [5, 'snapshot e1-10'],
    [6, 'snapshot e1-10'],
    [7, 'delta e1-8'],
    [9, 'delta e1-10'],
  ])('after number %i, with three kept, begins with %s', async (seq, first) => {
    const { stream, change } = sampleStream(20, { ringLength: 3 })
    for (let at = 0; at < 10; at += 1) change()
    expect(eventsOf(await readUntil(stream.open(idOf(seq)), (got) => got.length > 0))[0]).toBe(first)
  })

  it('gets a snapshot after a batch that rewrote the fleet, and deltas after it', async () => {
    const { stream, tables, change } = sampleStream(1_100)
    change()
    stream.publish({ vms: { add: [...tables.vms.values()] } })
    change()
    expect(eventsOf(await readUntil(stream.open(idOf(1)), (got) => got.length > 0))[0]).toBe('snapshot e1-3')
    expect(eventsOf(await readUntil(stream.open(idOf(2)), (got) => got.length > 0))[0]).toBe('delta e1-3')
  })
})

describe('a reader that lags', () => {
  it('collapses to a snapshot when the fleet is shorter than what it missed', async () => {
    const { stream, change } = sampleStream(20)
    const reader = stream.open(null)
    await reader.next()
    for (let at = 0; at < 500; at += 1) change({ message: `${at} ${'long '.repeat(100)}` })
    expect(eventsOf(await readUntil(reader, (got) => got.length > 0))).toEqual(['snapshot e1-500', 'beat'])
    change()
    expect(eventsOf(await readUntil(reader, (got) => got.length > 0))).toEqual(['delta e1-501'])
  })

  it('collapses when the ring has gone on without it, by number and by size', async () => {
    for (const options of [{ ringLength: 4 }, { ringBytes: 2_000 }]) {
      const { stream, change } = sampleStream(200, options)
      const reader = stream.open(null)
      await reader.next()
      for (let at = 0; at < 40; at += 1) change()
      expect(eventsOf(await readUntil(reader, (got) => got.length > 0))).toEqual(['snapshot e1-40', 'beat'])
    }
  })

  it('survives a delta that no ring can hold', async () => {
    const { stream, change } = sampleStream(20, { ringBytes: 1_000 })
    const reader = stream.open(null)
    await reader.next()
    change({ message: 'x'.repeat(5_000) })
    expect(eventsOf(await readUntil(reader, (got) => got.length > 0))[0]).toBe('snapshot e1-1')
    change()
    expect(eventsOf(await readUntil(reader, (got) => got.length > 0))).toEqual(['delta e1-2'])
  })

  it('is handed no more than a handful at a time', async () => {
    const { stream, change } = sampleStream(1_000)
    const reader = stream.open(null)
    await reader.next()
    for (let at = 0; at < 300; at += 1) change({ message: 'x'.repeat(1_000) })
    const frames = (await reader.next()) ?? []
    const bytes = frames.reduce((total, frame) => total + frame.plain.length, 0)
    expect(frames.length).toBeGreaterThan(10)
    expect(bytes).toBeLessThan(70_000)
    const rest = await readUntil(reader, (got) => got.at(-1)?.id === idOf(300))
    expect(rest).toHaveLength(300 - frames.length)
  })
})

describe('what readers share', () => {
  it('is every byte: snapshot, delta and beat are encoded once', async () => {
    const { stream, change } = sampleStream(20)
    const readers = [stream.open(null), stream.open(null), stream.open(null)]
    const all = async () =>
      (await Promise.all(readers.map((reader) => reader.next()))).map((frames) => frames ?? [])
    const rounds = [await all()]
    change()
    rounds.push(await all())
    stream.beat()
    rounds.push(await all())
    for (const [first = [], ...others] of rounds) {
      expect(first.length).toBeGreaterThan(0)
      for (const frames of others) {
        frames.forEach((frame, at) => {
          expect(frame.plain).toBe(first[at]?.plain)
          expect(frame.gzip).toBe(first[at]?.gzip)
        })
      }
    }
  })

  it('is the snapshot for as long as the deltas after it are cheaper', async () => {
    const { stream, change } = sampleStream(50)
    const open = async () => (await stream.open(null).next())?.[0]
    const first = await open()
    change()
    const second = stream.open(null)
    expect((await second.next())?.[0]).toBe(first)
    expect(eventsOf(await readUntil(second, (got) => got.length > 0))).toEqual(['delta e1-1'])
    for (let at = 0; at < 400; at += 1) change()
    const third = await open()
    expect(third).not.toBe(first)
    expect(await open()).toBe(third)
  })
})

describe('the end', () => {
  it('of the stream ends every reader, waiting or not', async () => {
    const { stream, change } = sampleStream(5)
    const [waiting, behind] = [stream.open(null), stream.open(null)]
    await waiting.next()
    const next = waiting.next()
    stream.close()
    change()
    expect([await next, await behind.next(), await stream.open(null).next()]).toEqual([null, null, null])
  })

  it('of a reader leaves the others in their place', async () => {
    const { stream, change } = sampleStream(5)
    const [one, other] = [stream.open(null), stream.open(null)]
    await Promise.all([one.next(), other.next()])
    const waits = [one.next(), other.next()]
    expect(stream.readers()).toBe(2)
    one.close()
    one.close()
    expect(stream.readers()).toBe(1)
    expect(await waits[0]).toBeNull()
    change()
    expect((await waits[1])?.map(sent)[0]?.id).toBe(idOf(1))
  })
})

it('beats tell everyone how fresh the API is; one who was busy gets the latest only', async () => {
  const { stream, clock } = sampleStream(5)
  const reader = stream.open(null)
  await reader.next()
  for (let at = 0; at < 3; at += 1) {
    clock.now += 5_000
    stream.beat()
  }
  const [beat] = await readUntil(reader, (got) => got.length > 0)
  expect(beat).toMatchObject({ event: 'beat', id: null, data: { seq: 0, at: clock.now } })
  const next = reader.next()
  stream.close()
  expect(await next).toBeNull()
})
