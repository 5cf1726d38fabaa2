import { validateCocoonHibernation } from '../../lib/cocoon/admission-hibernation.ts'
import { podCreationDenial } from '../../lib/cocoon/admission-pod.ts'
import { cocoonSetDenial, validateCocoonSetSpec } from '../../lib/cocoon/admission-set.ts'
import type { CocoonHibernation, CocoonSet } from '../../lib/cocoon/crd.ts'
import type { Pod } from '../../lib/cocoon/kube-json.ts'
import { isJsonObject } from '../../lib/cocoon/schema.ts'
import type { ReviewedRequest } from './admission-review.ts'
import { sameSpec } from './same-spec.ts'
import type { WebhookReads } from './webhook-reads.ts'
import { scaleDenial } from './workload-rule.ts'

/** Why a request is refused, or null. Rejects when what it must know cannot be read; that is a refusal, too. */
export type Rule = (request: ReviewedRequest, reads: WebhookReads) => Promise<string | null> | string | null

function podRule(request: ReviewedRequest): string | null {
  if (request.operation !== 'CREATE' || request.subresource !== '') return null
  const pod = request.object as Pod
  // The namespace of the request counts: a pod that is being created may not name its own.
  const metadata = { ...pod.metadata, namespace: request.namespace }
  return podCreationDenial({ pod: { ...pod, metadata }, username: request.username })
}

function setRule(request: ReviewedRequest): string | null {
  const set = request.object as CocoonSet
  const old = request.oldObject as CocoonSet | undefined
  if (request.operation === 'UPDATE' && sameSpec(old?.spec, set.spec)) return null
  return cocoonSetDenial(validateCocoonSetSpec(set.spec))
}

async function hibernationRule(request: ReviewedRequest, reads: WebhookReads): Promise<string | null> {
  if (request.operation !== 'CREATE') return null
  const sent = request.object as CocoonHibernation
  const hibernation = { ...sent, metadata: { ...sent.metadata, namespace: request.namespace } }
  const errors = validateCocoonHibernation(hibernation, await reads.hibernations(request.namespace))
  return errors.length > 0 ? errors.map((error) => error.message).join('; ') : null
}

/** The rules by the path that a review is posted to (contract 9). */
export const RULES: Readonly<Record<string, Rule>> = {
  '/mutate': podRule,
  '/validate': scaleDenial,
  '/validate-cocoonset': setRule,
  '/validate-cocoonhibernation': hibernationRule,
}

/** Whether the rule has an object to look at: only reviews of deletions come without one. */
export const hasObject = (request: ReviewedRequest) => isJsonObject(request.object)
