import { generateKeyPairSync } from 'node:crypto'
import { createServer } from 'node:http'
import type { IncomingMessage, RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Provider } from 'oidc-provider'

export const CLIENT = { clientId: 'cocoon', clientSecret: 'a secret of the tests, at least this long' }

/** Who can sign in at the provider, by what they type as their login. */
const PEOPLE: Readonly<Record<string, { groups: string[] }>> = {
  nora: { groups: ['research', 'oncall'] },
  omar: { groups: ['qa'] },
  mallory: { groups: ['system:masters'] },
}

export const emailOf = (login: string) => `${login}@people.example`

/** A provider of OpenID Connect, as it is published, over HTTP on loopback. */
export interface RealProvider {
  issuer: string
  /** While false it hangs up on whoever asks. */
  reachable: boolean
  /** What its token endpoint was asked for, in turn: the grant types. */
  grants: string[]
  /** Errors that it answered, as it names them. */
  errors: string[]
  close(): Promise<void>
}

interface Options {
  redirectUris: readonly string[]
  postLogoutUris?: readonly string[]
  /** Of the ID token; an hour unless told. */
  idTokenSeconds?: number
}

function configuration({ redirectUris, postLogoutUris = [], idTokenSeconds = 3600 }: Options) {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const client = {
    client_id: CLIENT.clientId,
    client_secret: CLIENT.clientSecret,
    redirect_uris: [...redirectUris],
    post_logout_redirect_uris: [...postLogoutUris],
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
  }
  return {
    clients: [client],
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256', kid: 'one' }] },
    pkce: { required: () => true },
    scopes: ['openid', 'email', 'profile', 'groups', 'offline_access'],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], groups: ['groups'] },
    // Claims in the ID token itself, which is what an API server reads.
    conformIdTokenClaims: false,
    rotateRefreshToken: true,
    issueRefreshToken: () => true,
    ttl: {
      IdToken: idTokenSeconds,
      AccessToken: 3600,
      RefreshToken: 86_400,
      Session: 86_400,
      Grant: 86_400,
      Interaction: 3600,
    },
    cookies: { keys: ['keys of the tests'] },
    features: { devInteractions: { enabled: true }, rpInitiatedLogout: { enabled: true } },
    findAccount: (_: unknown, login: string) => ({
      accountId: login,
      claims: () => ({
        sub: login,
        email: emailOf(login),
        email_verified: true,
        groups: PEOPLE[login]?.groups ?? [],
      }),
    }),
  }
}

export async function startRealProvider(options: Options): Promise<RealProvider> {
  let answer: RequestListener = (_, response) => void response.destroy()
  const server = createServer((request: IncomingMessage, response) => {
    if (state.reachable) answer(request, response)
    else request.socket.destroy()
  })
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const state: RealProvider = {
    issuer,
    reachable: true,
    grants: [],
    errors: [],
    async close() {
      const closed = new Promise((resolve) => void server.close(resolve))
      server.closeAllConnections()
      await closed
    },
  }
  const provider = new Provider(issuer, configuration(options))
  provider.on('grant.success', (context) => {
    const { oidc } = context as { oidc: { params?: { grant_type?: string } } }
    state.grants.push(oidc.params?.grant_type ?? '')
  })
  for (const event of ['grant.error', 'authorization.error', 'server_error']) {
    provider.on(event, (_, error) => void state.errors.push((error as Error).message))
  }
  const handle = provider.callback()
  answer = (request, response) => void handle(request, response)
  return state
}
