import type { IncomingMessage, ServerResponse } from 'node:http'
import { proxyToService, remoteService } from './aggregation-proxy.ts'
import { servedVersions } from './aggregation-services.ts'
import type { User } from './authentication.ts'
import { authenticate } from './authentication.ts'
import type { Attributes } from './authorization.ts'
import { accessDenied } from './authorization.ts'
import { readObject } from './body.ts'
import type { Cluster } from './cluster.ts'
import { isDryRun } from './delete-options.ts'
import { discoveryOf, isDiscovery } from './discovery.ts'
import { warningHeaders } from './field-validation.ts'
import { impersonated } from './impersonation.ts'
import { negotiate } from './negotiate.ts'
import { answerOpenApi } from './openapi/answer-openapi.ts'
import { handleObjects } from './object-requests.ts'
import { attributesOfPath, pathAttributes } from './path-attributes.ts'
import { podProxyOf } from './pod-proxy.ts'
import { presentationOf } from './represent.ts'
import type { Answer } from './respond.ts'
import { answerReview, reviewOf } from './reviews.ts'
import { attributesOf, routeOf } from './route.ts'
import { openidConfiguration } from './service-account-tokens.ts'
import { badRequest, methodNotAllowed, noSuchResource } from './status.ts'
import { authorizationOf } from './upgrade-bearer.ts'
import type { UpgradeResponse } from './upgrade-response.ts'

const VERSION = {
  major: '1',
  minor: '36',
  emulationMajor: '1',
  emulationMinor: '36',
  minCompatibilityMajor: '1',
  minCompatibilityMinor: '35',
  gitVersion: 'v1.36.3-cocoon-demo',
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

function openidDocument(cluster: Cluster, request: IncomingMessage, path: string): Answer | undefined {
  if (path === '/openid/v1/jwks') {
    const contentType = 'application/jwk-set+json'
    return { code: 200, body: JSON.stringify(cluster.signer.keySet()), contentType }
  }
  if (path !== '/.well-known/openid-configuration') return undefined
  const found = openidConfiguration(`https://${request.headers.host ?? ''}`)
  return { code: 200, body: JSON.stringify(found) }
}

function document(cluster: Cluster, request: IncomingMessage, path: string): Answer {
  if (path === '/version') return { code: 200, body: JSON.stringify(VERSION) }
  const openid = openidDocument(cluster, request, path)
  if (openid) return openid
  if (!isDiscovery(path)) throw noSuchResource()
  const negotiated = negotiate(request.headers.accept, ['discovery'])
  const discovered = { registry: cluster.registry, versions: servedVersions(cluster) }
  const found = discoveryOf(discovered, path, request.headers.host ?? '', negotiated)
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
  upgrade?: UpgradeResponse,
): Promise<Answer | undefined> {
  const url = urlOf(request)
  const method = request.method ?? 'GET'
  if (HEALTH.has(url.pathname)) return { code: 200, body: 'ok', contentType: 'text/plain; charset=utf-8' }
  const caller = authenticate(cluster.tokens, authorizationOf(request))
  const user = impersonated(cluster.authorizer, caller, request.headers)
  const reviewed = await review(cluster, user, request, url.pathname)
  if (reviewed) return reviewed
  const remote = remoteService(cluster, url.pathname)
  if (remote) {
    authorize(cluster, user, attributesOfPath(method, url))
    return proxyToService(cluster, remote, user, request, response)
  }
  const route = routeOf(cluster.registry, method, url)
  if (!route) {
    authorize(cluster, user, pathAttributes(method.toLowerCase(), url.pathname))
    const openApi = answerOpenApi(cluster.registry, request, url)
    if (openApi) return openApi
    if (method !== 'GET' && method !== 'HEAD') throw methodNotAllowed()
    return document(cluster, request, url.pathname)
  }
  authorize(cluster, user, attributesOf(route))
  const toPod = podProxyOf(route)
  if (toPod) return toPod({ cluster, route, user, request, response, upgrade })
  const forms = route.verb === 'create' && route.subresource ? [] : (['table', 'metadata'] as const)
  const how = presentationOf(negotiate(request.headers.accept, forms), url.searchParams, cluster.clock.now())
  const { deprecation } = route.resource
  const warned = warningHeaders(deprecation ? [deprecation] : []).headers
  if (warned) response.setHeader('warning', warned.warning)
  const writer = { user, dryRun: isDryRun(url.searchParams) }
  return handleObjects({ cluster, route, how, writer, request, response })
}
