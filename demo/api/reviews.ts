import type { User } from './authentication.ts'
import { AUDIENCES, userInfo, userOfReview, userOfToken } from './authentication.ts'
import type { Attributes } from './authorization.ts'
import type { Cluster } from './cluster.ts'
import type { JsonRecord } from './json.ts'
import { isRecord, listAt, textAt, valueAt } from './json.ts'
import { badRequest } from './status.ts'

/** A kind that is only posted and answered, never stored. */
export interface Review {
  group: string
  version: string
  plural: string
  singular: string
  kind: string
  namespaced: boolean
  answer: (cluster: Cluster, user: User, body: JsonRecord, namespace: string) => JsonRecord
}

function attributes(spec: unknown): Attributes {
  const resource = valueAt(spec, 'resourceAttributes')
  return {
    verb: textAt(resource, 'verb') || textAt(spec, 'nonResourceAttributes', 'verb'),
    group: textAt(resource, 'group'),
    resource: textAt(resource, 'resource'),
    subresource: textAt(resource, 'subresource'),
    namespace: textAt(resource, 'namespace'),
    name: textAt(resource, 'name'),
    path: textAt(spec, 'nonResourceAttributes', 'path'),
  }
}

function decide(cluster: Cluster, user: User, body: JsonRecord): JsonRecord {
  const asked = attributes(body.spec)
  if (!asked.resource && !asked.path) {
    throw badRequest('exactly one of nonResourceAttributes or resourceAttributes must be specified')
  }
  const { allowed, reason = '' } = cluster.authorizer.decide(user, asked)
  return { allowed, ...(reason && { reason }) }
}

function decideFor(cluster: Cluster, body: JsonRecord): JsonRecord {
  const user = userOfReview(body.spec)
  if (!user) throw badRequest('at least one of user or groups must be specified')
  return decide(cluster, user, body)
}

function rules(cluster: Cluster, user: User, body: JsonRecord): JsonRecord {
  const namespace = textAt(body, 'spec', 'namespace')
  if (!namespace) throw badRequest('no namespace on request')
  return { ...cluster.authorizer.rules(user, namespace), incomplete: false }
}

function token(cluster: Cluster, body: JsonRecord): JsonRecord {
  const sent = textAt(body, 'spec', 'token')
  if (!sent) throw badRequest('token is required for TokenReview in authentication')
  const asked = listAt(body, 'spec', 'audiences').filter((one) => typeof one === 'string')
  const audiences = asked.length > 0 ? asked : AUDIENCES
  const user = userOfToken(cluster.tokens, sent, audiences)
  return typeof user === 'string'
    ? { user: {}, error: user }
    : { authenticated: true, user: userInfo(user), audiences }
}

const authorization = (kind: string, answer: Review['answer'], namespaced = false): Review => {
  const singular = kind.toLowerCase()
  return {
    group: 'authorization.k8s.io',
    version: 'v1',
    plural: `${singular}s`,
    singular,
    kind,
    namespaced,
    answer,
  }
}
const authentication = (kind: string, answer: Review['answer']): Review => ({
  ...authorization(kind, answer),
  group: 'authentication.k8s.io',
})

export const REVIEWS: readonly Review[] = [
  authentication('SelfSubjectReview', (_, user) => ({ userInfo: userInfo(user) })),
  authentication('TokenReview', (cluster, _, body) => token(cluster, body)),
  authorization('LocalSubjectAccessReview', (cluster, _, body) => decideFor(cluster, body), true),
  authorization('SelfSubjectAccessReview', decide),
  authorization('SelfSubjectRulesReview', rules),
  authorization('SubjectAccessReview', (cluster, _, body) => decideFor(cluster, body)),
]

/** Answers a review: what was sent, with its status. Throws 400. */
export function answerReview(
  cluster: Cluster,
  review: Review,
  user: User,
  body: unknown,
  namespace: string,
): JsonRecord {
  if (!isRecord(body)) throw badRequest(`the body must be a ${review.kind}`)
  return {
    ...body,
    kind: review.kind,
    apiVersion: `${review.group}/${review.version}`,
    metadata: isRecord(body.metadata) ? body.metadata : { creationTimestamp: null },
    status: review.answer(cluster, user, body, namespace),
  }
}

const PATH = /^\/apis\/([^/]+)\/([^/]+)(?:\/namespaces\/([^/]+))?\/([^/]+)\/?$/

/** The review that a path posts to, with its namespace. */
export function reviewOf(pathname: string): { review: Review; namespace: string } | undefined {
  const match = PATH.exec(pathname)
  if (!match) return undefined
  const [, group, version, namespace = '', plural] = match
  const review = REVIEWS.find(
    (one) => one.group === group && one.version === version && one.plural === plural,
  )
  return review && review.namespaced === (namespace !== '') ? { review, namespace } : undefined
}
