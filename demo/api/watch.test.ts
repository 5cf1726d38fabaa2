import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { admitAll } from './admission.ts'
import type { TestServer } from './testing/test-server.ts'
import { MERGE, PODS, SETS, newPod, startTestServer } from './testing/test-server.ts'
import { brief, openWatch } from './testing/test-watch.ts'

let server: TestServer
beforeEach(async () => {
  server = await startTestServer({ historyLimit: 40, admission: admitAll })
})
afterEach(() => server.close())

const create = (name: string, labels: Record<string, string> = {}) =>
  server.ok('POST', PODS, newPod(name, { labels }))
const label = (name: string, value: string | null) =>
  server.ok('PATCH', `${PODS}/${name}`, { metadata: { labels: { app: value } } }, MERGE)
const revision = () => String(server.revision())
/** A line that marks the end of what a test waits for. */
const END = 'ADDED end'

async function until(watch: Awaited<ReturnType<typeof openWatch>>, last: string): Promise<string[]> {
  const seen: string[] = []
  while (seen.at(-1) !== last) seen.push(brief(await watch.next()))
  return seen
}

describe('where a watch begins', () => {
  it.each([
    ['no resourceVersion', {}, ['ADDED a', 'ADDED b', END]],
    ['resourceVersion 0', { resourceVersion: '0' }, ['ADDED a', 'ADDED b', END]],
    [
      'initial events',
      { sendInitialEvents: 'true', resourceVersionMatch: 'NotOlderThan', allowWatchBookmarks: 'true' },
      ['ADDED a', 'ADDED b', 'BOOKMARK', END],
    ],
    ['a field selector', { fieldSelector: 'metadata.name!=b' }, ['ADDED a', END]],
    ['no initial events', { sendInitialEvents: 'false', resourceVersionMatch: 'NotOlderThan' }, [END]],
  ])('%s', async (_, query, expected) => {
    await create('b')
    await create('a')
    const watch = await openWatch(server, PODS, query)
    const seen: string[] = []
    while (seen.length < expected.length - 1) seen.push(brief(await watch.next()))
    await create('end')
    expect([...seen, ...(await until(watch, END))]).toEqual(expected)
    watch.stop()
  })

  it('marks the end of the initial events with the annotated bookmark', async () => {
    const query = {
      sendInitialEvents: 'true',
      resourceVersionMatch: 'NotOlderThan',
      allowWatchBookmarks: 'true',
    }
    const watch = await openWatch(server, PODS, query)
    const { object } = await watch.next()
    expect(object).toMatchObject({ kind: 'Pod', apiVersion: 'v1' })
    expect(object.metadata).toMatchObject({
      resourceVersion: revision(),
      annotations: { 'k8s.io/initial-events-end': 'true' },
    })
    watch.stop()
  })

  it('a revision: replays what came after it', async () => {
    await create('a')
    const from = revision()
    await create('b')
    await label('a', 'x')
    await server.ok('DELETE', `${PODS}/b`)
    const watch = await openWatch(server, PODS, { resourceVersion: from })
    await create('end')
    expect(await until(watch, END)).toEqual(['ADDED b', 'MODIFIED a', 'MODIFIED b', 'DELETED b', END])
    watch.stop()
  })

  it('a future revision: says nothing until it is passed', async () => {
    const future = String(server.revision() + 2)
    const watch = await openWatch(server, PODS, { resourceVersion: future })
    await create('a')
    await create('b')
    await create('end')
    expect(await until(watch, END)).toEqual([END])
    watch.stop()
  })

  it('a compacted revision: an ERROR event in a 200 answer', async () => {
    const asked = server.revision()
    for (let n = 0; n < 45; n++) await create(`p${n}`)
    const watch = await openWatch(server, PODS, { resourceVersion: String(asked) })
    const message = `too old resource version: ${asked} (${server.revision() - 40})`
    const object = { kind: 'Status', code: 410, reason: 'Expired', message }
    expect(await watch.rest()).toMatchObject([{ type: 'ERROR', object }])
  })

  it('initial events as of a future revision: an ERROR event, too', async () => {
    const resourceVersion = String(server.revision() + 1)
    const query = { sendInitialEvents: 'true', resourceVersionMatch: 'NotOlderThan', resourceVersion }
    const watch = await openWatch(server, PODS, query)
    const object = {
      code: 504,
      reason: 'Timeout',
      details: { causes: [{ reason: 'ResourceVersionTooLarge' }] },
    }
    expect(await watch.rest()).toMatchObject([{ type: 'ERROR', object }])
  })
})

describe('selectors', () => {
  it('tell an object that enters as ADDED and one that leaves as DELETED, as it last matched', async () => {
    await create('a', { app: 'x' })
    const watch = await openWatch(server, PODS, { labelSelector: 'app=x', resourceVersion: revision() })
    await label('a', 'y')
    await label('a', 'z')
    await label('a', 'x')
    await create('end', { app: 'x' })
    const left = await watch.next()
    expect(brief(left)).toBe('DELETED a')
    expect(left.object.metadata.labels).toEqual({ app: 'x' })
    expect(Number(left.object.metadata.resourceVersion)).toBe(server.revision() - 3)
    expect(await until(watch, END)).toEqual(['ADDED a', END])
    watch.stop()
  })

  it('keep to the namespace and the resource', async () => {
    await server.ok('POST', '/api/v1/namespaces', { metadata: { name: 'other' } })
    const watch = await openWatch(server, PODS, { resourceVersion: revision() })
    await server.ok('POST', '/api/v1/namespaces/other/pods', newPod('elsewhere'))
    await server.ok('POST', '/api/v1/namespaces/default/configmaps', { metadata: { name: 'c' } })
    await create('end')
    expect(await until(watch, END)).toEqual([END])
    watch.stop()
  })
})

describe('bookmarks and time', () => {
  it('come every minute and two seconds before the end, at the current revision', async () => {
    const watch = await openWatch(server, SETS, {
      resourceVersion: revision(),
      allowWatchBookmarks: 'true',
      timeoutSeconds: '90',
    })
    await create('a')
    await server.clock.advance(60_000)
    const first = await watch.next()
    expect([first.type, first.object.metadata.resourceVersion]).toEqual(['BOOKMARK', revision()])
    await create('b')
    await server.clock.advance(28_000)
    const last = await watch.next()
    expect([last.type, last.object.metadata.resourceVersion]).toEqual(['BOOKMARK', revision()])
    await server.clock.advance(2000)
    expect(await watch.rest()).toEqual([])
  })

  it('do not come unasked', async () => {
    const watch = await openWatch(server, PODS, { resourceVersion: revision(), timeoutSeconds: '90' })
    await server.clock.advance(90_000)
    expect(await watch.rest()).toEqual([])
  })
})

it('serves metadata and tables by watch, too', async () => {
  const as = (kind: string) => ({ accept: `application/json;as=${kind};g=meta.k8s.io;v=v1` })
  await create('a')
  const partial = await openWatch(server, PODS, {}, as('PartialObjectMetadata'))
  expect((await partial.next()).object).toMatchObject({
    kind: 'PartialObjectMetadata',
    metadata: { name: 'a' },
  })
  partial.stop()
  const table = await openWatch(server, PODS, {}, as('Table'))
  const { object } = await table.next()
  expect(object).toMatchObject({
    kind: 'Table',
    rows: [{ cells: ['a', '0/1', 'Pending', '0', '0s', '<none>', '<none>', '<none>', '<none>'] }],
  })
  table.stop()
})

it('forgets watches whose client has gone', async () => {
  const watch = await openWatch(server, PODS)
  expect(server.watches()).toBe(1)
  watch.stop()
  await expect.poll(() => server.watches()).toBe(0)
})

it('cuts off a watcher that falls behind the history', async () => {
  const { connect } = await import('node:net')
  const slow = connect(server.port, '127.0.0.1')
  const ended = new Promise<void>((resolve) => slow.once('close', () => resolve()))
  slow.pause()
  const path = `${PODS}?watch=true&resourceVersion=${revision()}`
  slow.write(`GET ${path} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer admin-token\r\n\r\n`)
  await expect.poll(() => server.watches()).toBe(1)
  const big = 'x'.repeat(200_000)
  await create('a')
  for (let n = 0; server.watches() > 0 && n < 400; n++) {
    await server.ok('PATCH', `${PODS}/a`, { metadata: { annotations: { big: `${n}${big}` } } }, MERGE)
  }
  expect(server.watches()).toBe(0)
  slow.resume()
  await ended
})
