/** Lets works on one thing follow each other, while works on different things do not wait. */
export interface Turns {
  /** Runs `work` when all that came before it under this key has ended, however it ended. */
  take<Result>(key: string, work: () => Promise<Result>): Promise<Result>
}

/** Turns that nobody waits for yet. */
export function createTurns(): Turns {
  const last = new Map<string, Promise<unknown>>()
  return {
    take(key, work) {
      const before = last.get(key) ?? Promise.resolve()
      const mine = before.then(work, work)
      last.set(key, mine)
      const leave = () => last.get(key) === mine && last.delete(key)
      mine.then(leave, leave)
      return mine
    },
  }
}
