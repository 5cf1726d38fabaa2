import { isNotFound } from '../client/api-error.ts'
import type { Connection } from '../client/connection.ts'
import { kubeClient, type KubeClient } from '../client/kube-client.ts'
import { type ObjectRef, type Resource, type Resources } from '../client/resources.ts'

/** Somebody who uses a cluster as tests do: through its API, waiting for what they expect to see. */
export interface ApiUser {
  client: KubeClient
  /** Asks again and again until the object is as wanted; throws with its last state when patience ends. */
  until<R extends Resource>(
    resource: R,
    ref: ObjectRef,
    wanted: (object: Resources[R]) => boolean,
  ): Promise<Resources[R]>
  /** Waits until there is no such object. */
  untilGone(resource: Resource, ref: ObjectRef): Promise<void>
}

/** Milliseconds from one look to the next: short at first, longer the longer it takes, so that waiting is no load. */
const BETWEEN = { first: 15, longest: 150 }

/** A user over a connection, who waits for at most `patience` milliseconds. */
export function apiUser(connection: Connection, patience = 15_000): ApiUser {
  const client = kubeClient(connection)
  const poll = async <T>(what: string, look: () => Promise<{ done: boolean; seen: T }>): Promise<T> => {
    const deadline = Date.now() + patience
    for (let pause = BETWEEN.first; ; pause = Math.min(pause * 1.3, BETWEEN.longest)) {
      const { done, seen } = await look()
      if (done) return seen
      if (Date.now() > deadline) throw new Error(`${what} is still ${JSON.stringify(seen, undefined, 1)}`)
      await new Promise((resolve) => void setTimeout(resolve, pause))
    }
  }
  const find = <R extends Resource>(resource: R, ref: ObjectRef) =>
    client.get(resource, ref).catch((error: unknown) => {
      if (isNotFound(error)) return undefined
      throw error
    })
  return {
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
  }
}
