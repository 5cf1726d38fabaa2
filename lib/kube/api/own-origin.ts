import { isLoopback } from './loopback.ts'

const nameOf = (host: string) => host.replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1')

/** The origins of this dashboard's pages, as one who came by this Host may have; empty when that is not known. */
export function ownOrigins(host: string | null, publicOrigins: readonly string[]): readonly string[] {
  if (publicOrigins.length > 0) return publicOrigins
  // Any other name may have been made to point here by somebody else.
  return host !== null && isLoopback(nameOf(host)) ? [`http://${host}`] : []
}

/** What to do where the dashboard does not know under which origin its pages are. */
export const ORIGIN_UNKNOWN =
  'this dashboard is not reached under http://localhost, so it does not know the origin of its own pages: ' +
  'set PUBLIC_ORIGIN to their address, as https://cocoon.example'
