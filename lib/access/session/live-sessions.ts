import type { Session, SessionTimes } from './session.ts'
import { endOf } from './session.ts'

/** What this process knows of sessions besides their cookies: when they were used last, and which ended early. */
export interface LiveSessions {
  /** Takes note of a use. False for one that is over. */
  use(session: Session): boolean
  /** The latest that is known of when it was used, in epoch milliseconds. */
  usedAt(session: Session): number
  /** It ends now, whatever its cookies say. */
  end(id: string): void
  onEnd(id: string, listener: () => void): () => void
  close(): void
}

const SWEEP_EVERY = 2_000

interface Known {
  endsAt: number
  usedAt: number
  listeners: Set<() => void>
}

/** The sessions that this process has met. @param now epoch milliseconds */
export function createLiveSessions(times: SessionTimes, now: () => number = Date.now): LiveSessions {
  const known = new Map<string, Known>()
  /** Ended ones, until their cookies would have ended by themselves. */
  const ended = new Map<string, number>()
  const over = (id: string) => {
    const one = known.get(id)
    known.delete(id)
    for (const listener of one?.listeners ?? []) listener()
  }
  const sweep = () => {
    const at = now()
    for (const [id, { endsAt }] of known) if (endsAt <= at) over(id)
    for (const [id, until] of ended) if (until <= at) ended.delete(id)
  }
  const sweeps = setInterval(sweep, SWEEP_EVERY)
  sweeps.unref()
  return {
    use(session) {
      const at = now()
      if (ended.has(session.id)) return false
      const usedAt = Math.max(session.usedAt, known.get(session.id)?.usedAt ?? 0)
      if (endOf({ ...session, usedAt }, times) <= at) return false
      const listeners = known.get(session.id)?.listeners ?? new Set()
      known.set(session.id, { endsAt: endOf({ ...session, usedAt: at }, times), usedAt: at, listeners })
      return true
    },
    usedAt: (session) => Math.max(session.usedAt, known.get(session.id)?.usedAt ?? 0),
    end(id) {
      ended.set(id, now() + times.longestMs)
      over(id)
    },
    onEnd(id, listener) {
      const one = known.get(id)
      if (one === undefined) {
        // It ended in between.
        queueMicrotask(listener)
        return () => {}
      }
      one.listeners.add(listener)
      return () => void one.listeners.delete(listener)
    },
    close: () => clearInterval(sweeps),
  }
}
