import type { Clock } from './clock.ts'

/** Keys waiting to be worked on: each at most once in the queue, and never by two workers at once. */
export interface WorkQueue {
  add(key: string): void
  addAfter(key: string, ms: number): void
  /** Nothing queued or running; keys that wait for a time do not count. */
  idle(): boolean
  /** Takes no more work and resolves when what runs has ended. */
  close(): Promise<void>
}

export interface WorkQueueOptions {
  clock: Clock
  concurrency: number
  /** Works on one key; answers in how many milliseconds it wants the key again, or nothing. */
  work: (key: string) => Promise<number | undefined>
  /** Told of every failure; the key comes back after a delay that doubles from 0.5 s to 30 s. */
  failed: (key: string, error: unknown) => void
}

/** A work queue in the manner of a Kubernetes controller's. */
export function workQueue(options: WorkQueueOptions): WorkQueue {
  const ready = new Set<string>()
  const running = new Map<string, Promise<void>>()
  const again = new Set<string>()
  const timers = new Map<string, { at: number; cancel: () => void }>()
  const failures = new Map<string, number>()
  let closed = false

  const run = async (key: string) => {
    try {
      const later = await options.work(key)
      failures.delete(key)
      if (later !== undefined) queue.addAfter(key, later)
    } catch (error) {
      if (closed) return
      const count = (failures.get(key) ?? 0) + 1
      failures.set(key, count)
      options.failed(key, error)
      queue.addAfter(key, Math.min(30_000, 250 * 2 ** count))
    } finally {
      running.delete(key)
      if (again.delete(key)) ready.add(key)
      pump()
    }
  }
  const pump = () => {
    for (const key of ready) {
      if (closed || running.size >= options.concurrency) return
      ready.delete(key)
      running.set(key, run(key))
    }
  }
  const queue: WorkQueue = {
    add(key) {
      if (closed) return
      if (running.has(key)) again.add(key)
      else if (!ready.has(key)) {
        ready.add(key)
        queueMicrotask(pump)
      }
    },
    addAfter(key, ms) {
      if (closed) return
      if (ms <= 0) return queue.add(key)
      const at = options.clock.now() + ms
      const waiting = timers.get(key)
      if (waiting && waiting.at <= at) return
      waiting?.cancel()
      const cancel = options.clock.after(ms, () => {
        timers.delete(key)
        queue.add(key)
      })
      timers.set(key, { at, cancel })
    },
    idle: () => ready.size === 0 && running.size === 0,
    async close() {
      closed = true
      for (const timer of timers.values()) timer.cancel()
      timers.clear()
      ready.clear()
      await Promise.allSettled(running.values())
    },
  }
  return queue
}
