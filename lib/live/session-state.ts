import type { SessionDocument } from '../fleet/session.ts'

/**
 * Who this page is for:
 * - `asking`: nobody knows yet; `trouble` says why the server has not told, '' while it was only just asked.
 * - `in`: somebody, or everybody where nobody signs in; `fixed` when asking near the end of the session did not move it.
 * - `out`: nobody. They never were (`never`), they signed out (`left`), or the session is over (`ended`).
 * - `other`: somebody else than before. Nothing of this page is for them: it has to be loaded anew, at `to` if told.
 */
export type SessionState =
  | { kind: 'asking'; trouble: string }
  | { kind: 'in'; who: string; document: SessionDocument; fixed: boolean }
  | { kind: 'out'; why: 'never' | 'left' | 'ended'; document: SessionDocument | null }
  | { kind: 'other'; to: string | null }

/** Before anything is known. */
export const ASKING: SessionState = { kind: 'asking', trouble: '' }

/**
 * Names one sign-in to the tabs of one browser: what is shown to one is not for another. Null when nobody is signed in
 * where somebody has to be. Groups are left out: who has other groups than before is the same person with another sight.
 */
export function whoOf({ mode, signedIn }: SessionDocument): string | null {
  if (signedIn === null) return mode === 'none' ? 'everybody' : null
  const { name, means, since, demoUser } = signedIn
  return JSON.stringify([means, name, since, demoUser])
}

/** Whose what a tab keeps is: of the same person after another sign-in, too. */
export const personOf = ({ signedIn }: SessionDocument): string =>
  signedIn === null ? 'everybody' : JSON.stringify([signedIn.name, signedIn.demoUser])

/** How long before its end (ms) a session is said to end. */
export const END_IS_NEAR = 5 * 60_000

/** Whether asking has not moved an end that is near: then only signing in anew does. */
function isFixed(before: SessionState, { signedIn }: SessionDocument, now: number): boolean {
  const expiresAt = signedIn?.expiresAt ?? null
  if (expiresAt === null || before.kind !== 'in') return false
  return before.document.signedIn?.expiresAt === expiresAt && Date.parse(expiresAt) - now <= END_IS_NEAR
}

/** What a new answer of the server makes of what was known, at `now` (epoch milliseconds). */
export function nextState(before: SessionState, document: SessionDocument, now: number): SessionState {
  const who = whoOf(document)
  if (before.kind === 'other') return before
  if (who === null) {
    const why = before.kind === 'out' ? before.why : before.kind === 'in' ? 'ended' : 'never'
    return { kind: 'out', why, document }
  }
  const same = before.kind === 'asking' || (before.kind === 'in' && before.who === who)
  return same
    ? { kind: 'in', who, document, fixed: isFixed(before, document, now) }
    : { kind: 'other', to: null }
}
