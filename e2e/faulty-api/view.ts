import { WATCHED_RESOURCES, type WatchedResource } from '../../lib/fleet/freshness.ts'
import type { Change, World } from './world.ts'

export interface Listing {
  version: number
  /** Objects as JSON, in the order of their keys. */
  texts: string[]
}

/**
 * What one API server of a cluster knows: the world up to some version. It follows at once unless it is
 * frozen; a frozen one is the server that lags behind its peers.
 */
export interface View {
  readonly version: number
  list(resource: WatchedResource): Listing
  freeze(): void
  /** Takes in everything that was missed, in order. */
  thaw(): void
  onChange(listener: (change: Change) => void): () => void
}

export function createView(world: World): View {
  const texts = Object.fromEntries(
    WATCHED_RESOURCES.map((name) => [name, new Map(world.all(name).map(({ key, text }) => [key, text]))]),
  ) as Record<WatchedResource, Map<string, string>>
  const listeners = new Set<(change: Change) => void>()
  const missed: Change[] = []
  let version = world.version
  let frozen = false

  const take = (change: Change) => {
    version = change.version
    if (change.type === 'DELETED') texts[change.resource].delete(change.key)
    else texts[change.resource].set(change.key, change.text)
    for (const listener of listeners) listener(change)
  }
  world.onChange((change) => {
    if (frozen) missed.push(change)
    else take(change)
  })
  return {
    get version() {
      return version
    },
    list(resource) {
      const sorted = [...texts[resource]].sort(([left], [right]) => (left < right ? -1 : 1))
      return { version, texts: sorted.map(([, text]) => text) }
    },
    freeze() {
      frozen = true
    },
    thaw() {
      frozen = false
      for (const change of missed.splice(0)) take(change)
    },
    onChange(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
