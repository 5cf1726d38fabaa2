/** How many at once, and one more in how many milliseconds, about one object by one person. */
const BURST = 25
const REFILL_MS = 30_000
const MOST_KEYS = 4_096

/** Lets so many pass for each key, and then one now and then. */
export function createBounds(now: () => number): { pass(key: string): boolean } {
  const buckets = new Map<string, { left: number; at: number }>()
  return {
    pass(key) {
      const at = now()
      const bucket = buckets.get(key) ?? { left: BURST, at }
      const left = Math.min(BURST, bucket.left + (at - bucket.at) / REFILL_MS)
      buckets.delete(key)
      const passes = left >= 1
      buckets.set(key, { left: passes ? left - 1 : left, at })
      for (const oldest of buckets.keys()) {
        if (buckets.size <= MOST_KEYS) break
        buckets.delete(oldest)
      }
      return passes
    },
  }
}
