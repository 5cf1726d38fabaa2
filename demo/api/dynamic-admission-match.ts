import type { AdmissionRequest } from './admission.ts'
import type { Webhook, WebhookRule } from './dynamic-admission-config.ts'
import type { KubeJson } from './json.ts'
import type { LabelTest } from './label-selector.ts'

const has = (list: readonly string[], wanted: string) => list.includes('*') || list.includes(wanted)

function inScope({ scope }: WebhookRule, { resource }: AdmissionRequest): boolean {
  return scope === '*' || (scope === 'Namespaced') === resource.namespaced
}

function namesResource({ resources }: WebhookRule, { resource, subresource }: AdmissionRequest): boolean {
  return resources.some((one) => {
    const slash = one.indexOf('/')
    const plural = slash < 0 ? one : one.slice(0, slash)
    const sub = slash < 0 ? '' : one.slice(slash + 1)
    return (plural === '*' || plural === resource.plural) && (sub === '*' || sub === subresource)
  })
}

/** Whether a rule speaks about a request's operation and resource. */
export function matchesRule(rule: WebhookRule, request: AdmissionRequest): boolean {
  return (
    inScope(rule, request) &&
    has(rule.operations, request.operation) &&
    has(rule.apiGroups, request.resource.group) &&
    has(rule.apiVersions, request.resource.version) &&
    namesResource(rule, request)
  )
}

function selects(test: LabelTest | undefined, ...objects: readonly (KubeJson | undefined)[]): boolean {
  if (!test) return true
  return objects.some((object) => object !== undefined && test(object.metadata.labels ?? {}))
}

/** A namespace that is written counts with the labels that it is to have; other cluster-wide objects with none. */
function inNamespaces(
  test: LabelTest | undefined,
  request: AdmissionRequest,
  find: (namespace: string) => KubeJson | undefined,
): boolean {
  const isNamespace = request.resource.id === 'namespaces'
  if (!test || (!request.resource.namespaced && !isNamespace)) return true
  const itself = isNamespace && request.subresource === '' && request.operation !== 'DELETE'
  const namespace = itself ? request.object : find(request.namespace)
  return namespace !== undefined && selects(test, namespace)
}

/** Whether a webhook wants to hear of a request; `find` answers the namespace of a name. */
export function concerns(
  webhook: Webhook,
  request: AdmissionRequest,
  find: (namespace: string) => KubeJson | undefined,
): boolean {
  return (
    webhook.rules.some((rule) => matchesRule(rule, request)) &&
    inNamespaces(webhook.namespaces, request, find) &&
    selects(webhook.objects, request.object, request.old)
  )
}
