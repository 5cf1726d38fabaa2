import type { Refusal } from './refusal.ts'

/**
 * What a reflector does next: `list` asks for a list not older than what is held, `quorum-list` for the
 * newest there is, `watch` goes on from what is held.
 */
export type Phase = 'list' | 'quorum-list' | 'watch'

/** How one phase came to its end. `why` is a sentence part for people. */
export type Outcome =
  | { kind: 'listed' }
  /** The server ended the watch as it should. */
  | { kind: 'ended'; healthy: boolean }
  | { kind: 'cut'; why: string }
  | { kind: 'silent' }
  /** A busy watch went quiet; one with a short life takes its place. */
  | { kind: 'quiet' }
  | { kind: 'refused'; refusal: Refusal }
  | { kind: 'bad-frame'; why: string }
  | { kind: 'no-streaming' }
  | { kind: 'older-list' }
  /** The reader of the watch failed on the list. */
  | { kind: 'not-taken' }
  /** An audit found a difference. */
  | { kind: 'diverged' }

export interface Action {
  next: Phase
  wait: 'none' | 'backoff' | 'slow'
  /** The server's own wish, in milliseconds; 0 when it has none. */
  atLeastMs: number
  state?: 'forbidden' | 'missing'
  /** What to tell people; '' when nothing is wrong. */
  message: string
}

export interface Situation {
  resource: string
  phase: Phase
  /** Failures in a row before this outcome. */
  failures: number
}

/** Decides what to do after a phase ended (promises: W1, W4 to W7, W12). */
export function nextAction(outcome: Outcome, situation: Situation): Action {
  const { phase, resource } = situation
  const go = (next: Phase, wait: Action['wait'], message = ''): Action => ({
    next,
    wait,
    atLeastMs: 0,
    message,
  })
  switch (outcome.kind) {
    case 'listed':
    case 'quiet':
      return go('watch', 'none')
    case 'ended':
      return outcome.healthy
        ? go(phase, 'none')
        : go(phase, 'backoff', `The API server closed the watch of ${resource} early; trying again.`)
    case 'cut':
      return go(phase, 'backoff', `The connection for ${resource} failed: ${outcome.why}; trying again.`)
    case 'silent':
      return go(phase, 'none', `The watch of ${resource} went silent; it is opened again.`)
    case 'bad-frame':
      return go('list', 'backoff', `The watch of ${resource} cannot be read: ${outcome.why}; listing again.`)
    case 'no-streaming':
      return go(phase, 'none')
    case 'older-list':
      return go(
        'quorum-list',
        'backoff',
        `The API server answered an older list of ${resource}; asking again.`,
      )
    case 'not-taken':
      return go('quorum-list', 'backoff', `The list of ${resource} could not be taken in; listing again.`)
    case 'diverged':
      return go('quorum-list', 'none')
    case 'refused':
      return afterRefusal(outcome.refusal, situation)
  }
}

function afterRefusal(refusal: Refusal, { phase, resource, failures }: Situation): Action {
  const { status, words, retryAfterMs: atLeastMs, tooLarge } = refusal
  const said = words === '' ? `HTTP ${status}` : `HTTP ${status}, ${words}`
  const again = (next: Phase): Action => ({
    next,
    wait: 'backoff',
    atLeastMs,
    message: `The API server did not answer for ${resource} (${said}); trying again.`,
  })
  if (tooLarge) return again('quorum-list')
  switch (status) {
    case 410:
      return again(phase === 'watch' ? 'list' : 'quorum-list')
    case 400:
    case 422:
      return again('quorum-list')
    case 401:
      // Credentials are read again after a refusal, so the first one may just be a token that ran out.
      if (failures === 0) return again(phase)
      return slow(
        'forbidden',
        `The API server does not accept the dashboard's credentials (${said}); renew them.`,
      )
    case 403:
      return slow(
        'forbidden',
        `The dashboard may not list and watch ${resource} (${said}); grant it both verbs.`,
      )
    case 404:
      return slow(
        'missing',
        `The cluster does not serve ${resource} (${said}); if it is one of Cocoon's, install its CRDs.`,
      )
    default:
      return again(phase)
  }

  function slow(state: 'forbidden' | 'missing', message: string): Action {
    return { next: phase, wait: 'slow', atLeastMs, state, message }
  }
}
