import { isLoopback } from '../../kube/api/loopback.ts'

/** A browser keeps no more than 4,096 bytes of one cookie, its name and attributes included. */
const PIECE = 3_800
const MOST_PIECES = 6

export interface CookieName {
  name: string
  /** Sent over TLS alone. */
  secure: boolean
}

const hostOf = (origin: string) => new URL(origin).host

/**
 * What the cookie is called for who comes by this Host: `__Host-` behind TLS; on loopback with the port in it, since
 * browsers keep cookies of all ports together. Null where the dashboard's own address is not known.
 */
export function cookieName(host: string | null, publicOrigins: readonly string[]): CookieName | null {
  if (host === null) return null
  const own = publicOrigins.find((origin) => hostOf(origin) === host.toLowerCase())
  if (own?.startsWith('https:')) return { name: '__Host-cocoon', secure: true }
  const [, name = '', port = '80'] = /^(.*?)(?::(\d+))?$/.exec(host) ?? []
  const loopback = publicOrigins.length === 0 && isLoopback(name.replace(/^\[(.*)\]$/, '$1'))
  return own !== undefined || loopback ? { name: `cocoon-${port}`, secure: false } : null
}

function cookiesIn(header: string): Map<string, string> {
  const pairs = header.split(';').map((pair) => {
    const at = pair.indexOf('=')
    return [pair.slice(0, at).trim(), pair.slice(at + 1).trim()] as const
  })
  // The first of one name counts: it is of the longest path, and there is one path.
  return new Map(pairs.toReversed())
}

/** The value that `setCookies` wrote, out of a Cookie header; null when there is none, or only some of it. */
export function readCookie(header: string | null, { name }: CookieName): string | null {
  const cookies = cookiesIn(header ?? '')
  const count = Number(/^([1-6])~/.exec(cookies.get(name) ?? '')?.[1] ?? 0)
  const pieces = Array.from({ length: count }, (_, at) => cookies.get(at === 0 ? name : `${name}.${at}`))
  if (count === 0 || pieces.includes(undefined)) return null
  return pieces.join('').slice(2)
}

const attributes = ({ secure }: CookieName, seconds: number) =>
  `; Path=/; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}; Max-Age=${seconds}`

/** Set-Cookie headers for a value of any length. @throws RangeError when no browser would keep it */
export function setCookies(cookie: CookieName, value: string, seconds: number): string[] {
  const count = Math.ceil((value.length + 2) / PIECE)
  if (count > MOST_PIECES) throw new RangeError('a session does not fit into cookies')
  const whole = `${count}~${value}`
  return Array.from({ length: count }, (_, at) => {
    const name = at === 0 ? cookie.name : `${cookie.name}.${at}`
    return `${name}=${whole.slice(at * PIECE, (at + 1) * PIECE)}${attributes(cookie, seconds)}`
  })
}

/** Set-Cookie headers that take it away, all pieces of it. */
export const dropCookies = (cookie: CookieName, header: string | null): string[] => {
  const there = cookiesIn(header ?? '')
  const names = Array.from({ length: MOST_PIECES }, (_, at) =>
    at === 0 ? cookie.name : `${cookie.name}.${at}`,
  )
  return names
    .filter((name, at) => at === 0 || there.has(name))
    .map((name) => `${name}=${attributes(cookie, 0)}`)
}
