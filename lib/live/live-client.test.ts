import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { PATIENCE, startEventServer } from './event-server.fixture.ts'
import type { Opened } from './event-server.fixture.ts'
import { createLiveClient } from './live-client.ts'
import { freshnessWith, snapshotOf, START, vmNamed, written } from './snapshot.fixture.ts'

const snapshot = written('snapshot', snapshotOf([vmNamed('a')]))

let close = async () => {}
// No locks: each client reads a stream of its own, as over plain http.
beforeEach(() => void vi.stubGlobal('navigator', {}))
afterEach(async () => {
  vi.unstubAllGlobals()
  await close()
})

async function clientOf(answer: (opened: Opened, count: number) => void) {
  const server = await startEventServer(answer)
  close = server.close
  return { server, client: createLiveClient(server.url) }
}
const until = (condition: () => boolean) => vi.waitFor(() => expect(condition()).toBe(true), PATIENCE)

describe('the live client', () => {
  it('says what it waits for until it is known whose fleet it is', async () => {
    const { server, client } = await clientOf(({ send }) => send(snapshot))
    client.waitFor('')
    expect(client.connection().state).toBe('connecting')
    client.waitFor('nobody answers')
    expect(client.connection()).toMatchObject({ state: 'lost', message: 'nobody answers' })
    expect(server.opened).toHaveLength(0)
    const stop = client.start('vera')
    await until(() => client.connection().state === 'live')
    stop()
  })

  it('tells how the connection stands, from the first try to the cut', async () => {
    const { server, client } = await clientOf(({ send }, count) => {
      if (count === 1) send(snapshot)
    })
    const states: string[] = []
    client.subscribeConnection(() => {
      const { state } = client.connection()
      if (states.at(-1) !== state) states.push(state)
    })
    expect(client.connection().state).toBe('connecting')
    const stop = client.start('vera')
    await until(() => client.connection().state === 'live')
    expect(client.connection()).toMatchObject({ cluster: { name: 'lab' }, message: '' })
    const freshness = freshnessWith({ pods: { state: 'stale', message: 'Nothing heard.' } })
    server.opened[0]?.send(written('beat', { seq: 10, at: START, freshness }))
    await until(() => client.connection().state === 'stale')
    expect(client.connection().message).toBe('Nothing heard.')
    server.opened[0]?.cut()
    await until(() => client.connection().state === 'lost')
    stop()
    expect(states).toEqual(['connecting', 'live', 'stale', 'lost'])
  })

  it('forgets what it showed once nobody is signed in, says so, and comes back with whoever is next', async () => {
    const { server, client } = await clientOf(({ send, refuse }, count) => {
      if (count === 2) refuse(401, 'application/problem+json')
      else send(snapshot)
    })
    const rows: (number | undefined)[] = []
    client.subscribeConnection(() => {
      if (client.connection().refusal === 'signed-out') rows.push(client.store.index().vms.size)
    })
    const stop = client.start('vera')
    await until(() => client.connection().state === 'live')
    server.opened[0]?.end()
    await until(() => server.opened.length === 3 && client.connection().state === 'live')
    stop()
    expect(new Set(rows)).toEqual(new Set([0]))
    expect(server.resumed()).toEqual([null, 'e1-10', null])
  })

  it('says why the server does not tell, and shows on what it had', async () => {
    const { server, client } = await clientOf(({ send, refuse }, count) => {
      if (count === 1) send(snapshot)
      else refuse(503, 'application/problem+json', '{"detail":"What you may see is not known."}')
    })
    const stop = client.start('vera')
    await until(() => client.connection().state === 'live')
    server.opened[0]?.end()
    await until(() => client.connection().refusal === 'refused')
    expect(client.connection()).toMatchObject({ state: 'lost', message: 'What you may see is not known.' })
    expect(client.store.index().vms.size).toBe(1)
    stop()
  })

  it('keeps its connection the same object while nothing about it changes', async () => {
    const { client } = await clientOf(({ send }) => send(snapshot))
    const stop = client.start('vera')
    await until(() => client.connection().state === 'live')
    expect(client.connection()).toBe(client.connection())
    stop()
  })

  it('is one stream for several starts, closed with the last', async () => {
    const { server, client } = await clientOf(({ send }) => send(snapshot))
    const stops = [client.start('vera'), client.start('vera')]
    await until(() => client.store.position() !== null)
    stops[0]?.()
    expect(server.open.size).toBe(1)
    stops[1]?.()
    await until(() => server.open.size === 0)
    expect(server.opened).toHaveLength(1)
  })

  it('goes on where it was when it is started again, as a page in strict mode does', async () => {
    const { server, client } = await clientOf(({ send }) => send(snapshot))
    client.start('vera')()
    const stop = client.start('vera')
    await until(() => client.store.position() === 'e1-10')
    stop()
    await until(() => server.open.size === 0)
    const again = client.start('vera')
    await until(() => server.resumed().at(-1) === 'e1-10')
    expect(server.resumed()).toEqual(expect.arrayContaining([null, 'e1-10']))
    again()
  })
})
