import { OPERATOR_NAMESPACE } from '../../../lib/cocoon/component-keys.ts'
import type { Connection } from '../../../demo/client/connection.ts'

const RBAC = 'rbac.authorization.k8s.io'
const ROLES = `/apis/${RBAC}/v1`

/** The roles of somebody who only looks, and of one who acts (contract 10): without sign-in the dashboard's account is them. */
const ROLES_OF = {
  looking: ['cocoon-fleet-viewer'],
  acting: ['cocoon-fleet-viewer', 'cocoon-edit', 'cocoon-dashboard-pods'],
} as const

export type DashboardAccount = keyof typeof ROLES_OF

const nameOf = (account: DashboardAccount) => `dashboard-${account}`

/** As whom the API server knows an account. */
export const usernameOf = (account: DashboardAccount) =>
  `system:serviceaccount:${OPERATOR_NAMESPACE}:${nameOf(account)}`

/** Deleting a pod restarts its VM; creating one is for forks of no set. */
const PODS_ROLE = {
  apiVersion: `${RBAC}/v1`,
  kind: 'ClusterRole',
  metadata: { name: 'cocoon-dashboard-pods' },
  rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['create', 'delete'] }],
}

async function tokenOf(admin: Connection, account: DashboardAccount): Promise<string> {
  const name = nameOf(account)
  const accounts = `/api/v1/namespaces/${OPERATOR_NAMESPACE}/serviceaccounts`
  await admin.send('POST', accounts, { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name } })
  for (const role of ROLES_OF[account]) {
    await admin.send('POST', `${ROLES}/clusterrolebindings`, {
      apiVersion: `${RBAC}/v1`,
      kind: 'ClusterRoleBinding',
      metadata: { name: `${name}-${role}` },
      roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name: role },
      subjects: [{ kind: 'ServiceAccount', name, namespace: OPERATOR_NAMESPACE }],
    })
  }
  const answer = await admin.send('POST', `${accounts}/${name}/token`, {
    apiVersion: 'authentication.k8s.io/v1',
    kind: 'TokenRequest',
    spec: { expirationSeconds: 86_400 },
  })
  return (answer as { status?: { token?: string } }).status?.token ?? ''
}

/** Makes the accounts of both kinds of dashboards, with the rights that the README asks for and no others. */
export async function dashboardTokens(admin: Connection): Promise<Record<DashboardAccount, string>> {
  await admin.send('POST', `${ROLES}/clusterroles`, PODS_ROLE)
  return { looking: await tokenOf(admin, 'looking'), acting: await tokenOf(admin, 'acting') }
}
