/** Calls `flush` soon after a `touch`, but not more often than every `windowMs`. */
export interface Coalescer {
  touch(): void
  /** Drops what is pending; later touches come to nothing. */
  stop(): void
}

/**
 * Leading-edge coalescing: what happens in a quiet fleet is told at once (after the events that arrived in
 * the same turn of the loop); under load, what happens within a window is told together at its end.
 */
export function createCoalescer(flush: () => void, windowMs = 50): Coalescer {
  let flushedAt = Number.NEGATIVE_INFINITY
  let cancel: (() => void) | null = null
  let stopped = false
  const run = () => {
    cancel = null
    flushedAt = performance.now()
    flush()
  }
  return {
    touch() {
      if (stopped || cancel !== null) return
      const wait = flushedAt + windowMs - performance.now()
      if (wait <= 0) {
        const immediate = setImmediate(run)
        cancel = () => clearImmediate(immediate)
      } else {
        const timer = setTimeout(run, wait)
        cancel = () => clearTimeout(timer)
      }
    },
    stop() {
      stopped = true
      cancel?.()
      cancel = null
    },
  }
}
