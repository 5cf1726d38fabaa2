/** Lets some work at a time. */
export interface WorkTurns {
  /** Runs the work when it has its turn; null at once when too many wait already. */
  take<T>(work: () => Promise<T>): Promise<T> | null
}

/** So many at a time, and so many that wait. */
export function takeTurns(atOnce: number, mostWaiting: number): WorkTurns {
  const waiting: (() => void)[] = []
  let running = 0
  /** Whoever waits longest gets the place itself, so that nobody who comes now can take it. */
  const leave = () => {
    const next = waiting.shift()
    if (next) next()
    else running -= 1
  }
  return {
    take(work) {
      if (running >= atOnce && waiting.length >= mostWaiting) return null
      if (running >= atOnce) {
        return new Promise<void>((resolve) => void waiting.push(resolve)).then(() => work().finally(leave))
      }
      running += 1
      return work().finally(leave)
    },
  }
}
