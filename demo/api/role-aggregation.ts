import type { Cluster } from './cluster.ts'
import { selectorTest } from './dynamic-admission-selector.ts'
import { isRecord, listAt, sameJson, valueAt } from './json.ts'
import type { Stored } from './stored.ts'

/** Each rule once, in the order of the roles' names. */
function unionOf(roles: readonly Stored[], aggregate: Stored): unknown[] {
  const tests = listAt(aggregate.object, 'aggregationRule', 'clusterRoleSelectors').map(
    (selector) => selectorTest(selector) ?? (() => true),
  )
  const matching = roles.filter(
    (role) => role.key !== aggregate.key && tests.some((test) => test(role.object.metadata.labels ?? {})),
  )
  const rules: unknown[] = []
  for (const rule of matching.flatMap((role) => listAt(role.object, 'rules'))) {
    if (!rules.some((one) => sameJson(one, rule))) rules.push(rule)
  }
  return rules
}

/**
 * Keeps the rules of ClusterRoles that gather those of others by label, such as admin, edit and view. Returns what
 * stops it.
 */
export function aggregateRoles(cluster: Cluster): () => void {
  let planned = false
  let stopped = false
  const resource = cluster.registry.find('rbac.authorization.k8s.io', 'v1', 'clusterroles')
  const settle = () => {
    planned = false
    if (stopped || !resource) return
    const roles = cluster.store.list(resource, '')
    for (const role of roles) {
      if (!isRecord(role.object.aggregationRule)) continue
      const rules = unionOf(roles, role)
      if (sameJson(valueAt(role.object, 'rules') ?? [], rules)) continue
      // What gathers this role in turn is settled by the change that this is.
      cluster.store.put(resource, { ...role.object, rules })
    }
  }
  const leave = cluster.store.onChange(({ stored }) => {
    if (planned || stored.resource.id !== resource?.id) return
    planned = true
    queueMicrotask(settle)
  })
  settle()
  return () => {
    stopped = true
    leave()
  }
}
