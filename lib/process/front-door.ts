/** Why a request is turned away before any route sees it. */
export interface TurnedAway {
  status: 400 | 405 | 431
  /** One sentence for people. */
  detail: string
}

interface Head {
  method?: string | undefined
  url?: string | undefined
  rawHeaders: readonly string[]
}

const METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE'])

/** More fields than any client of ours or any proxy sends. Node drops, without a word, what is beyond its own limit. */
export const MOST_HEADERS = 100

function isDecodable(target: string): boolean {
  try {
    decodeURIComponent(target.split('?')[0] ?? '')
    return true
  } catch {
    return false
  }
}

/** Names stand at even places of raw headers. */
const hostsIn = (rawHeaders: readonly string[]) =>
  rawHeaders.filter((name, at) => at % 2 === 0 && name.toLowerCase() === 'host').length

/**
 * What Node lets in and no route can answer rightly: a second Host (RFC 9112 section 3.2), by which two readers could
 * disagree about who is meant; more fields than anybody needs; a path with a broken escape; a method that nothing here knows. Undefined for all others.
 */
export function turnedAway({ method = 'GET', url = '/', rawHeaders }: Head): TurnedAway | undefined {
  if (rawHeaders.length > MOST_HEADERS * 2) {
    return { status: 431, detail: `The request has more than ${MOST_HEADERS} header fields.` }
  }
  if (hostsIn(rawHeaders) > 1) return { status: 400, detail: 'The request names more than one host.' }
  if (!isDecodable(url)) return { status: 400, detail: 'The path has a % that begins no escape.' }
  if (!METHODS.has(method)) return { status: 405, detail: `Nothing here answers ${method}.` }
  return undefined
}
