import { ANNOTATION_IP } from '../../cocoon/keys.ts'
import { can } from '../../fleet/can/can.ts'
import { isNodesScreen, vncEndpoint } from '../../fleet/can/vnc-endpoint.ts'
import type { VncEndpoint } from '../../fleet/can/vnc-endpoint.ts'
import { fieldsOf } from '../../fleet/reader.ts'
import type { Vm } from '../../fleet/vm.ts'
import type { Acting, KubeJson, Target } from '../../kube/act/deed.ts'
import { lookAtVm } from '../../kube/act/look-at-vm.ts'
import { metadataOf, textOf } from '../../kube/act/object-metadata.ts'
import { Refused } from '../../kube/problem.ts'
import { othersClaim } from './others-claim.ts'
import type { Neighbours } from './others-claim.ts'
import type { TargetPolicy } from './target-policy.ts'

const nameOf = ({ namespace, name }: { namespace: string; name: string }) => `${namespace}/${name}`

const targetRefused = (vm: { namespace: string; name: string }, why: string): Refused =>
  new Refused({
    status: 403,
    code: 'console-target-refused',
    title: `The screen of ${nameOf(vm)} may not be dialled`,
    detail: `${why}. CONSOLE_ALLOWED_CIDRS and CONSOLE_ALLOWED_PORTS say what may be dialled.`,
  })

/** What the pod says by its annotation must be what the kubelet of its node says; the latter alone is for a VM it runs. */
function disagreement(pod: KubeJson, vm: Vm): string | null {
  if (isNodesScreen(vm)) return null
  const podIP = textOf(fieldsOf(pod.status).podIP)
  const annotated = textOf(fieldsOf(metadataOf(pod).annotations)[ANNOTATION_IP])
  if (podIP === '') return vm.managed ? `the kubelet of ${nameOf(vm)} reports no address of it` : null
  if (annotated === '' || annotated === podIP) return null
  return `the pod says ${annotated.slice(0, 60)} and its kubelet ${podIP.slice(0, 60)}`
}

/**
 * Where the screen of a VM may be dialled now: everything is read anew from the API server and judged by the rules of
 * the fleet, by the agreement of pod and kubelet, by the addresses of others, and by the policy. What is answered is the
 * very literal to dial.
 * @throws Refused: what `lookAtVm` throws, `not-possible` with the rule's reason, `console-target-refused`
 */
export async function findScreen(
  acting: Acting,
  policy: TargetPolicy,
  place: Omit<Target, 'resource'>,
): Promise<VncEndpoint> {
  const { subject, pod } = await lookAtVm(acting, { ...place, resource: 'pods' })
  const { vm, node } = subject
  const verdict = can.console(subject)
  const endpoint = vncEndpoint(vm, node)
  if (!verdict.ok || endpoint === null) {
    const detail = verdict.ok ? `${vm.name} has no address yet.` : verdict.reason
    const title = `The screen of ${nameOf(vm)} cannot be shown`
    throw new Refused({ status: 409, code: 'not-possible', title, detail })
  }
  const neighbours: Neighbours = acting.service.whole.document()
  const why =
    disagreement(pod, vm) ??
    policy.refusal(endpoint.host, endpoint.port) ??
    othersClaim(vm, endpoint, neighbours)
  if (why !== null) throw targetRefused(vm, why)
  return endpoint
}
