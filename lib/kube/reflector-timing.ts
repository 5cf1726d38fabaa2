import type { BackoffLimits } from './backoff.ts'

/** The patience of a reflector. Milliseconds, except the watch lives, which the API server counts in whole seconds. */
export interface ReflectorTiming {
  /** A watch must answer its head within this. */
  headersTimeoutMs: number
  /** A page of a list, and the head of a streamed one, must arrive within this. */
  listTimeoutMs: number
  /** Nothing heard for this long: the connection is dead, and what is shown is stale. */
  silenceMs: number
  /** A watch with a long life that is quiet for this long gives way to one with a short life, which proves itself. */
  quietMs: number
  /** A streamed list that pauses for this long is not going to end: the server does not know streamed lists. */
  streamPauseMs: number
  /** An accepted watch that survived this long is alive, even if it said nothing. */
  settledMs: number
  /** A watch that lived this long was healthy: the next failure starts from the shortest wait. */
  healthyMs: number
  /** Proofs of life are passed on at most this often. */
  noticeMs: number
  /** Life of a watch when the resource is quiet, seconds. Shorter than `silenceMs` by more than a slow answer. */
  shortLife: readonly [number, number]
  /** Life of a watch when the resource is busy, seconds. */
  longLife: readonly [number, number]
  backoff: BackoffLimits
  /** How often to try again what is forbidden or missing. */
  slowPollMs: readonly [number, number]
  retryAfterCapMs: number
  /** How often a whole list is compared with what is held. */
  auditEveryMs: readonly [number, number]
  /** How long an audit waits for the watch to reach its list. */
  auditCatchUpMs: number
  /** Objects a page: 150 pods of 8 kB are parsed in about 15 ms, during which nobody else is served. */
  pageSize: number
}

export const REFLECTOR_TIMING: ReflectorTiming = {
  headersTimeoutMs: 5_000,
  listTimeoutMs: 30_000,
  silenceMs: 18_000,
  quietMs: 12_000,
  streamPauseMs: 8_000,
  settledMs: 1_000,
  healthyMs: 10_000,
  noticeMs: 1_000,
  shortLife: [13, 16],
  longLife: [300, 600],
  backoff: { firstMs: 800, capMs: 30_000 },
  slowPollMs: [30_000, 60_000],
  retryAfterCapMs: 120_000,
  auditEveryMs: [540_000, 660_000],
  auditCatchUpMs: 60_000,
  pageSize: 150,
}

/** The same patience on a clock that runs `factor` times as fast, against a server whose clock does too. */
export function hurried(factor: number, timing: ReflectorTiming = REFLECTOR_TIMING): ReflectorTiming {
  const pair = ([low, high]: readonly [number, number]) => [low / factor, high / factor] as const
  return {
    ...timing,
    headersTimeoutMs: timing.headersTimeoutMs / factor,
    listTimeoutMs: timing.listTimeoutMs / factor,
    silenceMs: timing.silenceMs / factor,
    quietMs: timing.quietMs / factor,
    streamPauseMs: timing.streamPauseMs / factor,
    settledMs: timing.settledMs / factor,
    healthyMs: timing.healthyMs / factor,
    noticeMs: timing.noticeMs / factor,
    backoff: { firstMs: timing.backoff.firstMs / factor, capMs: timing.backoff.capMs / factor },
    slowPollMs: pair(timing.slowPollMs),
    retryAfterCapMs: timing.retryAfterCapMs / factor,
    auditEveryMs: pair(timing.auditEveryMs),
    auditCatchUpMs: timing.auditCatchUpMs / factor,
  }
}
