import type { KubeObject } from '../../lib/cocoon/kube-json.ts'
import { WATCHED_RESOURCES, type WatchedResource } from '../../lib/fleet/freshness.ts'

export type ChangeType = 'ADDED' | 'MODIFIED' | 'DELETED'

/** One write, as the watch cache keeps it. `text` is the object at that version, as JSON. */
export interface Change {
  type: ChangeType
  resource: WatchedResource
  key: string
  version: number
  text: string
}

export interface Stored {
  key: string
  version: number
  uid: string
  object: KubeObject
  text: string
}

/**
 * The truth that the faulty API servers serve, each in its own way. Every write gets the next resource
 * version, as in etcd; the history is kept until it is compacted.
 */
export interface World {
  readonly version: number
  /** Changes at or before this are gone from the history. */
  readonly compactedTo: number
  history(resource: WatchedResource): readonly Change[]
  get(resource: WatchedResource, key: string): Stored | undefined
  all(resource: WatchedResource): Stored[]
  /** Creates or replaces; the world stamps the resource version, and a uid where there is none. */
  put(resource: WatchedResource, object: KubeObject): Stored
  remove(resource: WatchedResource, key: string): void
  /** Forgets the history up to `to`, or all of it. */
  compact(to?: number): void
  onChange(listener: (change: Change) => void): () => void
}

export const keyOf = (object: KubeObject) =>
  `${object.metadata?.namespace ?? ''}/${object.metadata?.name ?? ''}`

function perResource<T>(make: () => T): Record<WatchedResource, T> {
  return Object.fromEntries(WATCHED_RESOURCES.map((name) => [name, make()])) as Record<WatchedResource, T>
}

export function createWorld(uuid: () => string): World {
  const objects = perResource(() => new Map<string, Stored>())
  const histories = perResource<Change[]>(() => [])
  const listeners = new Set<(change: Change) => void>()
  let version = 1_000
  let compactedTo = version

  const record = (change: Change) => {
    histories[change.resource].push(change)
    for (const listener of listeners) listener(change)
  }
  return {
    get version() {
      return version
    },
    get compactedTo() {
      return compactedTo
    },
    history: (resource) => histories[resource],
    get: (resource, key) => objects[resource].get(key),
    all: (resource) => [...objects[resource].values()],
    put(resource, object) {
      version += 1
      const key = keyOf(object)
      const before = objects[resource].get(key)
      const uid = object.metadata?.uid ?? before?.uid ?? uuid()
      const stamped = { ...object, metadata: { ...object.metadata, uid, resourceVersion: String(version) } }
      const text = JSON.stringify(stamped)
      const stored = { key, version, uid, object: stamped, text }
      objects[resource].set(key, stored)
      record({ type: before ? 'MODIFIED' : 'ADDED', resource, key, version, text })
      return stored
    },
    remove(resource, key) {
      const before = objects[resource].get(key)
      if (!before) return
      version += 1
      objects[resource].delete(key)
      const gone = {
        ...before.object,
        metadata: { ...before.object.metadata, resourceVersion: String(version) },
      }
      record({ type: 'DELETED', resource, key, version, text: JSON.stringify(gone) })
    },
    compact(to = version) {
      compactedTo = to
      for (const resource of WATCHED_RESOURCES) {
        histories[resource] = histories[resource].filter((change) => change.version > to)
      }
    },
    onChange(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
