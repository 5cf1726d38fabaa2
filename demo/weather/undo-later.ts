import { isConflict, isNotFound } from '../client/api-error.ts'
import type { Clock } from '../clock.ts'

/** Changes that are to be undone, and whom they concern. */
export interface UndoLater {
  /** Runs `task` after `ms` of cluster time; until then its subject (`namespace/name`) is busy. */
  later(subject: string, ms: number, task: () => Promise<void>): void
  isBusy(subject: string): boolean
  /** Something whose name begins like this is busy. */
  isBusyBelow(prefix: string): boolean
  count(): number
  /** Forgets everything that waits. */
  stop(): void
}

/** How long a task waits that came in somebody's way, in milliseconds. */
const AGAIN = 5_000

/** A task that meets a conflict is tried again; one whose object is gone has nothing left to undo. */
export function undoLater(clock: Clock, log: (text: string) => void): UndoLater {
  const busy = new Map<string, () => void>()
  const run = async (subject: string, task: () => Promise<void>) => {
    const before = busy.get(subject)
    try {
      await task()
    } catch (error) {
      if (isConflict(error)) later(subject, AGAIN, task)
      else if (!isNotFound(error)) log(`weather: ${error instanceof Error ? error.message : String(error)}`)
    }
    // The task itself may have put something else off.
    if (busy.get(subject) === before) busy.delete(subject)
  }
  const later = (subject: string, ms: number, task: () => Promise<void>) => {
    busy.set(
      subject,
      clock.after(ms, () => void run(subject, task)),
    )
  }
  return {
    later,
    isBusy: (subject) => busy.has(subject),
    isBusyBelow: (prefix) => [...busy.keys()].some((subject) => subject.startsWith(prefix)),
    count: () => busy.size,
    stop() {
      for (const cancel of busy.values()) cancel()
      busy.clear()
    },
  }
}
