import type { Connection } from '../../demo/client/connection.ts'
import type { Identity } from '../../demo/identities.ts'

/** The ServiceAccount behind each identity, as `namespace/name`; '' is the administrator. */
const ACCOUNTS: Record<Identity, string> = {
  admin: '',
  weather: '',
  expiry: '',
  // The original brings its own.
  scheduler: '',
  operator: 'cocoon-system/cocoon-operator',
  kubelet: 'cocoon-system/vk-cocoon',
  webhook: 'cocoon-system/cocoon-webhook',
  metrics: 'kube-system/metrics-server',
}
/** Longer than any run of the tests. */
const DAY_SECONDS = 86_400

async function tokenOf(admin: Connection, account: string): Promise<string> {
  const [namespace, name] = account.split('/')
  const path = `/api/v1/namespaces/${namespace}/serviceaccounts/${name}/token`
  const answer = await admin.send('POST', path, {
    apiVersion: 'authentication.k8s.io/v1',
    kind: 'TokenRequest',
    spec: { expirationSeconds: DAY_SECONDS },
  })
  const { status } = answer as { status?: { token?: string } }
  if (!status?.token) throw new Error(`no token for the service account ${account}`)
  return status.token
}

/** A token for everybody who works in the cluster: their ServiceAccounts must be there. */
export async function accountTokens(
  admin: Connection,
  adminToken: string,
): Promise<Record<Identity, string>> {
  const of = (identity: Identity) => {
    const account = ACCOUNTS[identity]
    return account === '' ? adminToken : tokenOf(admin, account)
  }
  return {
    admin: adminToken,
    weather: await of('weather'),
    expiry: await of('expiry'),
    scheduler: await of('scheduler'),
    operator: await of('operator'),
    kubelet: await of('kubelet'),
    webhook: await of('webhook'),
    metrics: await of('metrics'),
  }
}
