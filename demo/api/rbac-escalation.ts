import type { Admission, AdmissionRequest } from './admission.ts'
import type { User } from './authentication.ts'
import type { Authorizer } from './authorization.ts'
import { isRecord, sameJson, textAt } from './json.ts'
import { isSuperuser } from './rbac-authorizer.ts'
import type { RoleStore } from './rbac-bindings.ts'
import { RBAC_GROUP, grantsOf, roleOf } from './rbac-bindings.ts'
import type { PolicyRule } from './rbac-rules.ts'
import { rulesOf } from './rbac-rules.ts'
import { missingRules, ruleText } from './rbac-cover.ts'
import { forbidden, notFound } from './status.ts'

const EVERYTHING: readonly PolicyRule[] = [
  { verbs: ['*'], apiGroups: ['*'], resources: ['*'], resourceNames: [], nonResourceURLs: [] },
  { verbs: ['*'], apiGroups: [], resources: [], resourceNames: [], nonResourceURLs: ['*'] },
]

const quoted = (texts: readonly string[]) => `[${texts.map((one) => JSON.stringify(one)).join(' ')}]`

interface Escalation {
  roles: RoleStore
  authorizer: Authorizer
}

function may({ authorizer }: Escalation, user: User, verb: string, resource: string, at: Place): boolean {
  const asked = { verb, group: RBAC_GROUP, resource, subresource: '', path: '', ...at }
  return authorizer.decide(user, asked).allowed
}

interface Place {
  namespace: string
  name: string
}

/** What of these rules the user does not have where they are to count; '' when nothing. */
function notHeld({ roles }: Escalation, user: User, namespace: string, rules: readonly PolicyRule[]): string {
  const held = grantsOf(roles, user, namespace).flatMap((grant) => grant.rules)
  const missing = missingRules(held, rules)
  if (missing.length === 0) return ''
  const who = `user ${JSON.stringify(user.username)} (groups=${quoted(user.groups)})`
  const what = [...new Set(missing.map(ruleText))].sort()
  return `${who} is attempting to grant RBAC permissions not currently held:\n${what.join('\n')}`
}

function refuse(request: AdmissionRequest, why: string): void {
  if (why === '') return
  const { resource, name } = request
  throw forbidden({ group: resource.group, plural: resource.plural }, name, why)
}

function checkRole(escalation: Escalation, request: AdmissionRequest): void {
  const { user, resource, namespace, name, object, old } = request
  const unchanged = (field: string) => old && sameJson(old[field] ?? null, object?.[field] ?? null)
  if (unchanged('rules') && unchanged('aggregationRule')) return
  if (may(escalation, user, 'escalate', resource.plural, { namespace, name })) return
  refuse(request, notHeld(escalation, user, namespace, rulesOf(object)))
  if (!isRecord(object?.aggregationRule) || notHeld(escalation, user, '', EVERYTHING) === '') return
  refuse(request, 'must have cluster-admin privileges to use the aggregationRule')
}

function checkBinding(escalation: Escalation, request: AdmissionRequest): void {
  const { user, namespace, object, old } = request
  const reference = object?.roleRef
  const unchanged = (field: string) => old && sameJson(old[field] ?? null, object?.[field] ?? null)
  if (unchanged('roleRef') && unchanged('subjects')) return
  const plural = textAt(reference, 'kind') === 'ClusterRole' ? 'clusterroles' : 'roles'
  const name = textAt(reference, 'name')
  if (may(escalation, user, 'bind', plural, { namespace, name })) return
  const role = roleOf(escalation.roles, reference, namespace)
  if (!role) throw notFound({ group: RBAC_GROUP, plural: request.resource.plural }, name)
  refuse(request, notHeld(escalation, user, namespace, rulesOf(role.object)))
}

const CHECKS: Readonly<Record<string, typeof checkRole>> = {
  roles: checkRole,
  clusterroles: checkRole,
  rolebindings: checkBinding,
  clusterrolebindings: checkBinding,
}

/** Nobody gives away what he does not have himself, unless roles say `escalate` or `bind`. */
export function rbacEscalation(escalation: Escalation): Admission {
  return {
    mutate: ({ object }) => object,
    validate(request) {
      const { resource, user, operation } = request
      if (resource.group !== RBAC_GROUP || operation === 'DELETE' || isSuperuser(user)) return
      CHECKS[resource.plural]?.(escalation, request)
    },
  }
}
