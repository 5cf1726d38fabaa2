import { fieldsOf } from '../../fleet/reader.ts'
import { callApi } from '../../kube/act/api-call.ts'
import type { Called } from '../../kube/act/api-call.ts'
import { Refused } from '../../kube/problem.ts'
import type { Transport } from '../../kube/transport.ts'

/** Whom the API server takes the bearer of a credential for. */
export interface Identified {
  name: string
  groups: string[]
}

const VERSIONS = ['v1', 'v1beta1'] as const
const TITLE = 'You are not signed in'

const review = (transport: Transport, version: string): Promise<Called> =>
  callApi(transport, {
    method: 'POST',
    path: `/apis/authentication.k8s.io/${version}/selfsubjectreviews`,
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ apiVersion: `authentication.k8s.io/${version}`, kind: 'SelfSubjectReview' }),
  })

function refusal(called: Exclude<Called, { kind: 'ok' }>): Refused {
  if (called.kind === 'unanswered') {
    const detail = `The API server was asked whose token this is and did not answer: ${called.why}. Try again in a moment.`
    return new Refused({ status: 503, code: 'unavailable', title: TITLE, detail, retryAfter: 5 })
  }
  const { status, words } = called.refusal
  if (status === 401) {
    const detail =
      'The API server does not accept this token: it may have expired, be cut off, or be of another cluster. ' +
      'Ask for a new one and paste all of it.'
    return new Refused({ status: 401, code: 'not-signed-in', title: TITLE, detail })
  }
  const detail = `The API server was asked whose token this is and refused: ${words || status}.`
  return new Refused({ status: 403, code: 'forbidden', title: TITLE, detail })
}

/**
 * Asks the API server who is asking (SelfSubjectReview).
 * @throws Refused: 401 `not-signed-in` for credentials that are not accepted, `unavailable` when it does not answer
 */
export async function whoAsks(transport: Transport): Promise<Identified> {
  for (const version of VERSIONS) {
    const called = await review(transport, version)
    // Kubernetes 1.27 has it as a beta.
    if (called.kind === 'refused' && called.refusal.status === 404 && version !== VERSIONS.at(-1)) continue
    if (called.kind !== 'ok') throw refusal(called)
    const { username, groups } = fieldsOf(fieldsOf(called.body.status).userInfo)
    if (typeof username !== 'string' || username === '' || username === 'system:anonymous') break
    const known: unknown[] = Array.isArray(groups) ? groups : []
    return { name: username, groups: known.filter((one) => typeof one === 'string') }
  }
  const detail = 'The API server did not say whose token this is: it takes its bearer for nobody.'
  throw new Refused({ status: 401, code: 'not-signed-in', title: TITLE, detail })
}
