import { setTimeout as realTimeout } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { PATIENCE, startEventServer } from './event-server.fixture.ts'
import type { Opened } from './event-server.fixture.ts'
import { createLiveStore } from './live-store.ts'
import { createLocks } from './locks.fixture.ts'
import { deltaOf, snapshotOf, vmNamed, written } from './snapshot.fixture.ts'
import type { Link } from './stream-loop.ts'
import { WIRE_VERSION } from '../fleet/wire.ts'
import { sharedName, shareStream } from './tab-share.ts'

const VERA = 'vera'
const snapshot = written('snapshot', snapshotOf([vmNamed('a')]))
const delta = (seq: number) =>
  written('delta', deltaOf(seq, { vms: { set: [{ uid: 'a', message: `${seq}` }] } }))

let cleanUps: (() => Promise<void>)[] = []
let locks = createLocks()
beforeEach(() => {
  cleanUps = []
  locks = createLocks()
  vi.stubGlobal('navigator', { locks })
  vi.spyOn(Math, 'random').mockReturnValue(0)
})
afterEach(async () => {
  vi.useRealTimers()
  for (const cleanUp of cleanUps.toReversed()) await cleanUp()
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

async function serving(answer: (opened: Opened, count: number) => void) {
  const server = await startEventServer(answer)
  cleanUps.push(server.close)
  return server
}

/** A page in a tab of the one browser. */
function openTab(url: string, who = VERA) {
  const store = createLiveStore()
  const stop = new AbortController()
  const links: Link[] = []
  const onLink = (link: Link) => void links.push(link)
  const shared = shareStream({ url, who, store, signal: stop.signal, onLink })
  const close = async () => {
    stop.abort()
    await shared
  }
  cleanUps.push(close)
  return { store, links, close }
}

/** Waits for a condition in real time, moving the faked timers not at all. */
async function until(condition: () => boolean) {
  for (let tries = 0; !condition(); tries += 1) {
    if (tries * PATIENCE.interval > PATIENCE.timeout) throw new Error('the condition was never met')
    await realTimeout(PATIENCE.interval)
  }
}
const at = (tabs: readonly ReturnType<typeof openTab>[], position: string) => () =>
  tabs.every(({ store }) => store.position() === position)

/** Somebody who holds the lock without being a tab of ours: a frozen page, or one of another version. */
function holdLock() {
  let release = () => {}
  const channel = new BroadcastChannel(sharedName(VERA))
  const heard: unknown[] = []
  channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => void heard.push(data))
  const held = locks
    .request(sharedName(VERA), { steal: true }, () => new Promise<void>((resolve) => (release = resolve)))
    .catch((error: unknown) => error)
  cleanUps.push(async () => {
    release()
    await held
    channel.close()
  })
  return { say: (message: unknown) => channel.postMessage(message), heard, release: () => release() }
}

describe('ten tabs', () => {
  it('share one stream, whenever they come', async () => {
    const server = await serving(({ send }) => send(snapshot))
    const tabs = Array.from({ length: 6 }, () => openTab(server.url))
    await until(at(tabs, 'e1-10'))
    server.opened[0]?.send(delta(11))
    await until(at(tabs, 'e1-11'))
    tabs.push(...Array.from({ length: 4 }, () => openTab(server.url)))
    await until(at(tabs, 'e1-11'))
    server.opened[0]?.send(delta(12))
    await until(at(tabs, 'e1-12'))
    expect([server.opened.length, server.open.size, locks.waiting()]).toEqual([1, 1, 9])
    expect(tabs.every(({ store }) => store.row('vms', 'a')?.message === '12')).toBe(true)
    expect(tabs.every(({ links }) => links.at(-1)?.open === true)).toBe(true)
  })

  it('go on where they were when the leader goes', async () => {
    const server = await serving(({ send }, count) => send(count === 1 ? snapshot : delta(11)))
    const [leader, ...others] = Array.from({ length: 10 }, () => openTab(server.url))
    await until(at(others, 'e1-10'))
    await leader?.close()
    await until(at(others, 'e1-11'))
    expect(server.resumed()).toEqual([null, 'e1-10'])
    await until(() => server.open.size === 1)
  })

  it('are told when the server is gone, and when it is back', async () => {
    const server = await serving((opened, count) =>
      count === 2 ? opened.refuse(503) : opened.send(snapshot),
    )
    const tabs = Array.from({ length: 3 }, () => openTab(server.url))
    await until(at(tabs, 'e1-10'))
    server.opened[0]?.cut()
    await until(() => server.opened.length === 3)
    const told = ({ links }: (typeof tabs)[number]) =>
      links.at(-1)?.open === true && links.some(({ message }) => message.includes('503'))
    await until(() => tabs.every(told))
    expect(server.resumed()).toEqual([null, 'e1-10', 'e1-10'])
  })
})

describe('a follower', () => {
  it('that misses a delta asks for a snapshot once, and waits for it', async () => {
    const server = await serving(() => {})
    const leader = holdLock()
    const tab = openTab(server.url)
    const message = (event: string, data: unknown, to: string | null = null) =>
      leader.say({ kind: 'message', message: { event, data: JSON.stringify(data) }, to })
    await until(() => leader.heard.length === 1)
    message('snapshot', snapshotOf([vmNamed('a')]))
    await until(at([tab], 'e1-10'))
    for (const seq of [12, 13, 14]) message('delta', deltaOf(seq, {}))
    await until(() => leader.heard.length === 2)
    message('delta', deltaOf(15, {}))
    message('snapshot', snapshotOf([vmNamed('a')], { seq: 20 }), 'somebody else')
    message('snapshot', snapshotOf([vmNamed('a')], { seq: 15 }))
    message('delta', deltaOf(16, {}))
    await until(at([tab], 'e1-16'))
    expect(leader.heard).toEqual([
      expect.objectContaining({ kind: 'join' }),
      expect.objectContaining({ kind: 'join' }),
    ])
  })

  it('asks again, in time, when the leader that it asked is gone', async () => {
    vi.useFakeTimers({ toFake: ['performance'] })
    const server = await serving(() => {})
    const leader = holdLock()
    const tab = openTab(server.url)
    await until(() => leader.heard.length === 1)
    const link = { kind: 'link', link: { open: true, message: '' } }
    leader.say(link)
    leader.say(link)
    await until(() => tab.links.length === 2)
    expect(leader.heard).toHaveLength(1)
    vi.advanceTimersByTime(4_000)
    leader.say(link)
    await until(() => leader.heard.length === 2)
  })
})

describe('a leader that is frozen', () => {
  beforeEach(
    () => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] }),
  )

  it('is replaced after a while, by one tab for all', async () => {
    const server = await serving(({ send }) => send(snapshot))
    holdLock()
    const tabs = Array.from({ length: 4 }, () => openTab(server.url))
    await vi.advanceTimersByTimeAsync(11_999)
    expect(server.opened.length).toBe(0)
    await vi.advanceTimersByTimeAsync(4_001)
    await until(at(tabs, 'e1-10'))
    await until(() => server.open.size === 1)
    server.opened.at(-1)?.send(delta(11))
    await until(at(tabs, 'e1-11'))
  })

  it('is not what one is that only has nothing to tell', async () => {
    const server = await serving(({ send }) => send(snapshot))
    const tabs = Array.from({ length: 2 }, () => openTab(server.url))
    await until(at(tabs, 'e1-10'))
    for (let round = 0; round < 3; round += 1) {
      const before = tabs[1]?.links.length ?? 0
      await vi.advanceTimersByTimeAsync(4_000)
      await until(() => (tabs[1]?.links.length ?? 0) > before)
    }
    expect([server.opened.length, locks.waiting()]).toEqual([1, 1])
  })

  it('closes its stream when it thaws, and follows', async () => {
    const server = await serving(({ send }, count) => send(count === 1 ? snapshot : delta(11)))
    const tab = openTab(server.url)
    await until(at([tab], 'e1-10'))
    const thief = holdLock()
    await until(() => server.open.size === 0)
    await until(() => locks.waiting() === 1)
    thief.release()
    await until(at([tab], 'e1-11'))
    expect(server.resumed()).toEqual([null, 'e1-10'])
  })
})

it('a fleet is never handed to a tab of somebody else', async () => {
  const server = await serving(({ send }, count) =>
    send(written('snapshot', snapshotOf([vmNamed(count === 1 ? 'of-ada' : 'of-vera')]))),
  )
  const ada = [openTab(server.url, 'ada'), openTab(server.url, 'ada')]
  await until(at(ada, 'e1-10'))
  const vera = openTab(server.url)
  await until(at([vera], 'e1-10'))
  server.opened[0]?.send(written('delta', deltaOf(11, {})))
  await until(at(ada, 'e1-11'))
  const uids = ({ store }: (typeof ada)[number]) => [...store.index().vms.keys()]
  expect([...ada, vera].map(uids)).toEqual([['of-ada'], ['of-ada'], ['of-vera']])
  expect([vera.store.position(), server.opened.length]).toEqual(['e1-10', 2])
})

it('a browser without locks reads a stream of its own', async () => {
  vi.stubGlobal('navigator', {})
  const server = await serving(({ send }) => send(snapshot))
  const tabs = [openTab(server.url), openTab(server.url)]
  await until(at(tabs, 'e1-10'))
  expect(server.open.size).toBe(2)
})

it('shares only among tabs of one version: what an older page repeats, a newer one could not read', () => {
  expect(sharedName(VERA)).toBe(`cocoon-fleet-stream-${WIRE_VERSION}-vera`)
})
