import { pause } from '../abort.ts'

/** How many Events are written at a time, and how many may wait: a bulk request has a thousand targets. */
const AT_ONCE = 4
const MOST_WAITING = 4_000

/** Works that are done in their order, a few at a time. */
export interface Line {
  full(): boolean
  /** Resolves when the work is over, however it went. */
  join(work: () => Promise<void>): Promise<void>
  /** Resolves when nothing is left to do, or after so long (ms). */
  settled(withinMs: number): Promise<void>
}

/** An empty line. */
export function createLine(): Line {
  const waiting: (() => Promise<void>)[] = []
  const pending = new Set<Promise<void>>()
  let running = 0
  const next = () => {
    if (running >= AT_ONCE) return
    const work = waiting.shift()
    if (work === undefined) return
    running += 1
    void work().finally(() => {
      running -= 1
      next()
    })
  }
  return {
    full: () => waiting.length >= MOST_WAITING,
    join(work) {
      const { promise, resolve } = Promise.withResolvers<void>()
      pending.add(promise)
      waiting.push(async () => {
        try {
          await work()
        } finally {
          pending.delete(promise)
          resolve()
        }
      })
      next()
      return promise
    },
    async settled(withinMs) {
      const enough = new AbortController()
      const all = async () => {
        while (pending.size > 0) await Promise.all(pending)
        enough.abort()
      }
      void all()
      await pause(withinMs, enough.signal)
    },
  }
}
