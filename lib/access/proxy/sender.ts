import { createHash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { Refused } from '../../kube/problem.ts'
import type { UserTransports } from '../../kube/user-transports.ts'
import type { Somebody } from '../somebody.ts'
import type { Person } from '../person.ts'
import { NOBODY_HEADER, PERSON_HEADER } from '../strangers.ts'
import { inNetworks, personOfProxy } from './identity-headers.ts'
import type { ProxySettings } from './identity-headers.ts'

/** Reads who a proxy says sends a request and notes it, or why nobody is believed, for `senderOf`. */
export function proxyNotes(settings: ProxySettings): (request: IncomingMessage) => void {
  const isTrusted = inNetworks(settings.trusted)
  return ({ headers, rawHeaders, socket }) => {
    const word = personOfProxy(rawHeaders, socket.remoteAddress ?? '', settings, isTrusted)
    // Headers are Latin-1, and names are not.
    if ('person' in word) headers[PERSON_HEADER] = encodeURIComponent(JSON.stringify(word.person))
    else headers[NOBODY_HEADER] = word.refused
  }
}

/** There is no sign-in of ours: one person with the same groups is one session. */
const sessionOf = ({ name, groups }: Person) =>
  `proxy-${createHash('sha256')
    .update(JSON.stringify([name, groups]))
    .digest('base64url')
    .slice(0, 22)}`

/** Who was noted to send a request. @throws Refused 401 when nobody was */
export function senderOf(headers: Headers, users: UserTransports): Somebody {
  const noted = headers.get(PERSON_HEADER)
  if (noted === null) {
    const why = headers.get(NOBODY_HEADER) ?? 'the request came past the front door'
    throw new Refused({
      status: 401,
      code: 'not-signed-in',
      title: 'You are not signed in',
      detail: `A proxy in front of the dashboard says who you are, and its word does not count here: ${why}.`,
    })
  }
  const { name, groups } = JSON.parse(decodeURIComponent(noted)) as Person
  const session = sessionOf({ name, groups })
  return { name, groups, session, means: 'impersonation', transport: users.impersonating(name, groups) }
}
