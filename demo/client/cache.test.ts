import { afterEach, expect, it, vi } from 'vitest'
import type { Pod } from '../../lib/cocoon/kube-json.ts'
import { startApiServer, type ApiServer } from '../api/server.ts'
import { wallClock } from '../clock.ts'
import { admittedPod } from '../fleet/admitted-pod.ts'
import { seededRandom } from '../random.ts'
import { resourceCache } from './cache.ts'
import { connect, type Connection } from './connection.ts'
import { kubeClient, type KubeClient } from './kube-client.ts'

const TOKEN = 'token'
const clock = wallClock(100)
let stop = new AbortController()
const servers: ApiServer[] = []
afterEach(async () => {
  stop.abort()
  stop = new AbortController()
  for (const server of servers.splice(0)) await server.close()
})

/** Versions begin with the server's time: a server that starts later has no memory of earlier ones. */
async function serve(port: number, objects: Pod[], hours = 0): Promise<ApiServer> {
  const shifted = { ...clock, now: () => clock.now() + hours * 3_600_000 }
  const tokens = { [TOKEN]: { username: 'test', groups: ['system:masters'] } }
  const random = seededRandom(1)
  // As a server stores them: what is restored incomplete could not be changed afterwards.
  const stored = objects.map((each) => admittedPod(each, random))
  const server = await startApiServer({ port, clock: shifted, random, tokens, objects: stored })
  servers.push(server)
  return server
}
const pod = (name: string, uid: string): Pod => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'default', uid },
  spec: { containers: [{ name: 'a', image: 'b' }] },
})

it('follows the server, through a restart with other objects', async () => {
  const server = await serve(0, [pod('kept', 'u1'), pod('replaced', 'u2'), pod('lost', 'u3')])
  const connection = connect({ server: server.url, token: TOKEN, userAgent: 'test' })
  const client = kubeClient(connection)
  const problems: unknown[] = []
  const changes: string[] = []
  const cache = resourceCache({
    resource: 'pods',
    client,
    connection,
    clock,
    failed: (error) => void problems.push(error),
  })
  cache.onChange((before, after) => {
    const name = (after ?? before)?.metadata?.name ?? ''
    changes.push(`${before ? (after ? 'changed' : 'gone') : 'new'} ${name}`)
  })
  await cache.start(stop.signal)
  expect(changes).toEqual(['new kept', 'new lost', 'new replaced'])

  await client.create('pods', pod('added', ''))
  await client.patch('pods', { namespace: 'default', name: 'kept' }, { metadata: { labels: { a: 'b' } } })
  await vi.waitFor(() => expect(changes.slice(3)).toEqual(['new added', 'changed kept']))
  expect(cache.get({ namespace: 'default', name: 'kept' })?.metadata?.labels).toEqual({ a: 'b' })

  await servers.splice(0)[0]?.close()
  await serve(server.port, [pod('kept', 'u1'), pod('replaced', 'u9')], 1)
  await vi.waitFor(() => expect([...cache.all()]).toHaveLength(2), { timeout: 10_000 })
  expect(changes.slice(5).toSorted()).toEqual([
    'changed kept',
    'gone added',
    'gone lost',
    'gone replaced',
    'new replaced',
  ])
  expect(problems.length).toBeGreaterThan(0)
  connection.close()
})

it('lists again until a server that comes up lets it', async () => {
  const failures: unknown[] = []
  let refusals = 2
  const client = {
    list: async () => {
      if (refusals-- > 0) throw new Error('403')
      return { items: [pod('a', 'u')], resourceVersion: '1' }
    },
  } as unknown as KubeClient
  const connection: Connection = {
    send: () => Promise.reject(new Error('unused')),
    stream: (_, signal) =>
      new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('stopped')))),
    close: () => undefined,
  }
  const failed = (error: unknown) => void failures.push(error)
  const cache = resourceCache({ resource: 'pods', client, connection, clock, failed })
  await cache.start(stop.signal)
  expect([...cache.all()].map((each) => each.metadata?.name)).toEqual(['a'])
  expect(failures).toHaveLength(2)
})
