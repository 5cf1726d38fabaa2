/** The streams of the fleet that are open, by who reads them. */
export interface OpenStreams {
  /**
   * Counts one more of somebody, or of an address behind which so many are, until what this answers is called; null when
   * they have as many as they may.
   */
  enter(who: string, users?: number): (() => void) | null
  count(): number
}

/** Tabs of one browser share a stream, so this many are this many browsers. */
export function createOpenStreams(perUser: number): OpenStreams {
  const open = new Map<string, number>()
  let total = 0
  return {
    enter(who, users = 1) {
      const before = open.get(who) ?? 0
      if (before >= perUser * users) return null
      open.set(who, before + 1)
      total += 1
      let left = false
      return () => {
        if (left) return
        left = true
        total -= 1
        const now = (open.get(who) ?? 1) - 1
        if (now === 0) open.delete(who)
        else open.set(who, now)
      }
    },
    count: () => total,
  }
}
