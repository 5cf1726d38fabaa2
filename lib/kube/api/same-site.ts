import { Refused } from '../problem.ts'

/** What a browser says of a request that a page of this very origin makes, or a person by the address bar. */
const OWN_SITES: ReadonlySet<string | null> = new Set([null, 'same-origin', 'none'])

function foreignness(headers: Headers): string | undefined {
  const site = headers.get('sec-fetch-site')
  if (!OWN_SITES.has(site)) return `it comes from another site (Sec-Fetch-Site: ${site?.slice(0, 40)})`
  const origin = headers.get('origin')
  if (origin === null) return undefined
  const host = headers.get('host')
  if (host === null || host === '') return 'it names an origin and no host'
  // A proxy in front may end TLS, so both schemes are this dashboard's; `null` is a stranger's.
  const own = origin === `http://${host}` || origin === `https://${host}`
  return own ? undefined : `its origin is ${origin.slice(0, 100)}, and this is ${host.slice(0, 100)}`
}

/**
 * Lets a mutation pass that comes from the dashboard's own pages, or from no browser at all.
 * @throws Refused for any other: another page could act as the person who looks at it (promise C7)
 */
export function requireSameSite(request: Request): void {
  const why = foreignness(request.headers)
  if (why === undefined) return
  throw new Refused({
    status: 403,
    code: 'cross-site',
    title: 'The request comes from elsewhere',
    detail: `Only the dashboard's own pages and scripts may act: ${why}.`,
  })
}
