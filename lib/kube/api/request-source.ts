import { ORIGIN_UNKNOWN, ownOrigins } from './own-origin.ts'

/** Reading data, changing something, or opening a WebSocket. */
export type Purpose = 'read' | 'change' | 'upgrade'

/** What a request says about where it comes from; headers that are missing are null. */
export interface RequestSource {
  purpose: Purpose
  host: string | null
  origin: string | null
  /** Sec-Fetch-Site, -Mode and -Dest: browsers set them, and pages cannot. Plain HTTP to another machine has none. */
  site: string | null
  mode: string | null
  dest: string | null
  /** A browser adds cookies by itself, whoever made it send the request. */
  cookie: boolean
}

type Words = readonly (string | null)[]

interface Rule {
  /** `none` is a person at the address bar, who reads. */
  sites: Words
  /** Null for any. */
  modes: Words | null
  dests: Words | null
  /** Whether the request must name an origin. */
  named(source: RequestSource): boolean
}

const RULES: Record<Purpose, Rule> = {
  read: { sites: [null, 'same-origin', 'none'], modes: null, dests: null, named: () => false },
  // A link, a form or a picture never changes anything. Scripts name no origin, and bear no cookie.
  change: {
    sites: [null, 'same-origin'],
    modes: [null, 'cors', 'same-origin'],
    dests: [null, 'empty'],
    named: ({ cookie }) => cookie,
  },
  upgrade: {
    sites: [null, 'same-origin'],
    modes: [null, 'websocket'],
    dests: [null, 'empty', 'websocket'],
    named: () => true,
  },
}

/** What a request says, whose headers are read by `header`. */
export const sourceOf = (purpose: Purpose, header: (name: string) => string | null): RequestSource => ({
  purpose,
  host: header('host'),
  origin: header('origin'),
  site: header('sec-fetch-site'),
  mode: header('sec-fetch-mode'),
  dest: header('sec-fetch-dest'),
  cookie: header('cookie') !== null,
})

const quoted = (text: string | null) => JSON.stringify((text ?? '').slice(0, 100))

/**
 * Why a request comes neither from the dashboard's own pages nor from a script; null when it does. SameSite cookies do
 * not help: a page of a sibling name, in a VM perhaps, is of the same site. Only the exact origin tells (promises C7, D1).
 */
export function foreignSource(source: RequestSource, publicOrigins: readonly string[]): string | null {
  const { host, origin, site, mode, dest } = source
  const rule = RULES[source.purpose]
  if (!rule.sites.includes(site)) return `it comes from another site (Sec-Fetch-Site: ${quoted(site)})`
  if (rule.modes !== null && !rule.modes.includes(mode)) {
    return `no page of the dashboard asks like this (Sec-Fetch-Mode: ${quoted(mode)})`
  }
  if (rule.dests !== null && !rule.dests.includes(dest)) {
    return `no page of the dashboard asks like this (Sec-Fetch-Dest: ${quoted(dest)})`
  }
  if (origin === null) return rule.named(source) ? 'it names no origin' : null
  const own = ownOrigins(host, publicOrigins)
  if (own.length === 0) return ORIGIN_UNKNOWN
  return own.includes(origin) ? null : `its origin is ${quoted(origin)}, and the dashboard's is ${own[0]}`
}
