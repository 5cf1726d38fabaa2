import type { Clock } from '../clock.ts'
import type { OidcTokens, User } from './authentication.ts'
import type { JsonRecord } from './json.ts'
import { isRecord, numberAt, textAt } from './json.ts'
import { isSignedBy, SIGNING_ALGORITHMS } from './jwt-signature.ts'
import { providerKeys } from './oidc-provider-keys.ts'

/** An issuer whose ID tokens the API server accepts, as kube-apiserver's --oidc-… flags name it. */
export interface OidcIssuer {
  /** The original takes https alone. */
  issuer: string
  clientId: string
  /** `sub` unless told. */
  usernameClaim?: string
  /** `-` for none. Unless told, `issuer#`, so that names of others are not taken; none for the claim `email`. */
  usernamePrefix?: string
  /** No groups unless told. */
  groupsClaim?: string
  groupsPrefix?: string
  /** PEM of whom to trust when asking the issuer. */
  certificateAuthority?: string
}

const NBF_LEEWAY_SECONDS = 60

function part(token: string, index: number): JsonRecord {
  try {
    const value: unknown = JSON.parse(Buffer.from(token.split('.')[index] ?? '', 'base64url').toString())
    return isRecord(value) ? value : {}
  } catch {
    return {}
  }
}

const isOf = (issuer: string, token: string) =>
  token.split('.').length === 3 && textAt(part(token, 1), 'iss') === issuer

const quoted = (texts: readonly string[]) => `[${texts.map((text) => JSON.stringify(text)).join(' ')}]`

/** As Go prints a time of whole seconds. */
const goTime = (seconds: number) =>
  `${new Date(seconds * 1000).toISOString().slice(0, 19).replace('T', ' ')} +0000 UTC`

function audienceOf({ aud }: JsonRecord): string[] {
  const list = Array.isArray(aud) ? aud : [aud]
  return list.filter((one) => typeof one === 'string')
}

function flawOf(claims: JsonRecord, clientId: string, nowSeconds: number): string {
  const audience = audienceOf(claims)
  if (!audience.includes(clientId)) {
    return `oidc: expected audience ${JSON.stringify(clientId)} got ${quoted(audience)}`
  }
  const expiry = numberAt(claims, 'exp')
  if (expiry < nowSeconds) return `oidc: token is expired (Token Expiry: ${goTime(expiry)})`
  if ('nbf' in claims && nowSeconds + NBF_LEEWAY_SECONDS < numberAt(claims, 'nbf')) {
    const [now, nbf] = [nowSeconds, numberAt(claims, 'nbf')].map(goTime)
    return `oidc: current time ${now} before the nbf (not before) time: ${nbf}`
  }
  return ''
}

/** What names of this issuer begin with. */
export function usernamePrefixOf({ issuer, usernameClaim, usernamePrefix }: OidcIssuer): string {
  const prefix = usernamePrefix || (usernameClaim === 'email' ? '-' : `${issuer}#`)
  return prefix === '-' ? '' : prefix
}

function usernameOf(claims: JsonRecord, options: OidcIssuer): { username: string } | string {
  const claim = options.usernameClaim ?? 'sub'
  const name = claims[claim]
  if (name === undefined) return `oidc: parse username claims ${JSON.stringify(claim)}: claim not present`
  if (typeof name !== 'string') {
    const found = Array.isArray(name) ? 'array' : typeof name === 'boolean' ? 'bool' : typeof name
    const why = `json: cannot unmarshal ${found} into Go value of type string`
    return `oidc: parse username claims ${JSON.stringify(claim)}: ${why}`
  }
  if (claim === 'email' && 'email_verified' in claims && claims.email_verified !== true) {
    return 'oidc: email not verified'
  }
  return { username: `${usernamePrefixOf(options)}${name}` }
}

function groupsOf(claims: JsonRecord, { groupsClaim, groupsPrefix = '' }: OidcIssuer): string[] | string {
  if (!groupsClaim || claims[groupsClaim] === undefined) return []
  const value = claims[groupsClaim]
  const list = typeof value === 'string' ? [value] : value
  if (Array.isArray(list) && list.every((one) => typeof one === 'string')) {
    return list.map((group) => `${groupsPrefix}${group}`)
  }
  const why = 'json: cannot unmarshal'
  return `oidc: parse groups claim ${JSON.stringify(groupsClaim)}: ${why}`
}

function userOfClaims(claims: JsonRecord, options: OidcIssuer): User | string {
  const name = usernameOf(claims, options)
  if (typeof name === 'string') return name
  const groups = groupsOf(claims, options)
  if (typeof groups === 'string') return groups
  const jti = textAt(claims, 'jti')
  const extra = { 'authentication.kubernetes.io/credential-id': [`JTI=${jti}`] }
  return { ...name, groups, ...(jti && { extra }) }
}

/** Accepts the ID tokens of one issuer, whom it asks for its keys over HTTP. */
export function oidcTokens(options: OidcIssuer, clock: Clock): OidcTokens {
  const keys = providerKeys(options.issuer, options.certificateAuthority)
  const signed = (token: string) => {
    const { alg, kid } = part(token, 0)
    const candidates = keys.matching(typeof kid === 'string' ? kid : '')
    return candidates.some((key) => isSignedBy(key, typeof alg === 'string' ? alg : '', token))
  }
  const refusal = (token: string): string => {
    const algorithm = textAt(part(token, 0), 'alg')
    if (!SIGNING_ALGORITHMS.includes(algorithm)) {
      const [want, have] = [quoted(SIGNING_ALGORITHMS), JSON.stringify(algorithm)]
      return `oidc: id token signed with unsupported algorithm, expected ${want} got ${have}`
    }
    if (!signed(token)) {
      const why =
        keys.failure() === '' ? 'failed to verify id token signature' : `fetching keys ${keys.failure()}`
      return `failed to verify signature: ${why}`
    }
    return flawOf(part(token, 1), options.clientId, Math.floor(clock.now() / 1000))
  }
  return {
    async prepare(token) {
      if (isOf(options.issuer, token) && !(keys.initialised() && signed(token))) await keys.fetch()
    },
    userOf(token) {
      if (!isOf(options.issuer, token)) return undefined
      if (!keys.initialised()) return 'oidc: authenticator not initialized'
      const flaw = refusal(token)
      return flaw === '' ? userOfClaims(part(token, 1), options) : `oidc: verify token: ${flaw}`
    },
  }
}
