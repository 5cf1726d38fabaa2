import type { KubeObject } from '../../lib/cocoon/kube-json.ts'
import type { Clock } from '../clock.ts'
import { sleep } from '../sleep.ts'
import { isRefusal } from './api-error.ts'
import type { Connection } from './connection.ts'
import type { KubeClient } from './kube-client.ts'
import { keyOf, refOf, type ObjectRef, type Resource, type Resources } from './resources.ts'
import { watchFrom, type WatchEvent } from './watch.ts'

/** Called after the cache has changed; `before` is absent for a new object, `after` for one that is gone. */
export type CacheListener<T> = (before: T | undefined, after: T | undefined) => void

/** All objects of one resource, kept current by a list and a watch. */
export interface Cache<T extends KubeObject> {
  get(ref: ObjectRef): T | undefined
  all(): Iterable<T>
  inNamespace(namespace: string): Iterable<T>
  onChange(listener: CacheListener<T>): void
  /** Lists, again and again until that works, then follows in the background until the signal comes. */
  start(signal: AbortSignal): Promise<void>
}

export interface CacheOptions<R extends Resource> {
  resource: R
  client: KubeClient
  connection: Connection
  clock: Clock
  /** Told when a list or the watch fails; the cache goes on after a pause of one second. */
  failed: (error: unknown) => void
}

/** An empty cache; `start` fills it and tells the listeners about every object. */
export function resourceCache<R extends Resource>(options: CacheOptions<R>): Cache<Resources[R]> {
  const byNamespace = new Map<string, Map<string, Resources[R]>>()
  const listeners: CacheListener<Resources[R]>[] = []
  let version = ''

  const put = (ref: ObjectRef, after: Resources[R] | undefined) => {
    const objects = byNamespace.get(ref.namespace) ?? new Map<string, Resources[R]>()
    const before = objects.get(ref.name)
    if (after) objects.set(ref.name, after)
    else objects.delete(ref.name)
    byNamespace.set(ref.namespace, objects)
    if (before && after && before.metadata?.uid !== after.metadata?.uid) {
      for (const listener of listeners) listener(before, undefined)
      for (const listener of listeners) listener(undefined, after)
    } else if (before !== after) for (const listener of listeners) listener(before, after)
  }
  const list = async () => {
    const answer = await options.client.list(options.resource)
    const kept = new Set(answer.items.map((item) => keyOf(refOf(item))))
    const gone = [...cache.all()].map(refOf).filter((ref) => !kept.has(keyOf(ref)))
    for (const ref of gone) put(ref, undefined)
    for (const item of answer.items) put(refOf(item), item)
    version = answer.resourceVersion
  }
  const take = (event: WatchEvent) => {
    version = event.object.metadata?.resourceVersion ?? version
    if (event.type === 'BOOKMARK') return
    const after = event.type === 'DELETED' ? undefined : (event.object as Resources[R])
    put(refOf(event.object), after)
  }
  /** Says what went wrong and waits a second; what comes with the signal is no failure. */
  const recover = async (signal: AbortSignal, reason: unknown) => {
    if (signal.aborted) return
    options.failed(reason)
    await sleep(options.clock, 1000, signal).catch(() => {
      // The signal came: the loop ends.
    })
  }
  const follow = async (signal: AbortSignal) => {
    while (!signal.aborted) {
      try {
        if (version === '') await list()
        for await (const events of watchFrom(options.connection, options.resource, version, signal)) {
          for (const event of events) take(event)
        }
      } catch (error) {
        // Whatever the server has against this version (too old, too new): a list starts anew.
        if (isRefusal(error)) version = ''
        await recover(signal, error)
      }
    }
  }
  const cache: Cache<Resources[R]> = {
    get: (ref) => byNamespace.get(ref.namespace)?.get(ref.name),
    *all() {
      for (const objects of byNamespace.values()) yield* objects.values()
    },
    *inNamespace(namespace) {
      yield* byNamespace.get(namespace)?.values() ?? []
    },
    onChange: (listener) => void listeners.push(listener),
    async start(signal) {
      // A server that has just come up may not answer yet, or not know its own rules.
      for (let listed = false; !listed && !signal.aborted;) {
        try {
          await list()
          listed = true
        } catch (error) {
          await recover(signal, error)
        }
      }
      void follow(signal)
    },
  }
  return cache
}
