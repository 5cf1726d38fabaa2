import type { Problem } from '../fleet/writes/answer.ts'
import { foreignSource, sourceOf } from '../kube/api/request-source.ts'
import { FROM_ELSEWHERE, methodsOf, needOf, routeOf } from './route-rules.ts'

/** The head of a request, its headers by lower-case name. */
export interface Head {
  method: string
  /** As it was sent, with its query. */
  target: string
  headers: Readonly<Record<string, string | string[] | undefined>>
}

/** Why a request goes no further, and what it may ask instead. */
export interface Closed {
  problem: Problem
  /** The methods that the path takes, where only the method is wrong. */
  allow?: readonly string[]
}

export interface DoorOptions {
  /** `next dev`, whose tools have paths of their own. */
  dev: boolean
  /** Where the pages are, as `https://cocoon.example`; empty where they are at localhost only. */
  publicOrigins: readonly string[]
}

const READS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS'])
const NEXT = /^\/+_/
const STATIC = /^\/_next\/static\/[\w./~-]+$/
const DATA = /^\/+api(\/|$)/i

const notFound = (detail: string): Closed => ({
  problem: { status: 404, code: 'not-found', title: 'There is nothing here', detail },
})

function wrongMethod(method: string, allow: readonly string[]): Closed {
  const detail = `This path takes ${allow.join(', ')}, not ${method}.`
  return {
    problem: { status: 405, code: 'bad-request', title: 'The request cannot be answered', detail },
    allow,
  }
}

/** Of Next's own paths, only the files of the pages are open: no image optimiser, no maps, no data, no overlays. */
function closedPath(path: string, { dev }: DoorOptions): Closed | null {
  if (!path.startsWith('/')) {
    const detail = 'The request names another server, or none, as its target.'
    return { problem: { status: 400, code: 'bad-request', title: 'The request cannot be read', detail } }
  }
  // Two readers disagree about which path this is.
  if (
    decodeURIComponent(path)
      .split(/[/\\]/)
      .some((part) => part === '.' || part === '..')
  ) {
    return notFound('The path has dots in it that lead elsewhere.')
  }
  if (dev || !NEXT.test(decodeURIComponent(path))) return null
  return STATIC.test(path) && !path.endsWith('.map') ? null : notFound('There is no such file.')
}

function closedRoute(path: string, method: string): Closed | null {
  const pattern = routeOf(path)
  if (pattern === null) {
    if (DATA.test(decodeURIComponent(path))) {
      return notFound('There is no such route, or it has no rule (lib/access/route-rules.ts).')
    }
    return READS.has(method) ? null : wrongMethod(method, ['GET', 'HEAD'])
  }
  if (method === 'OPTIONS' || needOf(pattern, method) !== undefined) return null
  return wrongMethod(method, methodsOf(pattern))
}

function foreign(path: string, { method, headers }: Head, { publicOrigins }: DoorOptions): Closed | null {
  const reads = READS.has(method)
  // Anybody may link to a page, which holds no data; what data there is is for our own pages, and for scripts.
  if (reads && (!DATA.test(decodeURIComponent(path)) || FROM_ELSEWHERE.has(path))) return null
  const header = (name: string) => (headers[name] === undefined ? null : String(headers[name]))
  const pattern = routeOf(path)
  const data = pattern !== null && needOf(pattern, method) === 'signed-in'
  const purpose = !reads ? 'change' : data ? 'read' : 'visit'
  const why = foreignSource(sourceOf(purpose, header), publicOrigins)
  if (why === null) return null
  return {
    problem: {
      status: 403,
      code: 'cross-site',
      title: 'The request comes from elsewhere',
      detail: `Only the dashboard's own pages and scripts may ask this: ${why}.`,
    },
  }
}

/**
 * Why no handler is to see a request: its path or method is of no route that has a rule, or it comes from another site.
 * Null for all others, whose handlers decide. The path must be one that can be decoded.
 */
export function closedTo(head: Head, options: DoorOptions): Closed | null {
  const path = head.target.split('?')[0] ?? ''
  return (
    closedPath(path, options) ??
    (options.dev && NEXT.test(path) ? null : closedRoute(path, head.method)) ??
    foreign(path, head, options)
  )
}
