import type { ResourceFreshness, WatchState } from '../fleet/freshness.ts'

export interface LivenessOptions {
  name: string
  now: () => number
  silenceMs: number
  noticeMs: number
  tell(freshness: ResourceFreshness): void
}

export interface Liveness {
  /** The API server answered just now, and what is shown is what it said. Means nothing before the first list. */
  proven(): void
  /** A complete list was told to the sink. */
  listed(): void
  /** Something failed and is tried again. */
  failing(message: string): void
  /** The API server answered that it will not serve this. */
  refused(state: 'forbidden' | 'missing', message: string): void
  stop(): void
}

/**
 * Keeps the freshness of one resource: live while proofs of life keep coming, stale when none came for
 * `silenceMs`, whatever the connection claims.
 */
export function createLiveness({ name, now, silenceMs, noticeMs, tell }: LivenessOptions): Liveness {
  let state: WatchState = 'starting'
  let provenAt = 0
  let toldAt = 0
  let message = ''
  let timer: NodeJS.Timeout | undefined

  const say = () => {
    toldAt = now()
    tell({ state, provenAt, message })
  }
  const checkSilence = () => {
    // A wall clock that was set back must not make the data look fresh for longer.
    const age = Math.max(0, now() - provenAt)
    const left = silenceMs - age
    if (left > 0) {
      timer = setTimeout(checkSilence, Math.min(left, silenceMs))
      return
    }
    timer = undefined
    if (state !== 'live') return
    state = 'stale'
    const last = message === '' ? '' : ` Last problem: ${message}`
    message = `Nothing heard from the API server about ${name} for ${Math.round(age / 1000)} s; trying again.${last}`
    say()
  }
  const prove = () => {
    provenAt = now()
    const news = state !== 'live'
    state = 'live'
    message = ''
    timer ??= setTimeout(checkSilence, silenceMs)
    if (news || provenAt - toldAt >= noticeMs || provenAt < toldAt) say()
  }
  return {
    proven() {
      if (state !== 'starting') prove()
    },
    listed: prove,
    failing(problem) {
      const news = message !== problem
      message = problem
      if (news && state !== 'live') say()
    },
    refused(refusal, problem) {
      const news = state !== refusal || message !== problem
      state = refusal
      message = problem
      if (news) say()
    },
    stop() {
      clearTimeout(timer)
    },
  }
}
