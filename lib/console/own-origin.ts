import { isLoopback } from '../kube/api/who-may-act.ts'

const nameOf = (host: string) => host.replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1')

/** The origins of this dashboard's pages, as one who came by this Host may have; empty when that is not known. */
export function ownOrigins(host: string | null, publicOrigins: readonly string[]): readonly string[] {
  if (publicOrigins.length > 0) return publicOrigins
  // Any other name may have been made to point here by somebody else; a proxy in front may end TLS.
  return host !== null && isLoopback(nameOf(host)) ? [`http://${host}`, `https://${host}`] : []
}

/** What to do where the dashboard does not know under which origin its pages are. */
export const ORIGIN_UNKNOWN =
  'Consoles open only for the pages of a known origin, and this dashboard is not reached under localhost: ' +
  'set PUBLIC_ORIGIN to its address, as https://cocoon.example.'

/**
 * Why a WebSocket must not be opened for a page of this origin; null for the dashboard's own pages. SameSite cookies do
 * not help here, since pages of sibling names count as the same site: only the exact origin does (promise D1).
 */
export function foreignOrigin(
  origin: string | undefined,
  host: string | null,
  publicOrigins: readonly string[],
): string | null {
  const own = ownOrigins(host, publicOrigins)
  if (own.length === 0) return ORIGIN_UNKNOWN
  if (origin !== undefined && own.includes(origin)) return null
  const named = origin === undefined ? 'no origin' : `the origin ${JSON.stringify(origin.slice(0, 100))}`
  return `Only the dashboard's own pages may open consoles; this request names ${named}.`
}
