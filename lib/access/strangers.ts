import type { IncomingHttpHeaders } from 'node:http'

/** Set by us alone, before any handler looks: who sends the request, as JSON. */
export const PERSON_HEADER = 'x-cocoon-person'
/** Set by us alone: why nobody is believed to send it. */
export const NOBODY_HEADER = 'x-cocoon-nobody'

/** What servers in front or behind might take for somebody's name, or for leave to skip a check (promise E2). */
const CLAIMS = [
  /^impersonate-/,
  /^x-remote-/,
  /^x-cocoon-/,
  /^x-middleware-/,
  /^x-auth-request-/,
  /^x-forwarded-(user|groups|email|preferred-username|access-token|uri|method)$/,
]

/** Takes away whatever a request says of who sent it, in any spelling. What came stays in its `rawHeaders`. */
export function dropClaims(headers: IncomingHttpHeaders): void {
  for (const name of Object.keys(headers)) {
    const folded = name.toLowerCase().replaceAll('_', '-')
    if (CLAIMS.some((claim) => claim.test(folded))) delete headers[name]
  }
}
