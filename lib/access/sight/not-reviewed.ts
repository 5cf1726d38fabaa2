import type { Called } from '../../kube/act/api-call.ts'
import { Refused } from '../../kube/problem.ts'

const TITLE = 'What you may see is not known'

/** What could not be asked, as a refusal: nothing is shown that was not allowed just now. */
export function notReviewed(answer: Exclude<Called, { kind: 'ok' }>): Refused {
  if (answer.kind === 'refused' && answer.refusal.status === 401) {
    return new Refused({
      status: 401,
      code: 'unauthorized',
      title: 'The cluster does not know you any more',
      detail: 'The API server does not accept your credentials (any more). Sign in again.',
    })
  }
  if (answer.kind === 'refused' && /cannot impersonate/.test(answer.refusal.words)) {
    return new Refused({
      status: 503,
      code: 'unavailable',
      title: TITLE,
      detail:
        'The dashboard speaks for you to the API server, and its own account may not do that: whoever runs it applies ' +
        `deploy/optional/impersonation.yaml. Nothing is shown until then. (${answer.refusal.words})`,
      retryAfter: 5,
    })
  }
  const why =
    answer.kind === 'unanswered'
      ? `the API server did not answer (${answer.why})`
      : `the API server refused it (${answer.refusal.words || answer.refusal.status})`
  return new Refused({
    status: 503,
    code: 'unavailable',
    title: TITLE,
    detail: `The dashboard asked what you may list, and ${why}. Nothing is shown until it knows; try again in a moment.`,
    retryAfter: 5,
  })
}
