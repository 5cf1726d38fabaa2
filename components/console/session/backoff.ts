const WAITS_MS = [1_000, 2_000, 4_000, 8_000, 15_000, 30_000] as const

/** A console that was open for this long has begun anew: the next loss is its first. Milliseconds. */
export const SETTLED_MS = 10_000

/**
 * How long to wait before the n-th try (from 1) to open a console again, in milliseconds. `chance` in [0, 1) spreads
 * the pages that lost the same server over a fifth of the wait.
 */
export function backoffMs(attempt: number, chance: number): number {
  const wait = WAITS_MS[Math.min(Math.max(attempt, 1), WAITS_MS.length) - 1] ?? 30_000
  return Math.round(wait * (1 + chance / 5))
}
