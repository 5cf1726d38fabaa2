import { createHash } from 'node:crypto'
import type { UserTransports } from '../../kube/user-transports.ts'
import { whoAsks } from './whose-token.ts'
import type { Identified } from './whose-token.ts'

/** Whose the tokens are that scripts send with every request. */
export interface Bearers {
  /** Asked of the API server at most every half minute. @throws Refused, as `whoAsks` */
  whose(token: string): Promise<Identified>
}

const KEPT_MS = 30_000
const MOST = 5_000

/** Whose tokens are, asked of the API server and remembered for a short while. @param now epoch milliseconds */
export function createBearers(users: UserTransports, now: () => number = Date.now): Bearers {
  const known = new Map<string, { until: number; answer: Promise<Identified> }>()
  return {
    whose(token) {
      const key = createHash('sha256').update(token).digest('base64')
      const kept = known.get(key)
      if (kept !== undefined && now() < kept.until) return kept.answer
      known.delete(key)
      if (known.size >= MOST) known.clear()
      const answer = whoAsks(users.withToken(token))
      known.set(key, { until: now() + KEPT_MS, answer })
      // What was refused is asked again: the API server may not have answered.
      answer.catch(() => known.delete(key))
      return answer
    },
  }
}
