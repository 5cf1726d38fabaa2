import type { Problem, ProblemCode } from '../../lib/fleet/writes/answer.ts'

/** What somebody can do about each refusal; '' where the problem's own words say it. */
const REMEDIES: Record<ProblemCode, string> = {
  'bad-request': 'Reload the page: it may be older than its server.',
  invalid: 'Change the value, and try again.',
  'too-large': '',
  'unsupported-media-type': 'Reload the page: it may be older than its server.',
  'cross-site': 'Open the dashboard by its own address.',
  'no-sign-in': 'Ask who runs this dashboard.',
  'not-signed-in': 'Sign in, then ask again.',
  'not-found': 'Close this: the page shows what is there now.',
  recreated: 'Close this, and open the one that has the name now.',
  deleted: 'Close this: the page shows what is there now.',
  'not-possible': '',
  conflict: 'Look at what changed, then ask again.',
  'already-exists': '',
  forbidden: 'Ask somebody who may, or an administrator for the right.',
  unauthorized: 'Sign in again; where nobody signs in, tell whoever runs the dashboard.',
  'admission-denied': 'A rule of this cluster forbids it: its words are above.',
  'rate-limited': 'Wait a moment, then ask again.',
  unavailable: 'Nothing was done. Try again when the cluster answers.',
  'outcome-unknown': 'Ask again: the same request has its effect only once.',
  'idempotency-key-reused': 'Close this, and ask anew.',
  'console-target-refused': 'Ask who runs this dashboard whether it may dial there.',
  'too-many-consoles': 'Close a console that is open, then ask again.',
}

/** What to do about a problem, as far as the code tells. */
export function remedyOf({ code }: Partial<Problem>): string {
  return code !== undefined && Object.hasOwn(REMEDIES, code) ? REMEDIES[code] : ''
}
