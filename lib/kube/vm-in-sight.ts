import { joinVm } from '../fleet/join-vm.ts'
import { projectPod } from '../fleet/project-pod.ts'
import { fieldsOf } from '../fleet/reader.ts'
import type { Vm } from '../fleet/vm.ts'
import { Refused } from './problem.ts'
import { callApi } from './act/api-call.ts'
import { noAnswer, refusalProblem } from './act/refusal-problem.ts'
import type { Transport } from './transport.ts'
import type { View } from './views.ts'

/** As whom something is looked at: what of the fleet they see, and how the API server is asked as them. */
export interface Looking {
  view: View
  transport: Transport
}

const noSuchVm = (id: string) =>
  new Refused({
    status: 404,
    code: 'not-found',
    title: 'No such VM',
    detail: `There is no VM ${id} in the fleet. It may have been deleted, or renamed by its set.`,
  })

/**
 * The VM of this name. Who may not list its namespace may still be let look at this very pod: then the API server says
 * so, or refuses in its own words, which tell nothing of whether there is one.
 * @throws Refused: `not-found` where they would see it, else as the API server refuses them
 */
export async function vmInSight(
  { view, transport }: Looking,
  { namespace, name }: { namespace: string; name: string },
  signal: AbortSignal,
): Promise<Vm> {
  const id = `${namespace}/${name}`
  const known = view.vmNamed(namespace, name)
  if (known !== undefined) return known
  if (view.seesPodsIn(namespace)) throw noSuchVm(id)
  const title = `Pod ${id} cannot be read`
  const called = await callApi(transport, { path: `/api/v1/namespaces/${namespace}/pods/${name}`, signal })
  if (called.kind === 'unanswered') throw noAnswer(title, called.why)
  if (called.kind === 'refused') throw new Refused(refusalProblem(called.refusal, title))
  const row = projectPod(fieldsOf(called.body))
  if (row === null) throw noSuchVm(id)
  return joinVm(row, null, null, null, Date.now())
}
