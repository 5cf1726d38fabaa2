import { fieldsOf } from '../fleet/reader.ts'
import { callApi } from './act/api-call.ts'
import type { Called } from './act/api-call.ts'
import type { Transport } from './transport.ts'

const REVIEWS = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews'

/** What is asked to be allowed; no namespace means all of them. */
export interface AccessQuestion {
  verb: string
  group: string
  resource: string
  subresource?: string
  namespace?: string
  name?: string
}

/** Whether the API server lets whoever the transport speaks for do this, or why that is not known. */
export async function reviewAccess(
  transport: Transport,
  resourceAttributes: AccessQuestion,
  timeoutMs?: number,
): Promise<{ allowed: boolean } | Exclude<Called, { kind: 'ok' }>> {
  const called = await callApi(transport, {
    method: 'POST',
    path: REVIEWS,
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({
      apiVersion: 'authorization.k8s.io/v1',
      kind: 'SelfSubjectAccessReview',
      spec: { resourceAttributes },
    }),
    ...(timeoutMs === undefined
      ? {}
      : { headersTimeoutMs: timeoutMs, signal: AbortSignal.timeout(timeoutMs) }),
  })
  if (called.kind !== 'ok') return called
  const { allowed } = fieldsOf(called.body.status)
  // Neither yes nor no is no answer, which is not the same as a no.
  return typeof allowed === 'boolean'
    ? { allowed }
    : { kind: 'unanswered', why: 'the answer does not say whether it is allowed' }
}
