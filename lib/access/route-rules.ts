/** Whether a route needs somebody to be signed in; what is public holds no data of the cluster. */
export type Need = 'public' | 'signed-in'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** What a route needs, by method; what is not named is not answered. A route that takes GET takes HEAD. */
export type RouteRule = Readonly<Partial<Record<Method, Need>>>

const PAGE: RouteRule = { GET: 'public' }
const READ: RouteRule = { GET: 'signed-in' }
const ACTION: RouteRule = { POST: 'signed-in' }

/**
 * Every route there is, as Next writes it in its manifests. A path under /api that is missing here is not answered at
 * all, so a new route cannot be forgotten; its handler asks for whoever sends the request, and nothing else decides.
 */
export const ROUTE_RULES = {
  '/': PAGE,
  '/_not-found': PAGE,
  '/_global-error': PAGE,
  '/icon.svg': PAGE,
  '/audit': PAGE,
  '/screens': PAGE,
  '/sign-in': PAGE,
  '/sets/new': PAGE,
  '/sets/[namespace]/[name]/edit': PAGE,
  '/vms/[namespace]/[name]/console': PAGE,
  '/vms/[namespace]/[name]/logs': PAGE,
  '/vms/[namespace]/[name]/terminal': PAGE,
  '/healthz': { GET: 'public' },
  '/readyz': { GET: 'public' },
  '/api/openapi.json': { GET: 'public' },
  '/api/fleet': READ,
  '/api/fleet/stream': READ,
  '/api/audit': READ,
  '/api/rights': READ,
  '/api/bulk': { POST: 'signed-in', DELETE: 'signed-in' },
  '/api/hibernations/[namespace]/[name]': { DELETE: 'signed-in' },
  '/api/session': { GET: 'public', POST: 'public', DELETE: 'public' },
  '/api/session/oidc': { GET: 'public' },
  '/api/session/oidc/callback': { GET: 'public' },
  '/api/sets': ACTION,
  '/api/sets/[namespace]/[name]': { GET: 'signed-in', PUT: 'signed-in', DELETE: 'signed-in' },
  '/api/sets/[namespace]/[name]/[action]': ACTION,
  '/api/vms/[namespace]/[name]': { GET: 'signed-in', DELETE: 'signed-in' },
  '/api/vms/[namespace]/[name]/[action]': ACTION,
  '/api/vms/[namespace]/[name]/console': ACTION,
  '/api/vms/[namespace]/[name]/logs': READ,
  '/api/vms/[namespace]/[name]/screen': READ,
  '/api/vms/[namespace]/[name]/viewers': { GET: 'signed-in', POST: 'signed-in' },
} as const satisfies Readonly<Record<string, RouteRule>>

/** A provider elsewhere sends people here; what they bring says whether they began it here. */
export const FROM_ELSEWHERE: ReadonlySet<string> = new Set(['/api/session/oidc/callback'])

export type RoutePattern = keyof typeof ROUTE_RULES

interface Route {
  pattern: RoutePattern
  segments: readonly string[]
}

const isParameter = (segment: string) => segment.startsWith('[')

/** A route of words goes before one of parameters, as Next has it. */
const byWords = (left: Route, right: Route) =>
  right.segments.filter((segment) => !isParameter(segment)).length -
  left.segments.filter((segment) => !isParameter(segment)).length

const ROUTES: readonly Route[] = Object.keys(ROUTE_RULES)
  .map((pattern) => ({ pattern: pattern as RoutePattern, segments: pattern.split('/') }))
  .toSorted(byWords)

/** The route that a path asks for, its words as they stand; null for a path of none. */
export function routeOf(path: string): RoutePattern | null {
  const parts = path.split('/')
  const fits = ({ segments }: Route) =>
    segments.length === parts.length &&
    segments.every((segment, at) => (isParameter(segment) ? parts[at] !== '' : segment === parts[at]))
  return ROUTES.find(fits)?.pattern ?? null
}

/** What a route needs of one method; undefined when it does not take it. */
export function needOf(pattern: RoutePattern, method: string): Need | undefined {
  const rule: RouteRule = ROUTE_RULES[pattern]
  return rule[(method === 'HEAD' ? 'GET' : method) as Method]
}

/** The methods that a route takes, for an Allow header. */
export const methodsOf = (pattern: RoutePattern): string[] =>
  Object.keys(ROUTE_RULES[pattern]).flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method]))
