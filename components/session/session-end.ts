import type { SignedIn } from '../../lib/fleet/session.ts'
import { END_IS_NEAR } from '../../lib/live/session-state.ts'

/** Whoever did something so lately (ms) is there, and is not asked whether they stay. */
const LATELY = 2 * 60_000

/** `far`: nothing is to be done. `renew`: for somebody who is there. `near`: tell of it. `over`: ask whether it is. */
export type SessionEnd = 'far' | 'renew' | 'near' | 'over'

/**
 * What to do about the end of a session at `now` (epoch milliseconds, as `active`, when somebody did something last);
 * `fixed` when renewing it is known not to help.
 */
export function sessionEnd(
  { expiresAt }: Pick<SignedIn, 'expiresAt'>,
  { now, active, fixed }: { now: number; active: number; fixed: boolean },
): SessionEnd {
  if (expiresAt === null) return 'far'
  const left = Date.parse(expiresAt) - now
  if (left > END_IS_NEAR) return 'far'
  if (left <= 0) return 'over'
  return !fixed && now - active <= LATELY ? 'renew' : 'near'
}
