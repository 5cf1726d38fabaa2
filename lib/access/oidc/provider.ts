import {
  allowInsecureRequests,
  authorizationCodeGrant,
  AuthorizationResponseError,
  buildAuthorizationUrl,
  buildEndSessionUrl,
  calculatePKCECodeChallenge,
  clockTolerance,
  discovery,
  None,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
  refreshTokenGrant,
  ResponseBodyError,
} from 'openid-client'
import type { Configuration, TokenEndpointResponse, TokenEndpointResponseHelpers } from 'openid-client'

export interface ProviderSettings {
  issuer: string
  clientId: string
  /** '' for a public client, which PKCE alone keeps safe. */
  clientSecret: string
  /** As they are asked for, separated by blanks. */
  scopes: string
}

/** What the browser must bring back, kept sealed in a cookie of its own. */
export interface Flow {
  state: string
  nonce: string
  verifier: string
  redirectUri: string
  /** Where to go on. */
  returnTo: string
}

export interface Tokens {
  idToken: string
  /** Verified, of the ID token. */
  claims: Readonly<Record<string, unknown>>
  /** '' when the provider gives none: then the sign-in ends with its ID token. */
  refreshToken: string
  /** Epoch milliseconds. */
  expiresAt: number
}

/** Why the provider did not sign somebody in; nothing secret in it. */
export type ProviderTrouble = 'unreachable' | 'denied' | 'refused' | 'mismatch' | 'ended'

/** What is common to the copies of this module: Next bundles one of its own, and `server.ts` has another. */
const BRAND = Symbol.for('cocoon-dashboard.provider-error')

export class ProviderError extends Error {
  override name = 'ProviderError'
  readonly trouble: ProviderTrouble
  readonly [BRAND] = true

  constructor(trouble: ProviderTrouble, message: string) {
    super(message)
    this.trouble = trouble
  }

  static override [Symbol.hasInstance](value: unknown): value is ProviderError {
    return typeof value === 'object' && value !== null && BRAND in value
  }
}

/** A provider of OpenID Connect, found when it is first needed. Everything rejects with ProviderError. */
export interface Provider {
  begin(redirectUri: string, returnTo: string): Promise<{ url: URL; flow: Flow }>
  /** Ends a sign-in. `answer` is the address that the browser came back to. */
  finish(answer: URL, flow: Flow): Promise<Tokens>
  /** New tokens for a refresh token, which must not be used again where the answer has another. */
  refresh(tokens: Pick<Tokens, 'refreshToken' | 'claims'>): Promise<Tokens>
  /** Where the browser signs out of the provider, too; null where it offers no such place. */
  endSession(returnTo: string): Promise<URL | null>
}

const CLOCK_SKEW_SECONDS = 60
/** A provider that was down is asked again after so long; until then everybody is told at once. */
const RETRY_MS = 2_000
const TIMEOUT_SECONDS = 10
const LOOPBACK = /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?(\/|$)/

/** OAuth's own words for why; those of providers can hold anything, so of them only the code is told. */
const codeOf = (error: ResponseBodyError | AuthorizationResponseError) =>
  /^[\w.-]{1,60}$/.test(error.error) ? error.error : 'an unknown error'

function explain(error: unknown, asking: string): ProviderError {
  if (error instanceof ProviderError) return error
  if (error instanceof AuthorizationResponseError) {
    const code = codeOf(error)
    return code === 'access_denied'
      ? new ProviderError('denied', 'the provider says that access was denied')
      : new ProviderError('refused', `the provider answered the sign-in with ${code}`)
  }
  if (error instanceof ResponseBodyError) {
    const code = codeOf(error)
    const trouble = code === 'invalid_grant' ? 'ended' : 'refused'
    return new ProviderError(trouble, `the provider answered ${asking} with ${code}`)
  }
  const { code } = error as { code?: unknown }
  // What the library itself finds wrong with an answer has a code; what never came has none, or one of the network.
  if (typeof code === 'string' && /^OAUTH_(?!TIMEOUT)/.test(code) && code !== 'OAUTH_PARSE_ERROR') {
    return new ProviderError('mismatch', `${asking} was answered by something that does not hold (${code})`)
  }
  return new ProviderError('unreachable', `the provider did not answer ${asking}`)
}

async function attempt<T>(asking: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw explain(error, asking)
  }
}

type Answered = TokenEndpointResponse & TokenEndpointResponseHelpers

function tokensOf(answer: Answered, before?: Pick<Tokens, 'refreshToken' | 'claims'>): Tokens {
  const claims = answer.claims()
  if (claims === undefined || answer.id_token === undefined) {
    throw new ProviderError('mismatch', 'the provider gave no ID token')
  }
  if (before && before.claims.sub !== claims.sub) {
    throw new ProviderError('mismatch', 'the provider gave the tokens of somebody else')
  }
  return {
    idToken: answer.id_token,
    claims,
    refreshToken: answer.refresh_token ?? before?.refreshToken ?? '',
    expiresAt: claims.exp * 1000,
  }
}

/** The provider that is configured; nothing is asked of it before somebody signs in. */
export function createProvider(settings: ProviderSettings): Provider {
  let found: Promise<Configuration> | undefined
  const find = async () => {
    const { issuer, clientId, clientSecret } = settings
    const metadata = {
      ...(clientSecret && { client_secret: clientSecret }),
      [clockTolerance]: CLOCK_SKEW_SECONDS,
    }
    return discovery(new URL(issuer), clientId, metadata, clientSecret ? undefined : None(), {
      timeout: TIMEOUT_SECONDS,
      execute: LOOPBACK.test(issuer) ? [allowInsecureRequests] : [],
    })
  }
  const configuration = () => {
    found ??= attempt('the question who it is', find).catch((error: unknown) => {
      setTimeout(() => (found = undefined), RETRY_MS).unref()
      throw error
    })
    return found
  }
  return {
    async begin(redirectUri, returnTo) {
      const config = await configuration()
      const flow = {
        state: randomState(),
        nonce: randomNonce(),
        verifier: randomPKCECodeVerifier(),
        redirectUri,
        returnTo,
      }
      const url = buildAuthorizationUrl(config, {
        redirect_uri: redirectUri,
        scope: settings.scopes,
        state: flow.state,
        nonce: flow.nonce,
        code_challenge: await calculatePKCECodeChallenge(flow.verifier),
        code_challenge_method: 'S256',
        // Without it providers give no refresh token for offline access.
        ...(settings.scopes.split(' ').includes('offline_access') && { prompt: 'consent' }),
      })
      return { url, flow }
    },
    async finish(answer, flow) {
      const config = await configuration()
      // The address as it was registered: what a proxy in front made of it is not the provider's business.
      const url = new URL(flow.redirectUri)
      url.search = answer.search
      const checks = { expectedState: flow.state, expectedNonce: flow.nonce, pkceCodeVerifier: flow.verifier }
      return attempt('the exchange of the code', async () =>
        tokensOf(await authorizationCodeGrant(config, url, checks)),
      )
    },
    async refresh(before) {
      const config = await configuration()
      return attempt('the request for new tokens', async () =>
        tokensOf(await refreshTokenGrant(config, before.refreshToken), before),
      )
    },
    async endSession(returnTo) {
      const config = await configuration()
      if (config.serverMetadata().end_session_endpoint === undefined) return null
      // Without the ID token as a hint: it can be worth a sign-in, and addresses are kept. The provider asks instead.
      return buildEndSessionUrl(config, { post_logout_redirect_uri: returnTo })
    },
  }
}
