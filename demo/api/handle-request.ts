import type { IncomingMessage, ServerResponse } from 'node:http'
import { proxyToService, remoteService } from './aggregation-proxy.ts'
import type { User } from './authentication.ts'
import { authenticate } from './authentication.ts'
import type { Attributes } from './authorization.ts'
import { accessDenied } from './authorization.ts'
import { mediaType, readObject } from './body.ts'
import type { Cluster } from './cluster.ts'
import { documentOf } from './documents.ts'
import { healthAnswer } from './health.ts'
import { impersonated } from './impersonation.ts'
import { textAt } from './json.ts'
import type { Negotiated } from './negotiate.ts'
import { SERVED_TYPES, WATCH_TYPES, checkAcceptable, negotiate } from './negotiate.ts'
import { handleObjects } from './object-requests.ts'
import { patchOf } from './patch.ts'
import { attributesOfPath } from './path-attributes.ts'
import { podProxyOf } from './pod-proxy.ts'
import { checkForm, presentationOf } from './represent.ts'
import type { Target } from './request-target.ts'
import { targetOf } from './request-target.ts'
import type { Answer } from './answer.ts'
import { answerReview, reviewOf } from './reviews.ts'
import { bindByBody, bindingsNamespace } from './legacy-binding.ts'
import type { ObjectRoute } from './route.ts'
import { routeOf } from './route.ts'
import { methodNotAllowed } from './status.ts'
import { authorizationOf } from './upgrade-bearer.ts'
import type { UpgradeResponse } from './upgrade-response.ts'
import { isDryRun } from './write-options.ts'
import { warningsTo } from './warnings.ts'

function authorize(cluster: Cluster, user: User, asked: Attributes): void {
  const { allowed, reason } = cluster.authorizer.decide(user, asked)
  if (!allowed) throw accessDenied(user, asked, reason)
}

async function review(
  cluster: Cluster,
  user: User,
  request: IncomingMessage,
  path: string,
): Promise<Answer | undefined> {
  const found = reviewOf(path)
  if (!found) return undefined
  if (request.method !== 'POST') throw methodNotAllowed()
  const body = await readObject(request, found.review.kind)
  if (found.review.kind === 'TokenReview') await cluster.tokens.oidc?.prepare(textAt(body, 'spec', 'token'))
  const answered = answerReview(cluster, found.review, user, body, found.namespace)
  return { code: 201, body: JSON.stringify(answered) }
}

/** How a route's answer is to look. Throws 406. */
function negotiated(route: ObjectRoute, accept: string | undefined): Negotiated {
  const watch = route.verb === 'watch'
  if (!route.resource.custom) checkAcceptable(accept, route.verb === 'list' || watch)
  const forms = route.verb === 'create' && route.subresource ? [] : (['table', 'metadata'] as const)
  const found = negotiate(accept, forms, watch ? WATCH_TYPES : SERVED_TYPES)
  checkForm(route.resource, found, route.verb === 'list' || route.verb === 'deletecollection')
  return found
}

async function objects(
  cluster: Cluster,
  route: ObjectRoute,
  user: User,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<Answer | undefined> {
  const wanted = negotiated(route, request.headers.accept)
  const how = presentationOf(wanted, route.query, cluster.clock.now())
  const { deprecation } = route.resource
  const warn = warningsTo(response)
  if (deprecation) warn(deprecation)
  // Before its options: those of a patch depend on its type.
  if (route.verb === 'patch') patchOf(route.resource, mediaType(request))
  const agent = (request.headers['user-agent'] ?? '').split('/')[0] ?? ''
  const writer = { user, dryRun: isDryRun(route), agent, warn }
  const answer = await handleObjects({ cluster, route, how, writer, request, response })
  return answer && { contentType: wanted.contentType, ...answer }
}

/**
 * Authenticates, authorises and answers one request. Answers undefined when the handler has taken the
 * connection over. Throws what goes wrong: a Status, or a web server's answer.
 */
export async function handleRequest(
  cluster: Cluster,
  request: IncomingMessage,
  response: ServerResponse,
  upgrade?: UpgradeResponse,
): Promise<Answer | undefined> {
  const target: Target | undefined = targetOf(request)
  if (!target) return { code: 400, body: '400 Bad Request', contentType: 'text/plain; charset=utf-8' }
  const method = request.method ?? 'GET'
  const caller = await authenticate(cluster.tokens, authorizationOf(request))
  const asked = attributesOfPath(method, target)
  const user = impersonated({ ...cluster, caller, request: asked }, request.headers)
  authorize(cluster, user, asked)
  const health = healthAnswer(target.pathname, target.searchParams)
  if (health) return health
  const reviewed = await review(cluster, user, request, target.pathname)
  if (reviewed) return reviewed
  const binding = bindingsNamespace(method, target.pathname)
  if (binding !== undefined) {
    const body = await readObject(request, 'Binding')
    const dryRun = target.searchParams.has('dryRun')
    return bindByBody(cluster, binding, body, { user, dryRun, warn: warningsTo(response) })
  }
  const remote = remoteService(cluster, target.pathname)
  if (remote) return proxyToService(cluster, remote, user, request, response)
  const route = routeOf(cluster.registry, method, target)
  if (!route) return documentOf(cluster, request, target)
  const toPod = podProxyOf(route)
  if (toPod) return toPod({ cluster, route, user, request, response, upgrade })
  return objects(cluster, route, user, request, response)
}
