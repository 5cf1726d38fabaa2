import type { ClusterConfig, Credentials } from './cluster-config.ts'
import { createTransport } from './transport.ts'
import type { Transport } from './transport.ts'

/** Ways to ask the API server as somebody. They share connections where the credentials of a connection are alike. */
export interface UserTransports {
  /** With nothing but this bearer token: no certificate and no password of the dashboard goes along. */
  withToken(token: string): Transport
  /** By the dashboard's own account, which speaks for this user: the account needs the right to impersonate them. */
  impersonating(user: string, groups: readonly string[]): Transport
  close(): void
}

/** Everybody who is known is in it, and so is whom an account speaks for only when the account says so. */
const AUTHENTICATED = 'system:authenticated'

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
          headers: { Authorization: `Bearer ${token}` },
        })),
      ),
    impersonating: (user, groups) =>
      byAccount.as(
        asSomebody(async () => {
          const own = await config.credentials()
          const all = [...new Set([...groups, AUTHENTICATED])]
          return { ...own, headers: { ...own.headers, 'Impersonate-User': user, 'Impersonate-Group': all } }
        }),
      ),
    close() {
      byToken.close()
      byAccount.close()
    },
  }
}
