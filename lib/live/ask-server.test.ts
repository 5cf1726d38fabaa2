import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, it, vi } from 'vitest'
import { askServer, onSignedOut } from './ask-server.ts'

afterEach(() => void vi.unstubAllGlobals())

const NOT_SIGNED_IN = { status: 401, code: 'not-signed-in', detail: 'Nobody is signed in.' }

it.each<[what: string, status: number, body: string, told: number]>([
  ['nobody is signed in', 401, JSON.stringify(NOT_SIGNED_IN), 1],
  ['the dashboard itself is not let in', 401, JSON.stringify({ code: 'unauthorized' }), 0],
  ['a proxy in between wants something', 401, '<html>', 0],
  ['the code comes with another status', 403, JSON.stringify(NOT_SIGNED_IN), 0],
  ['all is well', 200, '{}', 0],
])(
  'tells that nobody is signed in or not when %s, and leaves the body',
  async (_what, status, body, told) => {
    vi.stubGlobal('fetch', async () => new Response(body, { status }))
    const tell = vi.fn<() => void>()
    const leave = onSignedOut(tell)
    const response = await askServer('/api/fleet')
    leave()
    expect(tell).toHaveBeenCalledTimes(told)
    expect(await response.text()).toBe(body)
  },
)

it('marks each request as our own page’s, and keeps its headers', async () => {
  const sent: Headers[] = []
  vi.stubGlobal('fetch', async (_: string, init: RequestInit) => {
    sent.push(new Headers(init.headers))
    return new Response('{}')
  })
  await askServer('/api/fleet')
  await askServer('/api/fleet', { headers: { accept: 'text/event-stream' } })
  expect(sent.map((headers) => Object.fromEntries(headers))).toEqual([
    { 'x-requested-with': 'cocoon' },
    { accept: 'text/event-stream', 'x-requested-with': 'cocoon' },
  ])
})

it('is how everything in the browser asks, but for the session itself', () => {
  const root = join(import.meta.dirname, '../..')
  const files = globSync('{components,lib/live}/**/*.{ts,tsx}', { cwd: root })
  const direct = files.filter(
    (file) => !/\.(test|fixture)\./.test(file) && /\bfetch\(/.test(readFileSync(join(root, file), 'utf8')),
  )
  expect(direct.toSorted()).toEqual(['lib/live/ask-server.ts', 'lib/live/session-client.ts'])
})
