import type { TLSSocket } from 'node:tls'
import type { Connection } from '../client/connection.ts'

const PATH = '/api/v1/namespaces/kube-system/configmaps/extension-apiserver-authentication'

/** Who may say on behalf of whom they ask. */
export interface FrontProxyTrust {
  /** PEM. */
  authority: string
  /** The common names that count; any when there are none. */
  names: readonly string[]
}

/**
 * Whom the API server forwards requests as, as it publishes it. Throws when it has no front proxy, or keeps it from this
 * account.
 */
export async function frontProxyTrust(connection: Connection): Promise<FrontProxyTrust> {
  const answer = await connection.send('GET', PATH)
  const { data } = answer as { data?: Record<string, string> }
  const authority = data?.['requestheader-client-ca-file']
  if (!authority)
    throw new Error('the API server has no --requestheader-client-ca-file: nobody could be believed')
  const names: unknown = JSON.parse(data['requestheader-allowed-names'] ?? '[]')
  return { authority, names: Array.isArray(names) ? names.map(String) : [] }
}

/** Whether the other side of a connection is one of those. */
export function isTrusted(socket: TLSSocket, { names }: FrontProxyTrust): boolean {
  if (!socket.authorized) return false
  return names.length === 0 || names.includes(String(socket.getPeerCertificate().subject.CN))
}
