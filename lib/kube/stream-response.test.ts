import { constants, createGunzip } from 'node:zlib'
import { describe, expect, it, vi } from 'vitest'
import type { FleetStream } from './fleet-stream.ts'
import { eventsOf, sampleStream, sentBy } from './stream.fixture.ts'
import { streamResponse } from './stream-response.ts'

const asking = (headers: Record<string, string> = {}, signal?: AbortSignal) =>
  new Request('http://localhost/api/fleet/stream', { headers, ...(signal ? { signal } : {}) })

/** The body's reader, and what its chunks say so far, decompressed where need be. */
function reading(response: Response) {
  if (response.body === null) throw new Error('the answer has no body')
  const body = response.body.getReader()
  const gunzip = createGunzip({ flush: constants.Z_SYNC_FLUSH, finishFlush: constants.Z_SYNC_FLUSH })
  const zipped = response.headers.get('content-encoding') === 'gzip'
  let text = ''
  gunzip.on('data', (piece: Buffer) => (text += piece.toString('utf8')))
  const more = async () => {
    const { done, value } = await body.read()
    if (value === undefined) return !done
    if (zipped) await new Promise<void>((written) => gunzip.write(value, () => written()))
    else text += new TextDecoder().decode(value)
    return true
  }
  return {
    cancel: () => body.cancel(),
    more,
    /** Reads until that many events have come, or until the end. */
    async events(count: number) {
      while (sentBy(text).length < count && (await more()));
      return eventsOf(sentBy(text))
    },
  }
}

describe('the answer', () => {
  it.each([
    ['gzip, deflate, br', 'gzip'],
    ['br;q=1.0, gzip;q=0.8, *;q=0.1', 'gzip'],
    ['GZIP', 'gzip'],
    ['gzip;q=1', 'gzip'],
    ['gzip;q=0', null],
    ['gzip; q=0.000', null],
    ['identity', null],
    ['br', null],
    ['x-gzip-like', null],
    ['', null],
  ])('to accept-encoding %j is encoded as %j', async (accepted, encoding) => {
    const { stream, change } = sampleStream(30)
    const response = streamResponse(stream, asking({ 'accept-encoding': accepted }))
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
      vary: 'accept-encoding, cookie',
    })
    expect(response.headers.get('content-encoding')).toBe(encoding)
    const client = reading(response)
    expect(await client.events(2)).toEqual(['snapshot e1-0', 'beat'])
    change()
    change()
    stream.beat()
    expect(await client.events(5)).toEqual(['snapshot e1-0', 'beat', 'delta e1-1', 'delta e1-2', 'beat'])
    await client.cancel()
  })

  it('decodes for one who joins in the middle, with pieces that others got before', async () => {
    const { stream, change } = sampleStream(30)
    const early = reading(streamResponse(stream, asking({ 'accept-encoding': 'gzip' })))
    await early.events(2)
    change()
    change()
    await early.events(4)
    const headers = { 'accept-encoding': 'gzip', 'last-event-id': 'e1-1' }
    const late = reading(streamResponse(stream, asking(headers)))
    expect(await late.events(2)).toEqual(['delta e1-2', 'beat'])
    change()
    expect((await late.events(3)).at(-1)).toBe('delta e1-3')
    expect((await early.events(5)).at(-1)).toBe('delta e1-3')
  })

  it('ends when the stream ends, and leaves no reader', async () => {
    const { stream } = sampleStream(5)
    const client = reading(streamResponse(stream, asking()))
    await client.events(2)
    stream.close()
    expect(await client.more()).toBe(false)
    expect(stream.readers()).toBe(0)
  })
})

describe('a client that goes', () => {
  it('by cancelling leaves no reader, even while it waits', async () => {
    const { stream } = sampleStream(5)
    const client = reading(streamResponse(stream, asking()))
    await client.events(2)
    const waiting = client.more()
    expect(stream.readers()).toBe(1)
    await client.cancel()
    expect(await waiting).toBe(false)
    expect(stream.readers()).toBe(0)
  })

  it('by aborting leaves no reader', async () => {
    const { stream } = sampleStream(5)
    const gone = new AbortController()
    const client = reading(streamResponse(stream, asking({}, gone.signal)))
    await client.events(2)
    gone.abort()
    expect(await client.more()).toBe(false)
    expect(stream.readers()).toBe(0)
  })

  it('before it was answered leaves no reader', () => {
    const { stream } = sampleStream(5)
    const request = asking({}, AbortSignal.abort())
    streamResponse(stream, request)
    expect(stream.readers()).toBe(0)
  })
})

it('asks for nothing that a client does not read (promise E6)', async () => {
  const { stream, change } = sampleStream(50)
  const next = vi.fn<() => void>()
  const counted: FleetStream = {
    ...stream,
    open(id) {
      const reader = stream.open(id)
      return { ...reader, next: () => (next(), reader.next()) }
    },
  }
  const stalled = streamResponse(counted, asking())
  for (let at = 0; at < 200; at += 1) {
    change({ message: 'x'.repeat(2_000) })
    await new Promise((resolve) => setImmediate(resolve))
  }
  expect(next.mock.calls.length).toBeLessThanOrEqual(2)
  const events = await reading(stalled).events(4)
  expect(events.filter((event) => event.startsWith('delta')).length).toBeLessThan(50)
  expect(events).toContain('snapshot e1-200')
})
