import { kubeTime } from '../kube-time.ts'
import { reviewAccess, reviewLocalAccess, reviewOwnAccess, reviewOwnRules } from './access-reviews.ts'
import type { User } from './authentication.ts'
import { AUDIENCES, userInfo, userOfToken } from './authentication.ts'
import type { Cluster } from './cluster.ts'
import type { JsonRecord } from './json.ts'
import { isRecord, listAt, textAt } from './json.ts'
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
  authorization('LocalSubjectAccessReview', reviewLocalAccess, true),
  authorization('SelfSubjectAccessReview', reviewOwnAccess),
  authorization('SelfSubjectRulesReview', reviewOwnRules),
  authorization('SubjectAccessReview', reviewAccess),
]

function checkKind(review: Review, body: JsonRecord): void {
  const own = `${review.group}/${review.version}`
  const kind = textAt(body, 'kind') || review.kind
  const version = textAt(body, 'apiVersion') || own
  if (kind === review.kind && version === own) return
  const internal = `${review.group.split('.')[0]}.${review.kind}`
  const short = version.split('/').at(-1)
  const what = `${kind} in version "${short}" cannot be handled as a ${review.kind}`
  throw badRequest(`${what}: converting (${short}.${kind}) to (${internal}): unknown conversion`)
}

function checkSpec({ kind, version }: Review, { spec = null }: JsonRecord): void {
  if (spec === null || isRecord(spec)) return
  const found = Array.isArray(spec) ? 'array' : typeof spec === 'boolean' ? 'bool' : typeof spec
  const field = `Go struct field ${kind}.spec of type ${version}.${kind}Spec`
  const why = `json: cannot unmarshal ${found} into ${field}`
  throw badRequest(`${kind} in version "${version}" cannot be handled as a ${kind}: ${why}`)
}

/** A SelfSubjectReview tells when it was answered; others keep what was sent. */
function metadataOf(cluster: Cluster, review: Review, body: JsonRecord): JsonRecord {
  const { creationTimestamp, ...metadata } = isRecord(body.metadata) ? body.metadata : {}
  if (review.kind === 'SelfSubjectReview') {
    return { ...metadata, creationTimestamp: kubeTime(cluster.clock.now()) }
  }
  return creationTimestamp ? { ...metadata, creationTimestamp } : metadata
}

/** The original forgets for which namespace it was asked for rules. */
const specOf = (review: Review, body: JsonRecord) =>
  review.kind === 'SelfSubjectRulesReview' ? {} : body.spec

/** Answers a review: what was sent, with its status. Throws 400 and 422. */
export function answerReview(
  cluster: Cluster,
  review: Review,
  user: User,
  body: unknown,
  namespace: string,
): JsonRecord {
  if (!isRecord(body)) throw badRequest(`the body must be a ${review.kind}`)
  checkKind(review, body)
  checkSpec(review, body)
  const status = review.answer(cluster, user, body, namespace)
  const spec = specOf(review, body)
  return {
    kind: review.kind,
    apiVersion: `${review.group}/${review.version}`,
    metadata: metadataOf(cluster, review, body),
    ...(spec !== undefined && { spec }),
    status,
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
