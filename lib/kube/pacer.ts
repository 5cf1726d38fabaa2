/** Tells when a long stretch of work has held the event loop for its share, and lets the others have their turn. */
export interface Pacer {
  due(): boolean
  breathe(): Promise<void>
}

/** @param budgetMs how long one turn of the event loop may be held, in milliseconds */
export function createPacer(budgetMs = 10): Pacer {
  let turnStarted: number | undefined
  return {
    due() {
      if (turnStarted !== undefined) return performance.now() - turnStarted > budgetMs
      turnStarted = performance.now()
      setImmediate(() => {
        turnStarted = undefined
      })
      return false
    },
    async breathe() {
      await new Promise<void>((resolve) => {
        setImmediate(resolve)
      })
    },
  }
}
