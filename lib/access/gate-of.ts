import { noSignIn } from '../kube/no-sign-in.ts'
import type { Transport } from '../kube/transport.ts'
import type { Environment } from '../process/environment.ts'
import { EnvironmentError } from '../process/environment.ts'
import type { FindSight, Gate } from './gate.ts'
import { proxyGate } from './proxy/proxy-gate.ts'

/** What the modes are made of. */
export interface GateParts {
  /** By the dashboard's own account. */
  transport: Transport
  findSight: FindSight
}

const MODES: Record<Environment['AUTH_MODE'], (env: Environment, parts: GateParts) => Gate> = {
  none: ({ ALLOW_UNAUTHENTICATED }, { transport }) => ({
    access: noSignIn(transport, ALLOW_UNAUTHENTICATED),
    enter: async () => {},
  }),
  proxy: (env, { transport, findSight }) => {
    const trusted = env.TRUSTED_PROXIES
    if (!trusted?.length) {
      const why =
        'AUTH_MODE=proxy needs TRUSTED_PROXIES: the addresses of the proxies whose word counts, as 10.0.0.0/8'
      throw new EnvironmentError(why)
    }
    const settings = { userHeader: env.PROXY_USER_HEADER, groupsHeader: env.PROXY_GROUPS_HEADER, trusted }
    return proxyGate(transport, settings, findSight)
  },
}

/** The mode of sign-in that is configured. @throws EnvironmentError for one that lacks what it needs */
export const gateOf = (env: Environment, parts: GateParts): Gate => MODES[env.AUTH_MODE](env, parts)
