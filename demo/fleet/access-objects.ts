import type { AccessObject } from './access-object.ts'
import { COMPONENTS, PEOPLE, type Component, type Rule } from './access-rules.ts'
import { readyUserBindings } from './ready-users.ts'

const RBAC = 'rbac.authorization.k8s.io'

const rbac = (kind: string, metadata: AccessObject['metadata'], rest: AccessObject): AccessObject => ({
  apiVersion: `${RBAC}/v1`,
  kind,
  metadata: { ...metadata },
  ...rest,
})

const subjects = ({ account, namespace }: Component) => [{ kind: 'ServiceAccount', name: account, namespace }]

/** A role and what gives it to a component, in one namespace or ('') in all. */
function granted(component: Component, namespace: string, rules: readonly Rule[]): AccessObject[] {
  const scope = namespace ? '' : 'Cluster'
  const metadata = { name: component.role, ...(namespace && { namespace }) }
  const roleRef = { apiGroup: RBAC, kind: `${scope}Role`, name: component.role }
  return [
    rbac(`${scope}Role`, metadata, { rules }),
    rbac(`${scope}RoleBinding`, metadata, { roleRef, subjects: subjects(component) }),
  ]
}

function objectsOf(component: Component): AccessObject[] {
  const account = {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name: component.account, namespace: component.namespace },
  }
  const within = Object.entries(component.within).flatMap(([namespace, rules]) =>
    granted(component, namespace, rules),
  )
  return [account, ...granted(component, '', component.rules), ...within]
}

/** Lets servers behind the aggregator learn how they recognise it; the role is every API server's own. */
function trustReader(component: Component): AccessObject {
  const metadata = { name: `${component.account}-auth-reader`, namespace: 'kube-system' }
  const name = 'extension-apiserver-authentication-reader'
  const roleRef = { apiGroup: RBAC, kind: 'Role', name }
  return rbac('RoleBinding', metadata, { roleRef, subjects: subjects(component) })
}

/**
 * Accounts, roles and bindings of a Cocoon cluster: what operator, node agents, webhook, dashboard and metrics server
 * call and no more, the roles that add Cocoon's kinds to the cluster's own `view`, `edit` and `admin`, and the roles of
 * teams with the people of the demo who have them.
 */
export function accessObjects(): AccessObject[] {
  const people = PEOPLE.map(({ name, labels, rules }) =>
    rbac('ClusterRole', { name, ...(labels && { labels }) }, { rules }),
  )
  const aggregated = COMPONENTS.filter(({ account }) => account === 'metrics-server')
  return [...COMPONENTS.flatMap(objectsOf), ...people, ...aggregated.map(trustReader), ...readyUserBindings()]
}
