export interface BackoffLimits {
  /** Upper bound of the first wait, in milliseconds; each further one doubles it. */
  firstMs: number
  capMs: number
}

export interface Backoff {
  /** How long to wait before the next try, in milliseconds. Each call counts as one more failure. */
  next(): number
  /** The last try was a success: the next failure starts from the shortest wait again. */
  reset(): void
  readonly failures: number
}

/**
 * Exponential back-off with full jitter: each wait is uniform in [0, bound), so that many dashboards that
 * lose one API server do not come back at the same moment.
 */
export function createBackoff(limits: BackoffLimits, random: () => number): Backoff {
  let failures = 0
  return {
    next() {
      const bound = Math.min(limits.capMs, limits.firstMs * 2 ** Math.min(failures, 30))
      failures += 1
      return random() * bound
    },
    reset() {
      failures = 0
    },
    get failures() {
      return failures
    },
  }
}

/**
 * Reads a `Retry-After` header, in seconds or as an HTTP date.
 * @returns milliseconds from `now`, at most `capMs`; 0 when the header is absent or unreadable.
 */
export function retryAfterMs(header: string | undefined, now: number, capMs: number): number {
  if (header === undefined || header.trim() === '') return 0
  const seconds = Number(header)
  const wait = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(header) - now
  return Number.isFinite(wait) ? Math.min(Math.max(wait, 0), capMs) : 0
}
