import type { IncomingHttpHeaders } from 'node:http'
import type { User } from './authentication.ts'
import type { Attributes, Authorizer } from './authorization.ts'
import { accessDenied, asDenial } from './authorization.ts'
import { badRequest } from './status.ts'

const values = (header: string | string[] | undefined) =>
  (Array.isArray(header) ? header : (header ?? '').split(','))
    .map((one) => one.trim())
    .filter((one) => one !== '')

const EXTRA = 'impersonate-extra-'

function extrasOf(headers: IncomingHttpHeaders): Record<string, string[]> {
  const found = Object.entries(headers).filter(([name]) => name.startsWith(EXTRA))
  return Object.fromEntries(
    found.map(([name, value]) => [decodeURIComponent(name.slice(EXTRA.length)), values(value)]),
  )
}

const listed = (texts: readonly string[]) => `[]string{${texts.map((one) => JSON.stringify(one)).join(', ')}}`

/** What was asked for without a name, as the original prints it. */
function nameless(uid: string, groups: readonly string[], extra: Record<string, string[]>): Error {
  const texts = Object.entries(extra).map(([key, list]) => `${JSON.stringify(key)}:${listed(list)}`)
  const printed = [
    'Name:""',
    `UID:${JSON.stringify(uid)}`,
    `Groups:${groups.length > 0 ? listed(groups) : '[]string(nil)'}`,
    `Extra:map[string][]string${texts.length > 0 ? `{${texts.join(', ')}}` : '(nil)'}`,
  ]
  return asDenial(
    badRequest(`requested &user.DefaultInfo{${printed.join(', ')}} without impersonating a user name`),
  )
}

/**
 * The user whom a request acts as: its sender, or who the Impersonate headers name when the sender may
 * impersonate them. Throws 403, and 400 for groups and the like without a user.
 */
export function impersonated(authorizer: Authorizer, caller: User, headers: IncomingHttpHeaders): User {
  const [username] = values(headers['impersonate-user'])
  const [uid = ''] = values(headers['impersonate-uid'])
  const groups = values(headers['impersonate-group'])
  const extra = extrasOf(headers)
  const extras = Object.entries(extra)
  if (!username) {
    if (groups.length > 0 || uid || extras.length > 0) throw nameless(uid, groups, extra)
    return caller
  }
  const authentication = 'authentication.k8s.io'
  const wanted = [
    { group: '', resource: 'users', subresource: '', name: username },
    ...groups.map((name) => ({ group: '', resource: 'groups', subresource: '', name })),
    ...(uid ? [{ group: authentication, resource: 'uids', subresource: '', name: uid }] : []),
    ...extras.flatMap(([key, list]) =>
      list.map((name) => ({ group: authentication, resource: 'userextras', subresource: key, name })),
    ),
  ]
  for (const { group, resource, subresource, name } of wanted) {
    const verb = 'impersonate'
    const asked: Attributes = { verb, group, resource, subresource, name, namespace: '', path: '' }
    const { allowed, reason } = authorizer.decide(caller, asked)
    if (!allowed) throw accessDenied(caller, asked, reason)
  }
  return {
    username,
    ...(uid && { uid }),
    groups: [...new Set([...groups, 'system:authenticated'])],
    ...(extras.length > 0 && { extra }),
  }
}
