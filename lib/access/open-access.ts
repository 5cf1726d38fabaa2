import { randomBytes } from 'node:crypto'
import type { ClusterIdentity } from '../fleet/wire.ts'
import { isLoopback } from '../kube/api/loopback.ts'
import type { ClusterConfig } from '../kube/cluster-config.ts'
import type { Transport } from '../kube/transport.ts'
import { createUserTransports } from '../kube/user-transports.ts'
import type { Environment } from '../process/environment.ts'
import { createAccess } from './create-access.ts'
import type { AccessOptions } from './create-access.ts'
import { openOidc } from './oidc/open-oidc.ts'
import { createSmallCookies } from './oidc/small-cookies.ts'
import { proxyNotes } from './proxy/sender.ts'
import type { FrontOptions } from './front.ts'
import type { Secrets } from './session/seals.ts'
import { createSessionStore } from './session/session-store.ts'
import type { DemoSignIn, SignIn } from './sign-in.ts'

export interface OpenAccessOptions {
  env: Environment
  cluster: ClusterIdentity
  config: ClusterConfig
  /** The dashboard's own. */
  transport: Transport
  demoUsers: readonly DemoSignIn[]
  sightOf: AccessOptions['sightOf']
}

const MINUTE_MS = 60_000

/** Why the dashboard must not start like this; null when it may. */
export function mayNotOpen({
  AUTH_MODE,
  HOST,
  ALLOW_UNAUTHENTICATED,
}: Pick<Environment, 'AUTH_MODE' | 'HOST' | 'ALLOW_UNAUTHENTICATED'>): string | null {
  if (AUTH_MODE !== 'none' || isLoopback(HOST) || ALLOW_UNAUTHENTICATED) return null
  return (
    `HOST=${HOST} would let everybody who reaches this machine see the fleet and act on it: nobody signs in ` +
    '(AUTH_MODE=none). Set AUTH_MODE=token to have people sign in, or ALLOW_UNAUTHENTICATED=true where something in ' +
    'front of the dashboard decides who may come.'
  )
}

/** What whoever starts it should know of a way in that is open, and does not do what they may think. */
export function warningsOf({
  AUTH_MODE,
  HOST,
  PUBLIC_ORIGIN,
  ALLOW_UNAUTHENTICATED,
}: Pick<Environment, 'AUTH_MODE' | 'HOST' | 'PUBLIC_ORIGIN' | 'ALLOW_UNAUTHENTICATED'>): string[] {
  const isOpen = AUTH_MODE === 'none' && ALLOW_UNAUTHENTICATED
  const isUnnamed = !isLoopback(HOST) && PUBLIC_ORIGIN === undefined
  return [
    ...(isOpen
      ? ['ALLOW_UNAUTHENTICATED=true lets everybody who reaches this dashboard see the fleet and act on it.']
      : []),
    ...(isUnnamed
      ? [
          'without PUBLIC_ORIGIN nobody can sign in or act but under http://localhost: set it to the address at which ' +
            'people open the dashboard.',
        ]
      : []),
  ]
}

/** How the front door learns who sends a request; by its headers only behind a proxy. */
function senderNotes(env: Environment): ReturnType<typeof proxyNotes> | null {
  const { AUTH_MODE, TRUSTED_PROXIES: trusted, PROXY_USER_HEADER, PROXY_GROUPS_HEADER } = env
  if (AUTH_MODE !== 'proxy') return null
  if (trusted === undefined) {
    throw new Error(
      'AUTH_MODE=proxy needs TRUSTED_PROXIES: the addresses of the proxies whose word counts, as 10.0.0.0/8.',
    )
  }
  return proxyNotes({ userHeader: PROXY_USER_HEADER, groupsHeader: PROXY_GROUPS_HEADER, trusted })
}

/** Opens the way in that the configuration asks for. @throws Error of one sentence when it must not be opened so */
export function openAccess(
  options: OpenAccessOptions,
): SignIn & Pick<FrontOptions, 'noteSender'> & { close(): void } {
  const { env, cluster, config, transport, demoUsers, sightOf } = options
  const refusal = mayNotOpen(env)
  if (refusal !== null) throw new Error(refusal)
  const { AUTH_MODE: mode } = env
  const noteSender = senderNotes(env)
  const [first = randomBytes(32).toString('hex'), ...older] = env.SESSION_SECRET ?? []
  const secrets: Secrets = [first, ...older]
  const publicOrigins = env.PUBLIC_ORIGIN ?? []
  const sessions = createSessionStore({
    secrets,
    way: mode === 'oidc' ? `${mode} ${env.OIDC_ISSUER} ${env.OIDC_CLIENT_ID}` : mode,
    times: {
      idleMs: env.SESSION_IDLE_MINUTES * MINUTE_MS,
      longestMs: env.SESSION_LONGEST_MINUTES * MINUTE_MS,
    },
    publicOrigins,
  })
  const oidc = mode === 'oidc' ? openOidc(env, sessions, createSmallCookies(secrets, publicOrigins)) : null
  const users = createUserTransports(config)
  const everybody = env.ALLOW_UNAUTHENTICATED
  const access = createAccess({
    mode,
    transport,
    users,
    sessions,
    everybody,
    sightOf,
    ...(oidc && { fresh: oidc.fresh }),
  })
  return {
    mode,
    cluster,
    access,
    sessions,
    users,
    demoUsers,
    publicOrigins,
    ...(oidc && { oidc }),
    ...(noteSender && { noteSender }),
    openToAll: mode === 'none' && everybody,
    close() {
      oidc?.fresh.close()
      sessions.close()
      users.close()
    },
  }
}
