import { kubeTime } from '../kube-time.ts'
import type { Cluster } from './cluster.ts'
import { deleteOptionsOf } from './delete-options.ts'
import { admittedDeletion } from './delete-requests.ts'
import type { Budget } from './eviction-budgets.ts'
import { disruptionBudgetsOf, isReady } from './eviction-budgets.ts'
import type { KubeJson } from './json.ts'
import { isRecord, listAt, textAt, valueAt } from './json.ts'
import { storedOf } from './list.ts'
import type { Writer } from './request-context.ts'
import type { ObjectRoute } from './route.ts'
import type { Status } from './status.ts'
import { badRequest, conflict, notFound, statusError } from './status.ts'
import type { Stored } from './stored.ts'
import { store } from './write.ts'

const SUCCESS: Status = { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', code: 201 }
/** Pods in these phases do nothing that an eviction could disrupt. */
const IDLE = new Set(['Pending', 'Succeeded', 'Failed'])

const MORE_BUDGETS =
  'This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.'

/** A pod that is not ready may go while its budget is met without it. */
const unguarded = (pod: KubeJson, { healthy, desired }: Budget) =>
  !isReady(pod) && desired > 0 && healthy >= desired

function checkBudgets(cluster: Cluster, pod: KubeJson): void {
  if (IDLE.has(textAt(pod, 'status', 'phase')) || pod.metadata.deletionTimestamp) return
  const budgets = disruptionBudgetsOf(cluster, pod)
  if (budgets.length > 1) throw statusError(500, '', MORE_BUDGETS)
  const [budget] = budgets
  if (!budget || budget.allowed > 0 || unguarded(pod, budget)) return
  const why = "Cannot evict pod as it would violate the pod's disruption budget."
  const message =
    `The disruption budget ${budget.name} needs ${budget.desired} healthy pods and has ` +
    `${budget.healthy} currently`
  throw statusError(429, 'TooManyRequests', why, { causes: [{ reason: 'DisruptionBudget', message }] })
}

function checkUid({ name }: ObjectRoute, { object }: Stored, wanted: string): void {
  const { uid = '' } = object.metadata
  if (!wanted || wanted === uid) return
  const why =
    `the UID in the precondition (${wanted}) does not match the UID in record (${uid}). ` +
    'The object might have been deleted and then recreated'
  throw conflict({ group: '', plural: 'Pod' }, name, why)
}

/** The pod with a condition that says why it goes. */
function disrupted(cluster: Cluster, { object }: Stored): KubeJson {
  const type = 'DisruptionTarget'
  const condition = {
    type,
    status: 'True',
    lastProbeTime: null,
    lastTransitionTime: kubeTime(cluster.clock.now()),
    reason: 'EvictionByEvictionAPI',
    message: 'Eviction API: evicting',
  }
  const others = listAt(object, 'status', 'conditions').filter((one) => textAt(one, 'type') !== type)
  const status = isRecord(object.status) ? object.status : {}
  return { ...object, status: { ...status, conditions: [...others, condition] } }
}

/** Deletes a pod unless a budget forbids it, as `kubectl drain` asks. Rejects with 400, 404, 409 and 429. */
export async function evictPod(
  cluster: Cluster,
  route: ObjectRoute,
  body: unknown,
  writer: Writer,
): Promise<Status> {
  if (textAt(body, 'metadata', 'name') !== route.name) {
    throw badRequest('name in URL does not match name in Eviction object')
  }
  const stored = storedOf(cluster, route)
  if (!stored) throw notFound(route.resource, route.name)
  const sent = valueAt(body, 'deleteOptions')
  const asked = deleteOptionsOf(isRecord(sent) ? sent : {})
  const options = { ...asked, dryRun: asked.dryRun || writer.dryRun }
  checkBudgets(cluster, stored.object)
  checkUid(route, stored, options.uid)
  const marked = options.dryRun ? stored : store(cluster, route.resource, disrupted(cluster, stored), writer)
  const deletion = await admittedDeletion(cluster, { ...route, subresource: '' }, marked, options, writer)
  if (!deletion) throw notFound(route.resource, route.name)
  return SUCCESS
}
