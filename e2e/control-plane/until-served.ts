import { setTimeout as wait } from 'node:timers/promises'
import type { Connection } from '../../demo/client/connection.ts'

const PATIENCE_MS = 30_000

/** Waits until a path is answered: a new kind is served a moment after its definition is accepted. */
export async function untilServed(connection: Connection, path: string): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS
  for (;;) {
    try {
      await connection.send('GET', path)
      return
    } catch (error) {
      if (Date.now() > deadline) throw new Error(`${path} is not served`, { cause: error })
      await wait(50)
    }
  }
}
