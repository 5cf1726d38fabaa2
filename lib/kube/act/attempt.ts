import type { ActionAnswer } from '../../fleet/writes/answer.ts'

/** A write that is done: waits until the watch has told of it, and answers. */
export type Tell = () => Promise<ActionAnswer>

/** One request, however often it is tried: under its id the cluster knows it. */
export interface Attempt {
  id: string
  /** Finds out about a write whose answer never came: what it did, or null when it was certainly not done. */
  resume?: () => Promise<Tell | null>
}

/** An attempt that the cluster has not heard of; its id is short enough for the name of a field manager. */
export const newAttempt = (): Attempt => ({ id: crypto.randomUUID().slice(-12) })
