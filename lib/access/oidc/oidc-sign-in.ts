import { sentence } from '../../fleet/can/wording.ts'
import { tokenEnd } from '../token/token-end.ts'
import { whoAsks } from '../token/whose-token.ts'
import { Refused } from '../../kube/problem.ts'
import type { UserTransports } from '../../kube/user-transports.ts'
import type { Session } from '../session/session.ts'
import { personOfClaims } from './claims.ts'
import type { ClaimNames } from './claims.ts'
import type { FreshTokens } from './fresh-tokens.ts'
import { ProviderError } from './provider.ts'
import type { Provider, Tokens } from './provider.ts'
import type { SmallCookies } from './small-cookies.ts'

/** Whether the API server is shown the ID token itself. */
export type PassToken = 'auto' | 'always' | 'never'

/** What the routes of `AUTH_MODE=oidc` need. */
export interface OidcSignIn {
  issuer: string
  provider: Provider
  cookies: SmallCookies
  fresh: FreshTokens
  names: ClaimNames
  passToken: PassToken
}

type Who = Pick<Session, 'name' | 'groups' | 'credential' | 'credentialEndsAt' | 'oidc'>

/**
 * Who the API server takes the bearer of an ID token for; null when it does not know the issuer. Only a 401 says that:
 * whoever cannot be asked now is asked again, so that nobody's rights hang on a moment's trouble.
 */
async function passedThrough(
  { idToken }: Tokens,
  users: UserTransports,
): Promise<Pick<Who, 'name' | 'groups'> | null> {
  try {
    return await whoAsks(users.withToken(idToken))
  } catch (error) {
    if (error instanceof Refused && error.problem.code === 'not-signed-in') return null
    throw error
  }
}

/**
 * As whom somebody is signed in whom the provider has given these tokens, and how the API server is asked for them.
 * @throws ProviderError, Refused
 */
export async function whoIs(tokens: Tokens, oidc: OidcSignIn, users: UserTransports): Promise<Who> {
  const { refreshToken, idToken } = tokens
  const kept = {
    oidc: { idToken, refreshToken: refreshToken || null },
    // What can be renewed ends when the provider says so.
    credentialEndsAt: refreshToken ? null : tokenEnd(idToken),
  }
  const known = oidc.passToken === 'never' ? null : await passedThrough(tokens, users)
  if (known !== null) return { ...known, ...kept, credential: { kind: 'token', token: idToken } }
  if (oidc.passToken === 'always') {
    throw new ProviderError(
      'mismatch',
      'the API server of the cluster does not accept the ID token (OIDC_PASS_TOKEN=always)',
    )
  }
  const claimed = personOfClaims(tokens.claims, oidc.names)
  if ('refused' in claimed) throw new ProviderError('mismatch', claimed.refused)
  const { name, groups } = claimed.person
  return { name, groups: [...groups], ...kept, credential: { kind: 'impersonation' } }
}

const SENTENCES: Record<ProviderError['trouble'], string> = {
  unreachable: 'The provider where you sign in cannot be reached. Try again in a moment.',
  denied: 'You were not signed in: access was denied.',
  refused: 'The provider did not sign you in. Whoever runs the dashboard finds more in its log.',
  mismatch: 'What the provider said of you cannot be used here.',
  ended: 'That sign-in was used already, or took too long. Sign in again.',
}

/** Why somebody was not signed in, for the page where they sign in; nothing secret and nothing that others wrote. */
export function noticeOf(error: unknown): string {
  if (error instanceof ProviderError) {
    const { trouble, message } = error
    const isAll = trouble === 'denied' || trouble === 'ended'
    return isAll ? SENTENCES[trouble] : `${SENTENCES[trouble]} ${sentence(message)}`
  }
  return error instanceof Refused
    ? error.message
    : 'Signing in failed. Whoever runs the dashboard finds more in its log.'
}
