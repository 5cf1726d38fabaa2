import type { IncomingMessage } from 'node:http'

/** What a request line names. */
export interface Target {
  /** Percent-decoded, otherwise as it was sent: `..` and `//` mean nothing. */
  pathname: string
  searchParams: URLSearchParams
}

const UNENCODED = /%(?![0-9a-f]{2})/i

/** The target of a request, or undefined when its path is not encoded as one. */
export function targetOf(request: IncomingMessage): Target | undefined {
  const [path = '/', ...query] = (request.url ?? '/').split('?')
  if (UNENCODED.test(path)) return undefined
  // Byte by byte, because what is encoded need not be UTF-8.
  const bytes = path.replaceAll(/%([0-9a-f]{2})/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  )
  const pathname = bytes === path ? path : Buffer.from(bytes, 'latin1').toString('utf8')
  // Parameters that are not encoded as such are not there, as in the original.
  const pairs = query
    .join('?')
    .split('&')
    .filter((pair) => !UNENCODED.test(pair) && !pair.includes(';'))
  return { pathname, searchParams: new URLSearchParams(pairs.join('&')) }
}
