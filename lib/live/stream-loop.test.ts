import { getEventListeners } from 'node:events'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { applyMessage } from './apply-message.ts'
import { PATIENCE, startEventServer } from './event-server.fixture.ts'
import type { Opened } from './event-server.fixture.ts'
import { createLiveStore } from './live-store.ts'
import { deltaOf, freshnessWith, snapshotOf, START, vmNamed, written } from './snapshot.fixture.ts'
import { runStreamLoop } from './stream-loop.ts'
import type { Link } from './stream-loop.ts'

const snapshot = written('snapshot', snapshotOf([vmNamed('a')]), 'e1-10')
const delta = (seq: number) =>
  written('delta', deltaOf(seq, { vms: { set: [{ uid: 'a', message: `${seq}` }] } }), `e1-${seq}`)
const beat = written('beat', { seq: 10, at: START, freshness: freshnessWith() })

let cleanUp = async () => {}
beforeEach(() => void vi.spyOn(Math, 'random').mockReturnValue(0))
afterEach(async () => {
  vi.useRealTimers()
  vi.restoreAllMocks()
  await cleanUp()
})

/** A page's loop against a server that answers its connections so. */
async function looping(answer: (opened: Opened, count: number) => void) {
  const server = await startEventServer(answer)
  const store = createLiveStore()
  const links: Link[] = []
  const stop = new AbortController()
  const loop = runStreamLoop({
    url: server.url,
    position: store.position,
    onMessage: (message) => applyMessage(store, message),
    onLink: (link) => void links.push(link),
    signal: stop.signal,
  })
  cleanUp = async () => {
    stop.abort()
    await loop
    await server.close()
  }
  const until = (condition: () => boolean) => vi.waitFor(() => expect(condition()).toBe(true), PATIENCE)
  return { server, store, links, stop, loop, until }
}

describe('the stream loop', () => {
  it('applies what comes, whatever pieces it comes in', async () => {
    const { store, server, until, links } = await looping(({ send }) => {
      const bytes = `: hello\n\n${snapshot}${delta(11)}${delta(12)}`
      for (let at = 0; at < bytes.length; at += 97) send(bytes.slice(at, at + 97))
    })
    await until(() => store.position() === 'e1-12')
    expect(store.row('vms', 'a')?.message).toBe('12')
    expect(links).toEqual([{ open: true, message: '' }])
    expect(server.opened[0]?.headers).toMatchObject({ accept: 'text/event-stream' })
    expect(server.resumed()).toEqual([null])
  })

  it.each<[string, (opened: Opened) => void, RegExp]>([
    ['ends', (opened) => opened.end(), /^the stream ended$/],
    ['is cut', (opened) => opened.cut(), /./],
  ])('goes on where it was when the stream %s', async (_, leave, words) => {
    const { store, server, links, until } = await looping((opened, count) => {
      opened.send(count === 1 ? `${snapshot}${delta(11)}` : delta(12))
    })
    await until(() => store.position() === 'e1-11')
    const [first] = server.opened
    if (first) leave(first)
    await until(() => store.position() === 'e1-12')
    expect(server.resumed()).toEqual([null, 'e1-11'])
    expect(links.map(({ open }) => open)).toEqual([true, false, true])
    expect(links[1]?.message).toMatch(words)
  })

  it.each<[number, string, string]>([
    [500, 'text/plain', "the dashboard's server answered 500 Internal Server Error"],
    [403, 'application/problem+json', "the dashboard's server answered 403 Forbidden"],
    [
      200,
      'text/html',
      'the answer is text/html instead of the stream: a proxy may want you to sign in again',
    ],
  ])('says so when it is refused with %i %s, and still goes on where it was', async (status, type, words) => {
    const { store, server, links, until } = await looping((opened, count) => {
      if (count === 2) opened.refuse(status, type)
      else opened.send(count === 1 ? snapshot : delta(11))
    })
    await until(() => store.position() === 'e1-10')
    server.opened[0]?.end()
    await until(() => store.position() === 'e1-11')
    expect(links.map(({ open, message }) => (open ? 'open' : message))).toEqual([
      'open',
      'the stream ended',
      words,
      'open',
    ])
    expect(server.resumed()).toEqual([null, 'e1-10', 'e1-10'])
  })

  it.each<[string, string]>([
    ['a gap', delta(13)],
    ['a row that was never sent', written('delta', deltaOf(11, { vms: { set: [{ uid: 'ghost' }] } }))],
    ['broken data', 'event: delta\ndata: {"seq":\n\n'],
    ['a snapshot without tables', written('snapshot', { epoch: 'e1', seq: 11 })],
  ])('begins again from a snapshot after %s', async (_, broken) => {
    const { store, server, until, links } = await looping(({ send }, count) => {
      if (count === 1) send(`${snapshot}${broken}`)
      else send(written('snapshot', snapshotOf([vmNamed('a')], { epoch: 'e2', seq: 1 })))
    })
    await until(() => store.position() === 'e2-1')
    server.opened[1]?.end()
    await until(() => server.opened.length === 3)
    expect(server.resumed()).toEqual([null, null, 'e2-1'])
    expect(links[1]?.open).toBe(false)
  })

  it('ends at once when it is told to: reading, connecting or waiting', async () => {
    const reading = await looping(({ send }) => send(snapshot))
    await reading.until(() => reading.store.position() !== null)
    await cleanUp()
    expect(reading.links).toEqual([{ open: true, message: '' }])
    const connecting = await looping(() => {})
    await connecting.until(() => connecting.server.opened.length === 1)
    await cleanUp()
    expect(connecting.links).toEqual([])
    vi.spyOn(Math, 'random').mockReturnValue(1)
    const waiting = await looping(({ refuse }) => refuse(503))
    await waiting.until(() => waiting.links.length === 1)
    await cleanUp()
    expect(waiting.server.opened).toHaveLength(1)
  })

  it('leaves nothing on its signal, however often it tries', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const { server, stop } = await looping(({ refuse }) => refuse(503))
    while (server.opened.length < 13) {
      await vi.advanceTimersByTimeAsync(100)
      await new Promise((resolve) => setImmediate(resolve))
    }
    expect(getEventListeners(stop.signal, 'abort').length).toBeLessThan(4)
  })
})

describe('silence', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))
  const settled = async (condition: () => boolean) => {
    while (!condition()) await new Promise((resolve) => setImmediate(resolve))
  }

  it('of 15 s ends a stream that was never answered, and one that stopped', async () => {
    const { server, store, links } = await looping(({ send }, count) => {
      if (count === 2) send(snapshot)
    })
    await settled(() => server.opened.length === 1)
    await vi.advanceTimersByTimeAsync(14_999)
    expect(links).toEqual([])
    await vi.advanceTimersByTimeAsync(1)
    await settled(() => links.length === 1)
    await vi.advanceTimersByTimeAsync(100)
    await settled(() => store.position() !== null)
    await vi.advanceTimersByTimeAsync(15_000)
    await settled(() => links.length === 3)
    const lost = { open: false, message: 'the stream fell silent' }
    expect(links).toEqual([lost, { open: true, message: '' }, lost])
  })

  it('is not what beats are', async () => {
    const { server, store, links } = await looping(({ send }) => send(snapshot))
    await settled(() => store.position() !== null)
    const heard = vi.fn<() => void>()
    store.subscribeFreshness(heard)
    for (let at = 1; at <= 10; at += 1) {
      await vi.advanceTimersByTimeAsync(10_000)
      server.opened[0]?.send(beat)
      await settled(() => heard.mock.calls.length === at)
    }
    expect([links.length, server.opened.length]).toEqual([1, 1])
  })
})
