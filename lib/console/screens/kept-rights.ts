/** Remembers for a while that somebody may see a screen: a wall of screens asks for each of them every ten seconds. */
export interface KeptRights {
  /** Asks when nobody has asked lately. What `ask` throws is thrown, and not remembered. */
  require(key: string, ask: () => Promise<void>): Promise<void>
}

/** A right that was taken away is noticed within this time (ms), as by a console that is open. */
const KEPT_MS = 30_000
const MOST = 20_000

/** Remembers by a clock in milliseconds. */
export function createKeptRights(now: () => number): KeptRights {
  const asked = new Map<string, { until: number; answer: Promise<void> }>()
  return {
    async require(key, ask) {
      const known = asked.get(key)
      if (known && now() < known.until) return known.answer
      asked.delete(key)
      if (asked.size >= MOST) asked.clear()
      const answer = ask()
      asked.set(key, { until: now() + KEPT_MS, answer })
      try {
        await answer
      } catch (error) {
        asked.delete(key)
        throw error
      }
    },
  }
}
