import { afterAll, beforeAll, expect, it } from 'vitest'
import type { KubeObject } from '../../lib/cocoon/kube-json.ts'
import { connect } from '../client/connection.ts'
import { watchFrom } from '../client/watch.ts'
import { demoUser, type DemoUser } from '../testing/demo-user.ts'
import type { Weather } from './weather.ts'

const users: DemoUser[] = []
const under = async (weather: Weather) => {
  const user = await demoUser({
    sets: 12,
    vms: 60,
    nodes: 3,
    weather,
    speed: 100,
    log: (text) => void problems.push(text),
  })
  users.push(user)
  return user
}
const problems: string[] = []
let calm: DemoUser
beforeAll(async () => {
  calm = await under('low')
})
afterAll(async () => {
  for (const user of users) await user.close()
})

/** The first `count` changes of pods from now on. */
async function podChanges(user: DemoUser, count: number): Promise<KubeObject[]> {
  const { resourceVersion } = await user.client.list('pods')
  const connection = connect({ server: user.cluster.server, token: user.cluster.token, userAgent: 'test' })
  const stop = new AbortController()
  const changes: KubeObject[] = []
  try {
    for await (const events of watchFrom(connection, 'pods', resourceVersion, stop.signal)) {
      changes.push(...events.filter((event) => event.type !== 'BOOKMARK').map((event) => event.object))
      if (changes.length >= count) return changes
    }
  } finally {
    stop.abort()
    connection.close()
  }
  return changes
}

it('changes the fleet and keeps its size', async () => {
  const changes = await podChanges(calm, 300)
  expect(new Set(changes.map((pod) => pod.metadata?.uid)).size).toBeGreaterThan(5)
  const { items } = await calm.client.list('pods', { labelSelector: 'cocoonset.cocoonstack.io/name' })
  expect(Math.abs(items.length - 58)).toBeLessThanOrEqual(12)
  const { items: sets } = await calm.client.list('cocoonsets')
  expect(sets).toHaveLength(12)
  expect(problems).toEqual([])
})

it('is busy when it is high', async () => {
  const stormy = await under('high')
  const changes = await podChanges(stormy, 500)
  expect(new Set(changes.map((pod) => pod.metadata?.uid)).size).toBeGreaterThan(30)
})
