import { PAGE_MARK } from '../../fleet/page-mark.ts'
import { ORIGIN_UNKNOWN, ownOrigins } from './own-origin.ts'

/** Asking for what holds no data of the cluster, reading data, changing something, or opening a WebSocket. */
export type Purpose = 'visit' | 'read' | 'change' | 'upgrade'

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
  /** Its User-Agent is a browser's, which no page can change. */
  browser: boolean
  /** It bears what nobody but our own page or a script adds: the pages' mark, or a token. Basic is a browser's own. */
  vouched: boolean
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
  /** Whether one that says nothing of where it comes from must be vouched for. */
  vouched(source: RequestSource): boolean
}

const ANY = { modes: null, dests: null, named: () => false, vouched: () => false }

const RULES: Record<Purpose, Rule> = {
  visit: { ...ANY, sites: [null, 'same-origin', 'none'] },
  // Nobody can read what their page's <img> makes a browser ask for, but a picture would be taken of a screen.
  read: {
    ...ANY,
    sites: [null, 'same-origin', 'none'],
    vouched: ({ cookie, browser }) => cookie || browser,
  },
  // A link, a form or a picture never changes anything. Scripts name no origin, and bear no cookie.
  change: {
    ...ANY,
    sites: [null, 'same-origin'],
    modes: [null, 'cors', 'same-origin'],
    dests: [null, 'empty'],
    named: ({ cookie }) => cookie,
  },
  upgrade: {
    ...ANY,
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
  browser: /^Mozilla\//i.test(header('user-agent') ?? ''),
  vouched: header(PAGE_MARK.name) === PAGE_MARK.value || /^bearer /i.test(header('authorization') ?? ''),
})

const UNVOUCHED =
  'nothing in it says that it is theirs. Open a page of the dashboard instead; a script with a cookie adds ' +
  `the header ${PAGE_MARK.name}: ${PAGE_MARK.value}`

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
  if (origin === null) {
    if (rule.named(source)) return 'it names no origin'
    return site === null && !source.vouched && rule.vouched(source) ? UNVOUCHED : null
  }
  const own = ownOrigins(host, publicOrigins)
  if (own.length === 0) return ORIGIN_UNKNOWN
  return own.includes(origin) ? null : `its origin is ${quoted(origin)}, and the dashboard's is ${own[0]}`
}
