import type { IncomingHttpHeaders } from 'node:http'
import type { User } from './authentication.ts'
import type { Attributes, Authorizer } from './authorization.ts'
import { accessDenied, asDenial } from './authorization.ts'
import { accountGroups } from './service-account-users.ts'
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

type Asked = Pick<Attributes, 'group' | 'resource' | 'subresource' | 'name'> & { namespace?: string }

const toImpersonate = (verb: string, asked: Asked): Attributes => ({
  verb,
  namespace: '',
  path: '',
  ...asked,
})

/** Who may act as whom: the sender's rights are asked of the authorizer, for the request that he sends. */
export interface Impersonation {
  authorizer: Authorizer
  caller: User
  request: Attributes
  /** The way in which each sender impersonated somebody the last time: he is told first why that fails. */
  ways: Map<string, 'constrained' | 'everywhere'>
}

/** The first right that is missing to act as somebody, whatever the request is. */
const missingEverywhere = ({ authorizer, caller }: Impersonation, wanted: readonly Asked[]) =>
  wanted
    .map((asked) => toImpersonate('impersonate', asked))
    .find((asked) => !authorizer.decide(caller, asked).allowed)

const MODES = [
  { prefix: 'system:serviceaccount:', mode: 'serviceaccount' },
  { prefix: 'system:node:', mode: 'arbitrary-node' },
] as const

/** The first right that is missing to be this kind of user, for this verb on this resource. */
function missingConstrained(
  { authorizer, caller, request }: Impersonation,
  wanted: readonly Asked[],
  username: string,
) {
  const mode = MODES.find(({ prefix }) => username.startsWith(prefix))?.mode ?? 'user-info'
  const onRequest = { ...request, verb: `impersonate-on:${mode}:${request.verb}` }
  const asUser = wanted.map((asked) =>
    toImpersonate(`impersonate:${mode}`, { ...asked, group: 'authentication.k8s.io' }),
  )
  return [onRequest, ...asUser].find((asked) => !authorizer.decide(caller, asked).allowed)
}

/** Senders whose last way is remembered. */
const KEPT = 1_000

/** Throws 403 unless the sender may impersonate, be it in the constrained way or whatever the request is. */
function requireImpersonation(
  impersonation: Impersonation,
  wanted: readonly Asked[],
  username: string,
): void {
  const { authorizer, caller, ways } = impersonation
  const constrained = missingConstrained(impersonation, wanted, username)
  const everywhere = missingEverywhere(impersonation, wanted)
  if (constrained && everywhere) {
    const denied = ways.get(caller.username) === 'everywhere' ? everywhere : constrained
    throw accessDenied(caller, denied, authorizer.decide(caller, denied).reason)
  }
  if (ways.size >= KEPT) ways.clear()
  ways.set(caller.username, constrained ? 'everywhere' : 'constrained')
}

const ACCOUNT = /^system:serviceaccount:([^:]+):([^:]+)$/

/**
 * The user whom a request acts as: its sender, or who the Impersonate headers name when the sender may
 * impersonate them. Throws 403, and 400 for groups and the like without a user.
 */
export function impersonated(impersonation: Impersonation, headers: IncomingHttpHeaders): User {
  const [username] = values(headers['impersonate-user'])
  const [uid = ''] = values(headers['impersonate-uid'])
  const groups = values(headers['impersonate-group'])
  const extra = extrasOf(headers)
  const extras = Object.entries(extra)
  if (!username) {
    if (groups.length > 0 || uid || extras.length > 0) throw nameless(uid, groups, extra)
    return impersonation.caller
  }
  const authentication = 'authentication.k8s.io'
  const [, namespace, account = ''] = ACCOUNT.exec(username) ?? []
  const who: Asked =
    namespace === undefined
      ? { group: '', resource: 'users', subresource: '', name: username }
      : { group: '', resource: 'serviceaccounts', subresource: '', namespace, name: account }
  const wanted = [
    who,
    ...groups.map((name) => ({ group: '', resource: 'groups', subresource: '', name })),
    ...(uid ? [{ group: authentication, resource: 'uids', subresource: '', name: uid }] : []),
    ...extras.flatMap(([key, list]) =>
      list.map((name) => ({ group: authentication, resource: 'userextras', subresource: key, name })),
    ),
  ]
  requireImpersonation(impersonation, wanted, username)
  // Groups that nobody names: a service account is in its own.
  const own = namespace !== undefined && groups.length === 0 ? accountGroups(namespace) : groups
  return {
    username,
    ...(uid && { uid }),
    groups: [...new Set([...own, 'system:authenticated'])],
    ...(extras.length > 0 && { extra }),
  }
}
