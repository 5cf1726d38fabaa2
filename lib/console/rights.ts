import { reviewAccess } from '../kube/access-review.ts'
import { noAnswer, refusalProblem } from '../kube/act/refusal-problem.ts'
import { Refused } from '../kube/problem.ts'
import type { Transport } from '../kube/transport.ts'

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
  const answer = await reviewAccess(transport, { ...ATTRIBUTES, namespace, name })
  if ('kind' in answer) {
    throw answer.kind === 'unanswered'
      ? noAnswer(title, answer.why)
      : new Refused(refusalProblem(answer.refusal, title))
  }
  if (answer.allowed) return
  throw new Refused({
    status: 403,
    code: 'forbidden',
    title,
    detail: `Consoles need create on pods/exec of ${namespace}/${name}. Somebody who administers the cluster can grant it.`,
  })
}
