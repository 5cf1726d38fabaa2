import { isRecord } from './json.ts'
import { ISSUER } from './service-account-tokens.ts'
import { unauthorized } from './status.ts'

export interface User {
  username: string
  uid?: string
  groups: readonly string[]
  extra?: Readonly<Record<string, readonly string[]>>
}

/** Bearer token to the user it stands for. */
export type TokenTable = Readonly<Record<string, User>>

/** Finds who a token of a service account stands for. */
export interface AccountTokens {
  /** A text says why the token is refused; undefined when it is of another kind. */
  userOf(token: string, audiences: readonly string[]): User | string | undefined
}

/** Finds who an ID token stands for. */
export interface OidcTokens {
  /** Fetches what judging a token needs; whoever judges it next does not wait. Never rejects. */
  prepare(token: string): Promise<void>
  /** A text says why the token is refused; undefined when it is of another issuer. */
  userOf(token: string): User | string | undefined
}

/** All that makes tokens valid: the table, the service accounts, and an issuer of ID tokens. */
export interface Tokens {
  table: TokenTable
  accounts: AccountTokens
  oidc?: OidcTokens | undefined
}

const AUTHENTICATED = 'system:authenticated'
/** Whom tokens of service accounts must be meant for, unless a review asks for others. */
export const AUDIENCES: readonly string[] = [ISSUER]

const known = (user: User): User =>
  user.groups.includes(AUTHENTICATED) ? user : { ...user, groups: [...user.groups, AUTHENTICATED] }

/** The user of a token, in system:authenticated as every known user is; a text says why there is none. */
export function userOfToken(tokens: Tokens, token: string, audiences = AUDIENCES): User | string {
  const user = Object.hasOwn(tokens.table, token) ? tokens.table[token] : undefined
  if (user) return known(user)
  const found = tokens.accounts.userOf(token, audiences) ?? tokens.oidc?.userOf(token)
  if (found === undefined) return 'invalid bearer token'
  return typeof found === 'string' ? `[invalid bearer token, ${found}]` : known(found)
}

export const ANONYMOUS = 'system:anonymous'
/** Who shows no token: what he may do is for the authorizer to say. */
const NOBODY: User = { username: ANONYMOUS, groups: ['system:unauthenticated'] }

/**
 * Who sends a request, by its Authorization header. Rejects with 401 Unauthorized for a token that is not valid, and for
 * one whose issuer cannot be asked.
 */
export async function authenticate(tokens: Tokens, header: string | undefined): Promise<User> {
  // What comes after a second blank is not looked at, as in the original.
  const [scheme = '', token = ''] = (header ?? '').trim().split(' ')
  if (scheme.toLowerCase() !== 'bearer' || token === '') return NOBODY
  await tokens.oidc?.prepare(token)
  const user = userOfToken(tokens, token)
  if (typeof user === 'string') throw unauthorized()
  return user
}

/** A user as reviews print it. */
export function userInfo(user: User): Record<string, unknown> {
  const { username, uid, groups, extra } = user
  return {
    username,
    ...(uid && { uid }),
    ...(groups.length > 0 && { groups: [...groups] }),
    ...(extra && Object.keys(extra).length > 0 && { extra }),
  }
}

/** Reads a user out of a review's body; undefined when it names nobody. */
export function userOfReview(spec: unknown): User | undefined {
  if (!isRecord(spec)) return undefined
  const groups = Array.isArray(spec.groups) ? spec.groups.filter((one) => typeof one === 'string') : []
  const username = typeof spec.user === 'string' ? spec.user : ''
  return username || groups.length > 0 ? { username, groups } : undefined
}
