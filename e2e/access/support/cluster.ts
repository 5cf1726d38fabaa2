import type { OidcIssuer } from '../../../demo/api/oidc-tokens.ts'
import { connect, type Connection } from '../../../demo/client/connection.ts'
import type { DemoSignIn } from '../../../demo/fleet/ready-users.ts'
import { startDemoCluster } from '../../../demo/start.ts'
import { startOriginalCluster } from '../../control-plane/start-original.ts'

const FLEET = { port: 0, sets: 6, vms: 24, nodes: 3, seed: 7, speed: 20, weather: 'off' } as const

/** A seeded fleet, on the embedded cluster or with `E2E_CLUSTER=original` on a real control plane. */
export interface AccessCluster {
  server: string
  /** PEM of its authority, where it speaks TLS. */
  certificate?: string
  users: readonly DemoSignIn[]
  /** YAML, of the administrator. */
  kubeconfig: string
  /** A connection as whoever a token stands for; the caller closes it. */
  as(token: string): Connection
  /** The administrator's. */
  token: string
  close(): Promise<void>
}

type Started = Omit<AccessCluster, 'as'>

/** `oidc` is whose ID tokens it accepts. */
export async function startAccessCluster(oidc?: OidcIssuer): Promise<AccessCluster> {
  const embedded = process.env.E2E_CLUSTER !== 'original'
  const options = { ...FLEET, oidc }
  const start = (): Promise<Started> => (embedded ? startDemoCluster(options) : startOriginalCluster(options))
  const cluster = await start()
  const { server, users, token, kubeconfig } = cluster
  const trust = cluster.certificate === undefined ? {} : { certificate: cluster.certificate }
  return {
    server,
    ...trust,
    users,
    kubeconfig,
    token,
    as: (bearer) => connect({ server, ...trust, token: bearer, userAgent: 'test' }),
    close: () => cluster.close(),
  }
}
