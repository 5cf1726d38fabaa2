/** Time as the embedded cluster sees it. Everything that waits or stamps goes through one of these. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number
  /** Runs `task` once, `ms` of cluster time from now; returns what cancels it. */
  after(ms: number, task: () => void): () => void
}

/**
 * The clock of a running cluster. `speed` 2 makes everything that waits take half as long; timestamps stay
 * those of the wall clock, because people and browsers compare them with their own.
 */
export function wallClock(speed = 1): Clock {
  return {
    now: () => Date.now(),
    after(ms, task) {
      const timer = setTimeout(task, ms / speed)
      return () => clearTimeout(timer)
    },
  }
}

export interface ManualClock extends Clock {
  /** Moves time on, running what falls due in order, and letting promises settle in between. */
  advance(ms: number): Promise<void>
}

/** A clock for tests, which moves only when told to. */
export function manualClock(start = Date.UTC(2026, 0, 1)): ManualClock {
  let now = start
  let serial = 0
  const due = new Map<number, { at: number; task: () => void }>()
  const next = (limit: number) =>
    [...due.entries()]
      .filter(([, job]) => job.at <= limit)
      .sort((a, b) => a[1].at - b[1].at || a[0] - b[0])[0]
  const settle = () => new Promise<void>((resolve) => setImmediate(resolve))
  return {
    now: () => now,
    after(ms, task) {
      const id = ++serial
      due.set(id, { at: now + ms, task })
      return () => void due.delete(id)
    },
    async advance(ms) {
      const limit = now + ms
      await settle()
      for (let job = next(limit); job; job = next(limit)) {
        due.delete(job[0])
        now = Math.max(now, job[1].at)
        job[1].task()
        await settle()
      }
      now = limit
    },
  }
}
