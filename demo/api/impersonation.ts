import type { IncomingHttpHeaders } from 'node:http'
import type { User } from './authentication.ts'
import type { Authorizer } from './authorization.ts'
import { accessDenied } from './authorization.ts'
import { badRequest } from './status.ts'

const values = (header: string | string[] | undefined) =>
  (Array.isArray(header) ? header : (header ?? '').split(','))
    .map((one) => one.trim())
    .filter((one) => one !== '')

/**
 * The user whom a request acts as: its sender, or who the Impersonate headers name when the sender may
 * impersonate them. Throws 403, and 400 for groups without a user.
 */
export function impersonated(authorizer: Authorizer, caller: User, headers: IncomingHttpHeaders): User {
  const [username] = values(headers['impersonate-user'])
  const groups = values(headers['impersonate-group'])
  if (!username) {
    if (groups.length > 0) throw badRequest('requested groups without impersonating a user')
    return caller
  }
  const wanted = [
    { resource: 'users', name: username },
    ...groups.map((name) => ({ resource: 'groups', name })),
  ]
  for (const one of wanted) {
    const asked = { verb: 'impersonate', group: '', subresource: '', namespace: '', path: '', ...one }
    const { allowed, reason } = authorizer.decide(caller, asked)
    if (!allowed) throw accessDenied(caller, asked, reason)
  }
  return { username, groups: [...new Set([...groups, 'system:authenticated'])] }
}
