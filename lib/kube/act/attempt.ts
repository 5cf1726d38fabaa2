import type { ActionAnswer } from '../../fleet/writes/answer.ts'

/** One request, however often it is tried: under its id the cluster knows it. */
export interface Attempt {
  id: string
  /** Finds out about a write whose answer never came: its answer, or null when it was certainly not done. */
  resume?: () => Promise<ActionAnswer | null>
}

export const newAttempt = (): Attempt => ({ id: crypto.randomUUID().slice(-12) })
