/** Notes when each pod was last told of, and lets one wait for the next time. */
export interface Arrivals {
  /** Called by a client for every pod that it is told of, as `namespace/name`. */
  arrived(pod: string): void
  /** The moment of the next arrival of a pod; rejects after ten seconds. */
  next(pod: string): Promise<number>
}

const PATIENCE_MS = 10_000

export function createArrivals(who: string): Arrivals {
  const waiting = new Map<string, (at: number) => void>()
  return {
    arrived(pod) {
      const at = performance.now()
      waiting.get(pod)?.(at)
      waiting.delete(pod)
    },
    next: (pod) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error(`${who} was not told of ${pod}`)), PATIENCE_MS)
        waiting.set(pod, (at) => {
          clearTimeout(timer)
          resolve(at)
        })
      }),
  }
}
