import type { User } from './authentication.ts'
import type { Authorizer, Rules } from './authorization.ts'
import type { Grant, RoleStore } from './rbac-bindings.ts'
import { RBAC_GROUP, grantsOf } from './rbac-bindings.ts'
import { ruleAllows } from './rbac-rules.ts'

/** Who is in it may do everything, whatever roles there are. */
const SUPERUSERS = 'system:masters'
/** Answers are kept until a role or a binding changes; more than these are begun anew. */
const KEPT = 1_000

export const isSuperuser = ({ groups }: User) => groups.includes(SUPERUSERS)

/** Several faults as Go's errors print them: each once, in brackets unless it is the only one. */
function aggregate(faults: readonly string[]): string {
  const each = [...new Set(faults)]
  return each.length > 1 ? `[${each.join(', ')}]` : (each[0] ?? '')
}

const faultsOf = (grants: readonly Grant[]) =>
  grants.flatMap(({ missing }) => (missing === '' ? [] : [missing]))

/**
 * Decides by the Roles, ClusterRoles and bindings of the store, as RBAC does: nothing is allowed that no rule allows.
 * A change of them counts from the next decision on.
 */
export function rbacAuthorizer(roles: RoleStore): Authorizer {
  const kept = new Map<string, readonly Grant[]>()
  roles.store.onChange(({ stored }) => {
    if (stored.resource.group === RBAC_GROUP) kept.clear()
  })
  const grants = (user: User, namespace: string): readonly Grant[] => {
    const key = JSON.stringify([namespace, user.username, user.groups])
    const known = kept.get(key)
    if (known) return known
    if (kept.size >= KEPT) kept.clear()
    const found = grantsOf(roles, user, namespace)
    kept.set(key, found)
    return found
  }
  return {
    decide(user, asked) {
      if (isSuperuser(user)) return { allowed: true }
      const found = grants(user, asked.namespace)
      const grant = found.find(({ rules }) => rules.some((rule) => ruleAllows(rule, asked)))
      if (grant) return { allowed: true, reason: `RBAC: allowed by ${grant.describes}` }
      const faults = aggregate(faultsOf(found))
      return { allowed: false, ...(faults && { reason: `RBAC: ${faults}` }) }
    },
    rules(user, namespace): Rules {
      const found = grants(user, namespace)
      const all = found.flatMap(({ rules }) => rules)
      const faults = aggregate(faultsOf(found))
      return {
        resourceRules: all
          .filter(({ resources }) => resources.length > 0)
          .map(({ verbs, apiGroups, resources, resourceNames }) =>
            resourceNames.length > 0
              ? { verbs, apiGroups, resources, resourceNames }
              : { verbs, apiGroups, resources },
          ),
        nonResourceRules: all
          .filter(({ nonResourceURLs }) => nonResourceURLs.length > 0)
          .map(({ verbs, nonResourceURLs }) => ({ verbs, nonResourceURLs })),
        ...(faults && { evaluationError: faults }),
      }
    },
  }
}
