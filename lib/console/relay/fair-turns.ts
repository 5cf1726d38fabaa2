import { SHARE } from './slabs.ts'

/** A connection that is alone may relay so many bytes in a turn of the loop: only the process's other work waits. */
const ALONE = 2 * 1024 * 1024
/** Who relayed anything this lately (ms) is active. */
const ACTIVE_FOR = 100
const LOOK_EVERY = 20

/** One connection's part of the process's attention. */
export interface Turn {
  /** Counts what was relayed; false when that is enough for this turn of the loop. */
  take(bytes: number): boolean
  leave(): void
}

/** Lets connections relay in turns, so that one that floods does not make the others wait. */
export function createFairTurns(now: () => number = () => performance.now()) {
  const activeAt = new Map<symbol, number>()
  let company = false
  let lookedAt = Number.NEGATIVE_INFINITY
  const look = (at: number) => {
    if (at - lookedAt < LOOK_EVERY) return
    lookedAt = at
    for (const [one, last] of activeAt) if (at - last > ACTIVE_FOR) activeAt.delete(one)
    company = activeAt.size > 1
  }
  return {
    /** More than one connection is active. */
    inCompany: () => company,
    join(): Turn {
      const me = Symbol('connection')
      let taken = 0
      return {
        take(bytes) {
          const at = now()
          activeAt.set(me, at)
          look(at)
          if (taken === 0) setImmediate(() => (taken = 0))
          taken += bytes
          return taken < (company ? SHARE : ALONE)
        },
        leave: () => void activeAt.delete(me),
      }
    },
  }
}

export type FairTurns = ReturnType<typeof createFairTurns>
