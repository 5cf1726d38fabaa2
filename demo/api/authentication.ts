import { isRecord } from './json.ts'
import { unauthorized } from './status.ts'

export interface User {
  username: string
  uid?: string
  groups: readonly string[]
}

/** Bearer token to the user it stands for. */
export type TokenTable = Readonly<Record<string, User>>

const AUTHENTICATED = 'system:authenticated'

/** The user as requests see it: every known user is also in system:authenticated. */
export function userOfToken(tokens: TokenTable, token: string): User | undefined {
  const user = Object.hasOwn(tokens, token) ? tokens[token] : undefined
  if (!user) return undefined
  return user.groups.includes(AUTHENTICATED) ? user : { ...user, groups: [...user.groups, AUTHENTICATED] }
}

/** Who sends a request, by its Authorization header. Throws 401 Unauthorized. */
export function authenticate(tokens: TokenTable, header: string | undefined): User {
  const match = /^bearer +(\S+) *$/i.exec(header ?? '')
  const user = match?.[1] === undefined ? undefined : userOfToken(tokens, match[1])
  if (!user) throw unauthorized()
  return user
}

/** A user as reviews print it. */
export function userInfo(user: User): Record<string, unknown> {
  return { username: user.username, ...(user.uid && { uid: user.uid }), groups: [...user.groups] }
}

/** Reads a user out of a review's body; undefined when it names nobody. */
export function userOfReview(spec: unknown): User | undefined {
  if (!isRecord(spec)) return undefined
  const groups = Array.isArray(spec.groups) ? spec.groups.filter((one) => typeof one === 'string') : []
  const username = typeof spec.user === 'string' ? spec.user : ''
  return username || groups.length > 0 ? { username, groups } : undefined
}
