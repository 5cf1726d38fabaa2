import type { ClusterConfig, Credentials } from './cluster-config.ts'
import { createTransport } from './transport.ts'
import type { Transport } from './transport.ts'

/** Ways to ask the API server as somebody. They share connections where the credentials of a connection are alike. */
export interface UserTransports {
  /**
   * With nothing but this bearer token: no certificate and no password of the dashboard goes along. One that does not
   * last is asked for anew for each request.
   */
  withToken(token: string | (() => Promise<string>)): Transport
  /**
   * By the dashboard's own account, which speaks for this user: the account needs the right to impersonate them.
   * @throws Error for users and groups of the cluster itself, whom nobody becomes by a claim
   */
  impersonating(user: string, groups: readonly string[]): Transport
  close(): void
}

/** Header fields are bytes to the API server, which reads them as UTF-8; Node writes them as Latin-1. */
const asBytes = (text: string) => Buffer.from(text, 'utf8').toString('latin1')

/** What verifies the server, and nothing that says who asks. */
function anonymous({
  ca,
  cert,
  pfx,
  rejectUnauthorized,
  servername,
  agent,
}: Credentials): Omit<Credentials, 'headers'> {
  if (agent !== undefined && (cert !== undefined || pfx !== undefined)) {
    throw new Error(
      'the way to the API server through its proxy bears the certificate of the dashboard, so nobody else can be asked for on it',
    )
  }
  return { ca, rejectUnauthorized, servername, ...(agent === undefined ? {} : { agent }) }
}

/** Ways to the API server of `config` with the credentials of people; those of the dashboard only say who the server is. */
export function createUserTransports(config: ClusterConfig): UserTransports {
  const asSomebody = (credentials: () => Promise<Credentials>): ClusterConfig => ({
    ...config,
    credentials,
    // Nobody else's refusal says anything about the dashboard's own credentials.
    renew: () => {},
  })
  const byToken = createTransport(config)
  const byAccount = createTransport(config)
  return {
    withToken: (token) =>
      byToken.as(
        asSomebody(async () => ({
          ...anonymous(await config.credentials()),
          headers: { Authorization: `Bearer ${typeof token === 'string' ? token : await token()}` },
        })),
      ),
    impersonating: (user, groups) => {
      // The API server itself puts everybody who is known into system:authenticated.
      const named = [...new Set(groups)].filter((group) => group !== 'system:authenticated')
      const of = [user, ...named].find((name) => name === '' || name.startsWith('system:'))
      if (of !== undefined) throw new Error(`nobody may be impersonated as ${JSON.stringify(of)}`)
      const as = { 'Impersonate-User': asBytes(user), 'Impersonate-Group': named.map(asBytes) }
      return byAccount.as(
        asSomebody(async () => {
          const own = await config.credentials()
          return { ...own, headers: { ...own.headers, ...as } }
        }),
      )
    },
    close() {
      byToken.close()
      byAccount.close()
    },
  }
}
