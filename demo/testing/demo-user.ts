import { connect } from '../client/connection.ts'
import { kubeClient, type KubeClient } from '../client/kube-client.ts'
import { refOf, type ObjectRef, type Resource, type Resources } from '../client/resources.ts'
import { startDemoCluster, type DemoCluster, type DemoClusterOptions } from '../start.ts'

/** Somebody who uses a demo cluster as tests do: through its API, waiting for what they expect to see. */
export interface DemoUser {
  cluster: DemoCluster
  client: KubeClient
  /** Asks again and again until the object is as wanted; throws with its last state after 15 s. */
  until<R extends Resource>(
    resource: R,
    ref: ObjectRef,
    wanted: (object: Resources[R]) => boolean,
  ): Promise<Resources[R]>
  /** Waits until there is no such object. */
  untilGone(resource: Resource, ref: ObjectRef): Promise<void>
  close(): Promise<void>
}

const PATIENCE = 15_000
const BETWEEN = 15

/** A small, empty, fast cluster unless the options say otherwise, and its user. */
export async function demoUser(options: Partial<DemoClusterOptions> = {}): Promise<DemoUser> {
  const cluster = await startDemoCluster({
    port: 0,
    sets: 0,
    vms: 0,
    nodes: 2,
    seed: 7,
    speed: 100,
    weather: 'off',
    ...options,
  })
  const connection = connect({ server: cluster.server, token: cluster.token, userAgent: 'test' })
  const client = kubeClient(connection)
  const poll = async <T>(what: string, look: () => Promise<{ done: boolean; seen: T }>): Promise<T> => {
    const deadline = Date.now() + PATIENCE
    for (;;) {
      const { done, seen } = await look()
      if (done) return seen
      if (Date.now() > deadline) throw new Error(`${what} is still ${JSON.stringify(seen, undefined, 1)}`)
      await new Promise((resolve) => void setTimeout(resolve, BETWEEN))
    }
  }
  const find = async <R extends Resource>(resource: R, ref: ObjectRef) => {
    const { items } = await client.list(resource, { fieldSelector: `metadata.name=${ref.name}` })
    return items.find((item) => refOf(item).namespace === ref.namespace)
  }
  return {
    cluster,
    client,
    async until(resource, ref, wanted) {
      const found = await poll(`${resource} ${ref.namespace}/${ref.name}`, async () => {
        const seen = await find(resource, ref)
        return { done: seen !== undefined && wanted(seen), seen }
      })
      if (!found) throw new Error('unreachable')
      return found
    },
    async untilGone(resource, ref) {
      await poll(`${resource} ${ref.namespace}/${ref.name}`, async () => {
        const seen = await find(resource, ref)
        return { done: seen === undefined, seen }
      })
    },
    async close() {
      connection.close()
      await cluster.close()
    },
  }
}
