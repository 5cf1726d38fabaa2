import type { Environment } from '../../process/environment.ts'
import type { SessionStore } from '../session/session-store.ts'
import { createFreshTokens } from './fresh-tokens.ts'
import type { OidcSignIn } from './oidc-sign-in.ts'
import { createProvider } from './provider.ts'
import type { SmallCookies } from './small-cookies.ts'

/** What signs people in at the provider that is configured. @throws Error of one sentence when it is not configured */
export function openOidc(env: Environment, sessions: SessionStore, cookies: SmallCookies): OidcSignIn {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId } = env
  const missing = Object.entries({ OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId }).find(
    ([, text]) => text === '',
  )
  if (missing) {
    throw new Error(
      `AUTH_MODE=oidc needs ${missing[0]}: the address of the provider is OIDC_ISSUER, and what it knows the dashboard by ` +
        'is OIDC_CLIENT_ID (and OIDC_CLIENT_SECRET, unless it is a public client).',
    )
  }
  const provider = createProvider({
    issuer,
    clientId,
    clientSecret: env.OIDC_CLIENT_SECRET,
    scopes: env.OIDC_SCOPES,
  })
  const names = {
    issuer,
    usernameClaim: env.OIDC_USERNAME_CLAIM,
    usernamePrefix: env.OIDC_USERNAME_PREFIX,
    groupsClaim: env.OIDC_GROUPS_CLAIM,
    groupsPrefix: env.OIDC_GROUPS_PREFIX,
  }
  const { endNow, onEnd } = sessions
  const fresh = createFreshTokens({ provider, names, endNow, onEnd })
  return { issuer, provider, cookies, fresh, names, passToken: env.OIDC_PASS_TOKEN }
}
