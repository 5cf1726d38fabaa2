export interface RateLimit {
  /** How many come back each second. */
  perSecond: number
  /** How many may come at once. */
  burst: number
}

export interface Rates {
  /** Takes one for somebody: 0 when it may go on, else the seconds after which it would. */
  take(key: string): number
}

interface Bucket {
  left: number
  at: number
}

/** Of so many somebodies at once; the one that was longest away is forgotten, which fills its bucket. */
const MOST_KEYS = 20_000

/** For who wants no limit. */
export const UNLIMITED: Rates = { take: () => 0 }

/** A bucket of tokens for each somebody, who may wait for more. The clock is in milliseconds. */
export function createRates({ perSecond, burst }: RateLimit, now: () => number = Date.now): Rates {
  const buckets = new Map<string, Bucket>()
  return {
    take(key) {
      const at = now()
      const { left, at: before } = buckets.get(key) ?? { left: burst, at }
      const filled = Math.min(burst, left + (Math.max(0, at - before) / 1000) * perSecond)
      const goes = filled >= 1
      // Whoever was here last goes to the end of the map.
      buckets.delete(key)
      buckets.set(key, { left: goes ? filled - 1 : filled, at })
      const oldest = buckets.size > MOST_KEYS ? buckets.keys().next().value : undefined
      if (oldest !== undefined) buckets.delete(oldest)
      return goes ? 0 : Math.max(1, Math.ceil((1 - filled) / perSecond))
    },
  }
}
