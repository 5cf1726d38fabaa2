import type { IncomingMessage, ServerResponse } from 'node:http'
import type { User } from './authentication.ts'
import { authenticate } from './authentication.ts'
import type { Attributes } from './authorization.ts'
import { accessDenied } from './authorization.ts'
import { readObject } from './body.ts'
import type { Cluster } from './cluster.ts'
import { isDryRun } from './delete-options.ts'
import { discoveryOf, isDiscovery } from './discovery.ts'
import { impersonated } from './impersonation.ts'
import { negotiate } from './negotiate.ts'
import { answerOpenApi } from './openapi/answer-openapi.ts'
import { handleObjects } from './object-requests.ts'
import { presentationOf } from './represent.ts'
import type { Answer } from './respond.ts'
import { answerReview, reviewOf } from './reviews.ts'
import { attributesOf, routeOf } from './route.ts'
import { badRequest, methodNotAllowed, noSuchResource } from './status.ts'

const VERSION = {
  major: '1',
  minor: '34',
  emulationMajor: '1',
  emulationMinor: '34',
  gitVersion: 'v1.34.1-cocoon-demo',
  gitCommit: '',
  gitTreeState: 'clean',
  buildDate: '2026-01-01T00:00:00Z',
  goVersion: 'none',
  compiler: 'none',
  platform: 'linux/amd64',
}
/** Answered to everybody, as for load balancers. */
const HEALTH = new Set(['/healthz', '/livez', '/readyz'])

function authorize(cluster: Cluster, user: User, asked: Attributes): void {
  const { allowed, reason } = cluster.authorizer.decide(user, asked)
  if (!allowed) throw accessDenied(user, asked, reason)
}

const pathAttributes = (verb: string, path: string): Attributes => ({
  verb,
  path,
  group: '',
  resource: '',
  subresource: '',
  namespace: '',
  name: '',
})

function urlOf(request: IncomingMessage): URL {
  try {
    return new URL(request.url ?? '/', 'http://api.invalid')
  } catch {
    throw badRequest('the URL is not valid')
  }
}

async function review(
  cluster: Cluster,
  user: User,
  request: IncomingMessage,
  path: string,
): Promise<Answer | undefined> {
  const found = reviewOf(path)
  if (!found) return undefined
  if (request.method !== 'POST') throw methodNotAllowed(found.review)
  const body = await readObject(request)
  const answered = answerReview(cluster, found.review, user, body, found.namespace)
  return { code: 201, body: JSON.stringify(answered) }
}

function document(cluster: Cluster, request: IncomingMessage, path: string): Answer {
  if (path === '/version') return { code: 200, body: JSON.stringify(VERSION) }
  if (!isDiscovery(path)) throw noSuchResource()
  const negotiated = negotiate(request.headers.accept, ['discovery'])
  const found = discoveryOf(cluster.registry, path, request.headers.host ?? '', negotiated)
  if (!found) throw noSuchResource()
  const aggregated = found.kind === 'APIGroupDiscoveryList'
  const contentType = aggregated ? negotiated.contentType : 'application/json'
  return { code: 200, body: JSON.stringify(found), contentType, headers: { vary: 'Accept' } }
}

/**
 * Authenticates, authorises and answers one request. Answers undefined when the handler has taken the
 * connection over. Throws the Status of everything that goes wrong.
 */
export async function handleRequest(
  cluster: Cluster,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<Answer | undefined> {
  const url = urlOf(request)
  const method = request.method ?? 'GET'
  if (HEALTH.has(url.pathname)) return { code: 200, body: 'ok', contentType: 'text/plain; charset=utf-8' }
  const caller = authenticate(cluster.tokens, request.headers.authorization)
  const user = impersonated(cluster.authorizer, caller, request.headers)
  const reviewed = await review(cluster, user, request, url.pathname)
  if (reviewed) return reviewed
  const route = routeOf(cluster.registry, method, url)
  if (!route) {
    authorize(cluster, user, pathAttributes(method.toLowerCase(), url.pathname))
    const openApi = answerOpenApi(cluster.registry, request, url)
    if (openApi) return openApi
    if (method !== 'GET' && method !== 'HEAD') throw methodNotAllowed()
    return document(cluster, request, url.pathname)
  }
  authorize(cluster, user, attributesOf(route))
  const forms = route.subresource === 'binding' ? [] : (['table', 'metadata'] as const)
  const how = presentationOf(negotiate(request.headers.accept, forms), url.searchParams, cluster.clock.now())
  const writer = { user, dryRun: isDryRun(url.searchParams) }
  return handleObjects({ cluster, route, how, writer, request, response })
}
