/** Answers that are kept for a while, each asked for once however many want it at the same time. */
export interface Kept<Value> {
  /** What `find` throws is thrown to all who wait, and not kept. */
  get(key: string, find: () => Promise<Value>): Promise<Value>
}

const MOST = 10_000

/** Answers that are good for `keptMs`. @param now epoch milliseconds */
export function createKept<Value>(keptMs: number, now: () => number = Date.now): Kept<Value> {
  const answers = new Map<string, { until: number; answer: Promise<Value> }>()
  return {
    get(key, find) {
      const known = answers.get(key)
      if (known !== undefined && now() < known.until) return known.answer
      answers.delete(key)
      if (answers.size >= MOST) answers.clear()
      const answer = find()
      const entry = { until: now() + keptMs, answer }
      answers.set(key, entry)
      answer.catch(() => answers.get(key) === entry && answers.delete(key))
      return answer
    },
  }
}
