import { expect, it } from 'vitest'
import type { KubeObject } from '../../lib/cocoon/kube-json.ts'
import { connect } from '../client/connection.ts'
import { watchFrom } from '../client/watch.ts'
import { demoUser, type DemoUser } from '../testing/demo-user.ts'
import type { Weather } from './weather.ts'

const problems: string[] = []
const under = (weather: Weather, speed: number) =>
  demoUser({ sets: 12, vms: 60, nodes: 3, weather, speed, log: (text) => void problems.push(text) })

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
  const user = await under('low', 100)
  try {
    const changes = await podChanges(user, 150)
    expect(new Set(changes.map((pod) => pod.metadata?.uid)).size).toBeGreaterThan(5)
    const { items } = await user.client.list('pods', { labelSelector: 'cocoonset.cocoonstack.io/name' })
    expect(Math.abs(items.length - 58)).toBeLessThanOrEqual(12)
    const { items: sets } = await user.client.list('cocoonsets')
    expect(sets).toHaveLength(12)
    expect(problems).toEqual([])
  } finally {
    await user.close()
  }
})

it('is busy when it is high', async () => {
  // A hundred times as fast as life it would keep the machine busy with itself.
  const user = await under('high', 20)
  try {
    const changes = await podChanges(user, 200)
    expect(new Set(changes.map((pod) => pod.metadata?.uid)).size).toBeGreaterThan(30)
  } finally {
    await user.close()
  }
})
