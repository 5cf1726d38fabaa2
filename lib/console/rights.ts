import { fieldsOf } from '../fleet/reader.ts'
import { callApi } from '../kube/act/api-call.ts'
import { noAnswer, refusalProblem } from '../kube/act/refusal-problem.ts'
import { Refused } from '../kube/problem.ts'
import type { Transport } from '../kube/transport.ts'

const REVIEWS = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews'

/** Looking at the list is not looking at the screen: a console needs what a shell needs, on every version (promise D8). */
const ATTRIBUTES = { verb: 'create', group: '', resource: 'pods', subresource: 'exec' }

/**
 * Lets pass whom the API server lets create pods/exec of this very pod.
 * @throws Refused: `forbidden` when it does not, `unavailable` when it does not answer, or else as it refuses
 */
export async function requireConsoleRight(
  transport: Transport,
  { namespace, name }: { namespace: string; name: string },
): Promise<void> {
  const title = `The console of ${namespace}/${name} cannot be opened`
  const called = await callApi(transport, {
    method: 'POST',
    path: REVIEWS,
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({
      apiVersion: 'authorization.k8s.io/v1',
      kind: 'SelfSubjectAccessReview',
      spec: { resourceAttributes: { ...ATTRIBUTES, namespace, name } },
    }),
  })
  if (called.kind === 'unanswered') throw noAnswer(title, called.why)
  if (called.kind === 'refused') throw new Refused(refusalProblem(called.refusal, title))
  if (fieldsOf(called.body.status).allowed === true) return
  throw new Refused({
    status: 403,
    code: 'forbidden',
    title,
    detail: `Consoles need create on pods/exec of ${namespace}/${name}. Somebody who administers the cluster can grant it.`,
  })
}
