import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createSessionStore } from './session-store.ts'
import type { SessionStore } from './session-store.ts'
import type { Session } from './session.ts'

const A = 'a'.repeat(40)
const B = 'b'.repeat(40)
const MINUTE = 60_000
const HOST = 'localhost:3000'

beforeEach(() => void vi.useFakeTimers({ now: 0 }))
const stores: SessionStore[] = []
afterEach(() => {
  for (const store of stores.splice(0)) store.close()
  vi.useRealTimers()
})

function storeOf(...secrets: [string, ...string[]]): SessionStore {
  return storeBy('token', ...secrets)
}
function storeBy(way: string, ...secrets: [string, ...string[]]): SessionStore {
  const times = { idleMs: 60 * MINUTE, longestMs: 720 * MINUTE }
  const store = createSessionStore({ secrets, way, times, publicOrigins: [] })
  stores.push(store)
  return store
}
const sessionOf = (over: Partial<Session> = {}): Session => ({
  id: 'session-1',
  name: 'ada',
  groups: ['team'],
  credential: { kind: 'token', token: 'the-token' },
  startedAt: Date.now(),
  usedAt: Date.now(),
  credentialEndsAt: null,
  demoUser: null,
  oidc: null,
  ...over,
})
const cookieIn = (lines: readonly string[]) => lines.map((line) => line.split(';')[0]).join('; ')
const bearing = (cookie: string, host = HOST) => new Headers({ host, cookie })

async function signedIn(store: SessionStore, over: Partial<Session> = {}): Promise<string> {
  return cookieIn((await store.write(HOST, sessionOf(over))) ?? [])
}

async function kept(store: SessionStore, cookie: string): Promise<string> {
  const request = new IncomingMessage(new Socket())
  Object.assign(request.headers, { host: HOST, cookie })
  const response = new ServerResponse(request)
  await store.keep(request, response)
  return cookieIn([response.getHeader('set-cookie') ?? []].flat().map(String))
}

describe('a session', () => {
  it('is none where people come in by another way, or are named by another provider', async () => {
    const ways = [
      'none',
      'token',
      'proxy',
      'oidc https://id.example cocoon',
      'oidc https://other.example cocoon',
    ]
    for (const way of ways) {
      const cookie = await signedIn(storeBy(way, A), { credential: { kind: 'impersonation' } })
      const read = await Promise.all(ways.map((other) => storeBy(other, A).read(bearing(cookie))))
      expect(read.map((session) => session?.name)).toEqual(
        ways.map((other) => (other === way ? 'ada' : undefined)),
      )
      const elsewhere = storeBy('another', A)
      expect(await kept(elsewhere, cookie)).toBe('')
    }
  })

  it('is read by every replica that has the secret, and by no other', async () => {
    const cookie = await signedIn(storeOf(A))
    expect(cookie).not.toContain('the-token')
    expect(await storeOf(A).read(bearing(cookie))).toEqual(sessionOf())
    expect(await storeOf(B, A).read(bearing(cookie))).toEqual(sessionOf())
    expect(await storeOf(B).read(bearing(cookie))).toBeNull()
  })

  it('lives on when an older secret goes, and ends when its own does', async () => {
    const cookie = await signedIn(storeOf(B, A))
    expect(await storeOf(B).read(bearing(cookie))).not.toBeNull()
    expect(await storeOf(A).read(bearing(cookie))).toBeNull()
  })

  it('is nobody else’s: changed, cut, or under another host it is none', async () => {
    const store = storeOf(A)
    const cookie = await signedIn(store)
    const at = cookie.length - 40
    const changed = cookie.slice(0, at) + (cookie[at] === 'x' ? 'y' : 'x') + cookie.slice(at + 1)
    for (const other of [changed, cookie.slice(0, -50), 'cocoon-3000=1~', 'cocoon-3000=1~Fe26.2*1*x']) {
      expect(await store.read(bearing(other))).toBeNull()
    }
    expect(await store.read(bearing(cookie, 'evil.example:3000'))).toBeNull()
    expect(await store.write('evil.example:3000', sessionOf())).toBeNull()
  })

  it('ends after an hour without a request, whatever became of its cookie', async () => {
    const store = storeOf(A)
    const cookie = await signedIn(store)
    vi.setSystemTime(59 * MINUTE)
    expect(await store.read(bearing(cookie))).not.toBeNull()
    const renewed = await kept(store, cookie)
    vi.setSystemTime(118 * MINUTE)
    expect(await storeOf(A).read(bearing(cookie))).toBeNull()
    expect(await storeOf(A).read(bearing(renewed))).not.toBeNull()
    expect(await store.read(bearing(renewed))).not.toBeNull()
    vi.setSystemTime(179 * MINUTE)
    expect(await store.read(bearing(renewed))).toBeNull()
  })

  it('ends after twelve hours, however often it is used, and with its credential', async () => {
    const store = storeOf(A)
    let cookie = await signedIn(store)
    for (let at = 30; at < 720; at += 30) {
      vi.setSystemTime(at * MINUTE)
      cookie = (await kept(store, cookie)) || cookie
    }
    expect(await store.read(bearing(cookie))).not.toBeNull()
    vi.setSystemTime(720 * MINUTE)
    expect(await store.read(bearing(cookie))).toBeNull()

    const short = await signedIn(store, { id: 'session-2', credentialEndsAt: Date.now() + 5 * MINUTE })
    expect(await store.read(bearing(short))).not.toBeNull()
    vi.setSystemTime(Date.now() + 5 * MINUTE)
    expect(await store.read(bearing(short))).toBeNull()
  })

  it('is written anew only after a minute of use', async () => {
    const store = storeOf(A)
    const cookie = await signedIn(store)
    vi.setSystemTime(MINUTE - 1)
    expect(await kept(store, cookie)).toBe('')
    vi.setSystemTime(MINUTE)
    expect(await kept(store, cookie)).toMatch(/^cocoon-3000=/)
  })

  it('that somebody signed out of is over, also for who kept its cookie, and tells who listens', async () => {
    const store = storeOf(A)
    const cookie = await signedIn(store)
    await store.read(bearing(cookie))
    const heard = vi.fn<() => void>()
    const unheard = vi.fn<() => void>()
    store.onEnd('session-1', heard)
    store.onEnd('session-1', unheard)()
    expect(await store.end(bearing(cookie))).toEqual([
      'cocoon-3000=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0',
    ])
    expect([heard.mock.calls.length, unheard.mock.calls.length]).toEqual([1, 0])
    expect(await store.read(bearing(cookie))).toBeNull()
    expect(await kept(store, cookie)).toBe('')
  })

  it('tells who listens when its time is over', async () => {
    const store = storeOf(A)
    await store.read(bearing(await signedIn(store)))
    const heard = vi.fn<() => void>()
    store.onEnd('session-1', heard)
    await vi.advanceTimersByTimeAsync(59 * MINUTE)
    expect(heard).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(2 * MINUTE)
    expect(heard).toHaveBeenCalledTimes(1)
  })
})
