/** Lets some work at a time. */
export interface WorkTurns {
  /** Runs the work when it has its turn; null at once when too many wait already. */
  take<T>(work: () => Promise<T>): Promise<T> | null
}

/** So many at a time, and so many that wait. */
export function takeTurns(atOnce: number, mostWaiting: number): WorkTurns {
  const waiting: (() => void)[] = []
  let running = 0
  const leave = () => {
    running -= 1
    waiting.shift()?.()
  }
  return {
    take(work) {
      if (running >= atOnce && waiting.length >= mostWaiting) return null
      const begun =
        running < atOnce ? Promise.resolve() : new Promise<void>((resolve) => void waiting.push(resolve))
      return begun.then(() => {
        running += 1
        return work().finally(leave)
      })
    },
  }
}
