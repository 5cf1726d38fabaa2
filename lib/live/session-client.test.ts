import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { SessionDocument, SignedIn } from '../fleet/session.ts'
import { askServer } from './ask-server.ts'
import { createSessionClient, SESSION_CHANNEL } from './session-client.ts'

const NOBODY: SessionDocument = {
  mode: 'token',
  cluster: { kind: 'kube', name: 'lab' },
  signedIn: null,
  openToAll: false,
  demoUsers: [],
  oidc: null,
  notice: '',
}
const somebody = (name: string): SignedIn => ({
  name,
  groups: [],
  means: 'token',
  since: '2026-01-02T00:00:00Z',
  expiresAt: null,
  demoUser: null,
})
const NOT_SIGNED_IN = { status: 401, code: 'not-signed-in', title: 'Nobody is signed in', detail: 'Sign in.' }

/** The server as a browser sees it: one cookie for all its tabs. */
let mode: SessionDocument['mode'] = 'token'
let name: string | null = null
let down = false
let asked: string[] = []

function answer(path: string, { method = 'GET', body }: { method?: string; body?: string } = {}): Response {
  asked.push(`${method} ${path}`)
  if (down) throw new TypeError('fetch failed')
  if (path !== '/api/session') {
    return name === null ? Response.json(NOT_SIGNED_IN, { status: 401 }) : Response.json({})
  }
  if (method === 'DELETE') {
    name = mode === 'none' ? 'the dashboard' : null
    return mode === 'oidc'
      ? Response.json({ logout: 'https://id.example/out' })
      : new Response(null, { status: 204 })
  }
  if (method === 'POST') {
    const { token } = JSON.parse(body ?? '{}') as { token: string }
    if (token === 'wrong') return Response.json({ ...NOT_SIGNED_IN, detail: 'Wrong.' }, { status: 401 })
    name = token
  }
  return Response.json({ ...NOBODY, mode, signedIn: name === null ? null : somebody(name) })
}

let stops: (() => void)[] = []
beforeEach(() => {
  mode = 'token'
  name = null
  down = false
  asked = []
  vi.stubGlobal('fetch', async (path: string, init?: { method?: string; body?: string }) =>
    answer(path, init),
  )
})
afterEach(() => {
  for (const stop of stops) stop()
  stops = []
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

async function openPage() {
  const client = createSessionClient()
  stops.push(client.start())
  await vi.waitFor(() => expect(client.state().kind).not.toBe('asking'))
  return client
}

describe('a page', () => {
  it('asks until the server tells, and says meanwhile what is wrong', async () => {
    vi.useFakeTimers()
    down = true
    const client = createSessionClient()
    stops.push(client.start())
    await vi.advanceTimersByTimeAsync(400)
    expect(client.state()).toEqual({ kind: 'asking', trouble: 'fetch failed' })
    down = false
    name = 'vera'
    await vi.advanceTimersByTimeAsync(200)
    expect(client.state()).toMatchObject({ kind: 'in', document: { signedIn: { name: 'vera' } } })
  })

  it('keeps what it knows while the server does not answer', async () => {
    name = 'vera'
    const client = await openPage()
    const before = client.state()
    down = true
    await client.refresh()
    expect(client.state()).toBe(before)
  })
})

describe('signing in', () => {
  it('has the page loaded anew where somebody wanted to go, and every other tab where it is', async () => {
    const [page, other] = [await openPage(), await openPage()]
    expect(await page.signIn({ token: 'vera' }, '/screens')).toBeNull()
    expect(page.state()).toEqual({ kind: 'other', to: '/screens' })
    await vi.waitFor(() => expect(other.state()).toEqual({ kind: 'other', to: null }))
  })

  it('that fails tells why, and leaves everything as it was', async () => {
    const page = await openPage()
    expect(await page.signIn({ token: 'wrong' }, null)).toMatchObject({ status: 401, detail: 'Wrong.' })
    expect(page.state()).toMatchObject({ kind: 'out', why: 'never' })
    down = true
    expect(await page.signIn({ token: 'vera' }, null)).toMatchObject({ detail: 'fetch failed' })
  })

  it('puts no secret where other tabs or addresses could keep it', async () => {
    const heard: unknown[] = []
    const channel = new BroadcastChannel(SESSION_CHANNEL)
    channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => void heard.push(data))
    const page = await openPage()
    await page.signIn({ token: 'canary-token' }, '/')
    await vi.waitFor(() => expect(heard).toEqual(['changed']))
    channel.close()
    expect(asked.join()).not.toContain('canary-token')
    expect(JSON.stringify(page.state())).not.toContain('canary-token')
  })
})

describe('signing out', () => {
  it('ends it in every tab, and nobody is named any more', async () => {
    name = 'vera'
    const [page, other] = [await openPage(), await openPage()]
    expect(await page.signOut()).toEqual({ logout: null })
    expect(page.state()).toMatchObject({ kind: 'out', why: 'left', document: { signedIn: null } })
    await vi.waitFor(() => expect(other.state()).toMatchObject({ kind: 'out', why: 'ended' }))
    expect(JSON.stringify([page.state(), other.state()])).not.toContain('vera')
  })

  it('of one of the demo’s users leaves everybody where nobody signs in', async () => {
    mode = 'none'
    name = 'vera'
    const page = await openPage()
    await page.signOut()
    expect(page.state()).toEqual({ kind: 'other', to: null })
  })

  it('tells where an identity provider wants to hear of it', async () => {
    mode = 'oidc'
    name = 'vera'
    const page = await openPage()
    expect(await page.signOut()).toEqual({ logout: 'https://id.example/out' })
  })

  it('that fails leaves somebody signed in, and says so', async () => {
    name = 'vera'
    const page = await openPage()
    down = true
    expect(await page.signOut()).toMatchObject({ problem: { detail: 'fetch failed' } })
    expect(page.state()).toMatchObject({ kind: 'in' })
  })
})

it('any answer that nobody is signed in ends it in every tab', async () => {
  name = 'vera'
  const [page, other] = [await openPage(), await openPage()]
  name = null
  await askServer('/api/fleet')
  expect(page.state()).toMatchObject({ kind: 'out', why: 'ended' })
  await vi.waitFor(() => expect(other.state()).toMatchObject({ kind: 'out', why: 'ended' }))
})
