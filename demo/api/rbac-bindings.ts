import type { User } from './authentication.ts'
import type { JsonRecord } from './json.ts'
import { isRecord, listAt, textAt } from './json.ts'
import type { PolicyRule } from './rbac-rules.ts'
import { rulesOf } from './rbac-rules.ts'
import type { Registry } from './registry.ts'
import { accountUsername } from './service-account-users.ts'
import type { Store } from './store.ts'
import type { Stored } from './stored.ts'

export const RBAC_GROUP = 'rbac.authorization.k8s.io'

/** What one binding gives a user: the rules of its role, or why they cannot be found. */
export interface Grant {
  rules: readonly PolicyRule[]
  /** As the reason of a decision names it. */
  describes: string
  /** '' when the role was found. */
  missing: string
}

/** Where roles and bindings are read. */
export interface RoleStore {
  store: Store
  registry: Registry
}

type Plural = 'roles' | 'rolebindings' | 'clusterroles' | 'clusterrolebindings'

function listOf({ store, registry }: RoleStore, plural: Plural, namespace: string): readonly Stored[] {
  const resource = registry.find(RBAC_GROUP, 'v1', plural)
  return resource ? store.list(resource, namespace) : []
}

/** The role that a reference of a binding in a namespace means; undefined when there is none of its name. */
export function roleOf(roles: RoleStore, reference: unknown, namespace: string): Stored | undefined {
  const clusterwide = textAt(reference, 'kind') === 'ClusterRole'
  const resource = roles.registry.find(RBAC_GROUP, 'v1', clusterwide ? 'clusterroles' : 'roles')
  return resource && roles.store.get(resource, clusterwide ? '' : namespace, textAt(reference, 'name'))
}

function isMeant(user: User, subject: JsonRecord, namespace: string): boolean {
  const name = textAt(subject, 'name')
  switch (textAt(subject, 'kind')) {
    case 'User':
      return user.username === name
    case 'Group':
      return user.groups.includes(name)
    case 'ServiceAccount': {
      const home = textAt(subject, 'namespace') || namespace
      return home !== '' && user.username === accountUsername(home, name)
    }
    default:
      return false
  }
}

function described(subject: JsonRecord, namespace: string): string {
  const kind = textAt(subject, 'kind')
  const name = textAt(subject, 'name')
  const home = textAt(subject, 'namespace') || namespace
  return `${kind} ${JSON.stringify(kind === 'ServiceAccount' ? `${name}/${home}` : name)}`
}

function grantOf(roles: RoleStore, binding: Stored, user: User, namespace: string): Grant[] {
  const { object } = binding
  const subject = listAt(object, 'subjects').find(
    (one): one is JsonRecord => isRecord(one) && isMeant(user, one, namespace),
  )
  if (!subject) return []
  const reference = object.roleRef
  const role = roleOf(roles, reference, namespace)
  const kind = textAt(reference, 'kind')
  const name = textAt(reference, 'name')
  const own = namespace === '' ? object.metadata.name : `${object.metadata.name}/${namespace}`
  const of = `${kind} ${JSON.stringify(name)} to ${described(subject, namespace)}`
  return [
    {
      rules: role ? rulesOf(role.object) : [],
      describes: `${namespace === '' ? 'ClusterRoleBinding' : 'RoleBinding'} ${JSON.stringify(own)} of ${of}`,
      missing: role ? '' : `${kind.toLowerCase()}.${RBAC_GROUP} ${JSON.stringify(name)} not found`,
    },
  ]
}

/** All that bindings give a user: those of the cluster, then those of the namespace unless it is ''. */
export function grantsOf(roles: RoleStore, user: User, namespace: string): Grant[] {
  const everywhere = listOf(roles, 'clusterrolebindings', '').flatMap((binding) =>
    grantOf(roles, binding, user, ''),
  )
  if (namespace === '') return everywhere
  const here = listOf(roles, 'rolebindings', namespace).flatMap((binding) =>
    grantOf(roles, binding, user, namespace),
  )
  return [...everywhere, ...here]
}
