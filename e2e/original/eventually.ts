import { setTimeout as wait } from 'node:timers/promises'

const PATIENCE_MS = 60_000
const BETWEEN_MS = 50

/** Asks the cluster again and again until something holds. Rejects with `what` when it does not within a minute. */
export async function eventually(what: () => string, holds: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`waited in vain until ${what()}`)
    await wait(BETWEEN_MS)
  }
}
