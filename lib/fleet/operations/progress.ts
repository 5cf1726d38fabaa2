import type { OperationKind } from './operation.ts'

/** What was asked for and is not there yet, or what came of it instead; from nothing but the rows. */
export interface Progress {
  kind: OperationKind
  state: 'running' | 'failed'
  /** What was asked for ("Asked for hibernation"), or what goes on where nobody knows who asked ("It is being woken"). */
  what: string
  /** That goes on: it has a length, not a moment in which it was asked. */
  goesOn: boolean
  /**
   * ISO 8601: since when, as far as the cluster or the server tells; null when nobody knows. Of a failure that is
   * when the work began too: the cluster keeps no other time (contract 5).
   */
  since: string | null
  /** What happens now, as far as the objects tell; '' when they do not. */
  step: string
  /** When the cluster gives up; '' where it never does and where nobody knows. */
  limit: string
  /** The cluster's words about a failure; '' when there is none. */
  message: string
  /** What to do about it; '' when there is nothing to do but wait. */
  advice: string
}

type Begun = Pick<Progress, 'kind' | 'what' | 'since' | 'step'>

/** Something under way, with nothing more to be said of it than `more` says. */
export const running = (begun: Begun, more: Partial<Progress> = {}): Progress => ({
  state: 'running',
  goesOn: false,
  limit: '',
  message: '',
  advice: '',
  ...begun,
  ...more,
})
