import { createHash } from 'node:crypto'
import { originOf } from '../../kube/caller.ts'
import { Refused } from '../../kube/problem.ts'
import type { Transport } from '../../kube/transport.ts'
import type { FindSight, Gate } from '../gate.ts'
import { impersonating } from '../impersonating.ts'
import type { Person } from '../person.ts'
import { NOBODY_HEADER, PERSON_HEADER } from '../strangers.ts'
import { inNetworks, personOfProxy } from './identity-headers.ts'
import type { ProxySettings } from './identity-headers.ts'

/** There is no sign-in of ours: one person with the same groups is one session. */
const sessionOf = ({ name, groups }: Person) =>
  createHash('sha256')
    .update(JSON.stringify([name, groups]))
    .digest('base64url')
    .slice(0, 22)

function notSignedIn(why: string): Refused {
  return new Refused({
    status: 401,
    code: 'not-signed-in',
    title: 'Nobody is signed in',
    detail: `A proxy in front of the dashboard says who you are, and its word does not count here: ${why}.`,
  })
}

/**
 * `AUTH_MODE=proxy`: a proxy in front has signed people in and says who they are; the dashboard's account speaks for
 * them. `transport` is that account's.
 */
export function proxyGate(transport: Transport, settings: ProxySettings, findSight: FindSight): Gate {
  const isTrusted = inNetworks(settings.trusted)
  return {
    async enter({ headers, rawHeaders, socket }) {
      const word = personOfProxy(rawHeaders, socket.remoteAddress ?? '', settings, isTrusted)
      // Headers are Latin-1, and names are not.
      if ('person' in word) headers[PERSON_HEADER] = encodeURIComponent(JSON.stringify(word.person))
      else headers[NOBODY_HEADER] = word.refused
    },
    access: {
      async callerOf(headers) {
        const noted = headers.get(PERSON_HEADER)
        if (noted === null)
          throw notSignedIn(headers.get(NOBODY_HEADER) ?? 'the request came past the front door')
        const person = JSON.parse(decodeURIComponent(noted)) as Person
        const looker = {
          session: sessionOf(person),
          name: person.name,
          groups: person.groups,
          transport: impersonating(transport, person),
        }
        return { ...looker, means: 'impersonation', sight: () => findSight(looker), ...originOf(headers) }
      },
      // The proxy ends sessions, and every request of theirs asks it.
      onEnd: () => () => {},
    },
  }
}
