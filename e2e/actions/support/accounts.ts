import { OPERATOR_NAMESPACE } from '../../../lib/cocoon/component-keys.ts'
import type { Connection } from '../../../demo/client/connection.ts'

const RBAC = 'rbac.authorization.k8s.io'
const ROLES = `/apis/${RBAC}/v1`

/**
 * The roles of somebody who only looks, and of one who acts (contract 10): without sign-in the dashboard's account is
 * them. Then of a dashboard whose people sign in, which may besides tell in Events what they did; and two people, who get
 * their roles where a test wants them.
 */
const ROLES_OF = {
  looking: ['cocoon-fleet-viewer'],
  acting: ['cocoon-fleet-viewer', 'cocoon-edit', 'cocoon-dashboard-pods'],
  signing: ['cocoon-dashboard', 'cocoon-dashboard-events'],
  omar: [],
  vera: [],
} as const satisfies Record<string, readonly string[]>

export type DashboardAccount = keyof typeof ROLES_OF

export const ACCOUNTS = Object.keys(ROLES_OF) as readonly DashboardAccount[]

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

const EVENTS_ROLE = {
  apiVersion: `${RBAC}/v1`,
  kind: 'ClusterRole',
  metadata: { name: 'cocoon-dashboard-events' },
  rules: [{ apiGroups: [''], resources: ['events'], verbs: ['create', 'patch'] }],
}

/** Gives somebody a role in one namespace. */
export async function bind(
  admin: Connection,
  account: DashboardAccount,
  role: string,
  namespace: string,
): Promise<void> {
  await admin.send('POST', `${ROLES}/namespaces/${namespace}/rolebindings`, {
    apiVersion: `${RBAC}/v1`,
    kind: 'RoleBinding',
    metadata: { name: `${nameOf(account)}-${role}` },
    roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name: role },
    subjects: [{ kind: 'ServiceAccount', name: nameOf(account), namespace: OPERATOR_NAMESPACE }],
  })
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

/** Makes all accounts, with the rights that the README asks for and no others. */
export async function dashboardTokens(admin: Connection): Promise<Record<DashboardAccount, string>> {
  await admin.send('POST', `${ROLES}/clusterroles`, PODS_ROLE)
  await admin.send('POST', `${ROLES}/clusterroles`, EVENTS_ROLE)
  const tokens: Partial<Record<DashboardAccount, string>> = {}
  for (const account of ACCOUNTS) tokens[account] = await tokenOf(admin, account)
  return tokens as Record<DashboardAccount, string>
}
