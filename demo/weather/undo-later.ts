import { isConflict, isNotFound } from '../client/api-error.ts'
import type { Clock } from '../clock.ts'

/** Changes that are to be undone, and whom they concern. */
export interface UndoLater {
  /** Runs `task` after `ms` of cluster time; until then its subject (`namespace/name`) is busy. */
  later(subject: string, ms: number, task: () => Promise<void>): void
  /** Its subject is busy while `work` goes on: nobody else begins something with it before that is answered. */
  during<Result>(subject: string, work: () => Promise<Result>): Promise<Result>
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
  const underWay = new Set<string>()
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
    async during(subject, work) {
      underWay.add(subject)
      try {
        return await work()
      } finally {
        underWay.delete(subject)
      }
    },
    isBusy: (subject) => busy.has(subject) || underWay.has(subject),
    isBusyBelow: (prefix) => [...busy.keys(), ...underWay].some((subject) => subject.startsWith(prefix)),
    count: () => busy.size,
    stop() {
      for (const cancel of busy.values()) cancel()
      busy.clear()
    },
  }
}
