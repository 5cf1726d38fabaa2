import type { Store } from './store.ts'

/** Tells every open watch, once per turn of the event loop, that there may be something to send. */
export interface WatchHub {
  /** Adds a watch; the answer removes it. */
  add(watch: { pump(): void; end(): void }): () => void
  count(): number
  /** Ends all watches, as a server that shuts down. */
  endAll(): void
}

/** Writes of one turn reach watchers in one go, which is what makes a burst of them cheap. */
export function createWatchHub(store: Store): WatchHub {
  const watches = new Set<{ pump(): void; end(): void }>()
  let scheduled = false
  store.onChange(() => {
    if (scheduled || watches.size === 0) return
    scheduled = true
    setImmediate(() => {
      scheduled = false
      for (const watch of watches) watch.pump()
    })
  })
  return {
    add(watch) {
      watches.add(watch)
      return () => void watches.delete(watch)
    },
    count: () => watches.size,
    endAll() {
      for (const watch of watches) watch.end()
    },
  }
}
