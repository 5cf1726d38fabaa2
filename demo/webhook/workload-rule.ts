import { scaleDownDenial, type Workload } from '../../lib/cocoon/admission-workload.ts'
import { isJsonObject } from '../../lib/cocoon/schema.ts'
import type { ReviewedRequest } from './admission-review.ts'
import type { WebhookReads } from './webhook-reads.ts'

const KINDS: Readonly<Record<string, string>> = { deployments: 'Deployment', statefulsets: 'StatefulSet' }

const replicasOf = (scale: unknown): unknown =>
  isJsonObject(scale) && isJsonObject(scale.spec) ? scale.spec.replicas : undefined

/** A workload with the replicas of a Scale, which leaves out zero. */
function scaled(parent: Workload, scale: unknown): Workload {
  const replicas = replicasOf(scale) ?? 0
  return { ...parent, spec: { ...parent.spec, ...(typeof replicas === 'number' && { replicas }) } }
}

/**
 * Why a Deployment or StatefulSet that tolerates Cocoon nodes may not shrink, also by its scale subresource; null
 * when it may. What is malformed passes, what has no readable parent does not (contract 9).
 */
export async function scaleDenial(request: ReviewedRequest, reads: WebhookReads): Promise<string | null> {
  const kind = KINDS[request.resource]
  if (request.operation !== 'UPDATE' || kind === undefined) return null
  const { object, oldObject } = request
  if (!isJsonObject(object) || !isJsonObject(oldObject)) return null
  if (request.subresource === '') return scaleDownDenial(oldObject, { kind, ...object })
  if (request.subresource !== 'scale') return null
  const parent = { kind, ...(await reads.workload(request.resource, request.namespace, request.name)) }
  return scaleDownDenial(scaled(parent, oldObject), scaled(parent, object))
}
