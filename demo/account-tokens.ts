import { OPERATOR_NAME, OPERATOR_NAMESPACE } from '../lib/cocoon/component-keys.ts'
import type { Connection } from './client/connection.ts'
import type { ObjectRef } from './client/resources.ts'
import type { Account } from './identities.ts'

const ACCOUNTS: Record<Account, ObjectRef> = {
  operator: { namespace: OPERATOR_NAMESPACE, name: OPERATOR_NAME },
  kubelet: { namespace: OPERATOR_NAMESPACE, name: 'vk-cocoon' },
  webhook: { namespace: OPERATOR_NAMESPACE, name: 'cocoon-webhook' },
  metrics: { namespace: 'kube-system', name: 'metrics-server' },
}
/** Nobody renews them, and a demo may run for long. */
const TEN_YEARS_SECONDS = 315_360_000

async function tokenOf(admin: Connection, account: Account): Promise<string> {
  const { namespace, name } = ACCOUNTS[account]
  const path = `/api/v1/namespaces/${namespace}/serviceaccounts/${name}/token`
  const answer = await admin.send('POST', path, {
    apiVersion: 'authentication.k8s.io/v1',
    kind: 'TokenRequest',
    spec: { expirationSeconds: TEN_YEARS_SECONDS },
  })
  const { status } = answer as { status?: { token?: string } }
  if (!status?.token) throw new Error(`no token for the service account ${namespace}/${name}`)
  return status.token
}

/** Asks for a token for everybody who works in the cluster. Throws an `ApiError` when a ServiceAccount is missing. */
export async function accountTokens(admin: Connection): Promise<Record<Account, string>> {
  return {
    operator: await tokenOf(admin, 'operator'),
    kubelet: await tokenOf(admin, 'kubelet'),
    webhook: await tokenOf(admin, 'webhook'),
    metrics: await tokenOf(admin, 'metrics'),
  }
}
