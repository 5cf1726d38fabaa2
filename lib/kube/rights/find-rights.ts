import { RIGHT_NAMES, RIGHTS, rightsOfRules } from '../../fleet/can/rights.ts'
import type { Rights } from '../../fleet/can/rights.ts'
import { fieldsOf } from '../../fleet/reader.ts'
import { reviewAccess } from '../access-review.ts'
import { callApi } from '../act/api-call.ts'
import { noAnswer, refusalProblem } from '../act/refusal-problem.ts'
import { Refused } from '../problem.ts'
import type { Transport } from '../transport.ts'

const reviewRules = (transport: Transport, namespace: string) =>
  callApi(transport, {
    method: 'POST',
    path: '/apis/authorization.k8s.io/v1/selfsubjectrulesreviews',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      apiVersion: 'authorization.k8s.io/v1',
      kind: 'SelfSubjectRulesReview',
      spec: { namespace },
    }),
  })

/**
 * What whoever the transport speaks for may do in a namespace: by one rules review, and where the API server says that
 * this is not all, by asking for each right that it did not name.
 * @throws Refused when the review is not answered
 */
export async function findRights(transport: Transport, namespace: string): Promise<Rights> {
  const title = `What you may do in ${namespace} is not known`
  const called = await reviewRules(transport, namespace)
  if (called.kind === 'unanswered') throw noAnswer(title, called.why)
  if (called.kind === 'refused') throw new Refused(refusalProblem(called.refusal, title))
  const rights = rightsOfRules(namespace, called.body.status)
  if (fieldsOf(called.body.status).incomplete !== true) return rights
  const may: Rights['may'] = { ...rights.may }
  const review = async (name: (typeof RIGHT_NAMES)[number]) => {
    if (may[name] === true) return
    const answer = await reviewAccess(transport, { ...RIGHTS[name], namespace })
    // What nobody said is not known; of some names the rules may still have told.
    if (!('allowed' in answer)) delete may[name]
    else if (answer.allowed) may[name] = true
  }
  await Promise.all(RIGHT_NAMES.map(review))
  return { namespace, may }
}
