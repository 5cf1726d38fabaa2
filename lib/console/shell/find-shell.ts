import { can } from '../../fleet/can/can.ts'
import type { VmSubject } from '../../fleet/can/subjects.ts'
import type { Acting, Target } from '../../kube/act/deed.ts'
import { lookAtVm } from '../../kube/act/look-at-vm.ts'
import { Refused } from '../../kube/problem.ts'

/**
 * The VM in which a command can be run now, read anew from the API server.
 * @throws Refused: what `lookAtVm` throws, or `not-possible` with the rule's reason
 */
export async function findShell(acting: Acting, place: Omit<Target, 'resource'>): Promise<VmSubject> {
  const { subject } = await lookAtVm(acting, { ...place, resource: 'pods' })
  const verdict = can.terminal(subject, undefined)
  if (verdict.ok) return subject
  const title = `No shell can be opened in ${place.namespace}/${place.name}`
  throw new Refused({ status: 409, code: 'not-possible', title, detail: verdict.reason })
}
