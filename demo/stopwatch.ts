import type { Clock } from './clock.ts'

/** Measures spans in cluster time, which runs `speed` times as fast as the stamps on objects. */
export interface Stopwatch {
  /** Cluster milliseconds since the transition that `subject` stamped with `stamp` (RFC 3339). */
  since(subject: string, stamp: string): number
}

/**
 * Stamps have whole seconds and wall-clock pace, so a controller measures from when it first saw one. A stamp that
 * is already old then (the controller has just started) counts as the age that it tells.
 */
export function stopwatch(clock: Clock, speed: number): Stopwatch {
  const seen = new Map<string, { stamp: string; start: number }>()
  return {
    since(subject, stamp) {
      const now = clock.now()
      let entry = seen.get(subject)
      if (entry?.stamp !== stamp) {
        const stamped = Date.parse(stamp)
        const fresh = Number.isNaN(stamped) || now - stamped < 2000
        entry = { stamp, start: fresh ? now : stamped }
        seen.set(subject, entry)
      }
      return (now - entry.start) * speed
    },
  }
}
