/** The part of an AdmissionRequest (admission.k8s.io/v1) that the rules read. */
export interface ReviewedRequest {
  uid: string
  operation: string
  /** Plural of the resource, and its subresource or ''. */
  resource: string
  subresource: string
  namespace: string
  name: string
  username: string
  object: unknown
  oldObject: unknown
}

export interface ReviewAnswer {
  apiVersion: 'admission.k8s.io/v1'
  kind: 'AdmissionReview'
  response: {
    uid: string
    allowed: boolean
    status?: { code: 403; reason: 'Forbidden'; message: string }
  }
}

const API_VERSION = 'admission.k8s.io/v1'
const KIND = 'AdmissionReview'

const memberOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
const textOf = (value: unknown, name: string): string => {
  const found = memberOf(value, name)
  return typeof found === 'string' ? found : ''
}

function parsed(body: string): unknown {
  try {
    const value: unknown = JSON.parse(body)
    return value
  } catch (error) {
    throw new SyntaxError(
      `decode admission review: ${error instanceof Error ? error.message : String(error)}`,
    )
  }
}

/** Reads the review in a body. Throws a SyntaxError that says what is wrong with it. */
export function readReview(body: string): ReviewedRequest {
  const review = parsed(body)
  const [apiVersion, kind] = [textOf(review, 'apiVersion'), textOf(review, 'kind')]
  if (apiVersion !== API_VERSION || kind !== KIND) {
    throw new SyntaxError(`expected ${API_VERSION} ${KIND}, got ${JSON.stringify(`${apiVersion} ${kind}`)}`)
  }
  const request = memberOf(review, 'request')
  const uid = textOf(request, 'uid')
  if (uid === '') throw new SyntaxError('admission review has no request')
  return {
    uid,
    operation: textOf(request, 'operation'),
    resource: textOf(memberOf(request, 'resource'), 'resource'),
    subresource: textOf(request, 'subResource'),
    namespace: textOf(request, 'namespace'),
    name: textOf(request, 'name'),
    username: textOf(memberOf(request, 'userInfo'), 'username'),
    object: memberOf(request, 'object'),
    oldObject: memberOf(request, 'oldObject'),
  }
}

/** The review that answers a request: null lets it pass, a text says why not (contract 9). */
export function answerReview(uid: string, denial: string | null): ReviewAnswer {
  const response =
    denial === null
      ? { uid, allowed: true }
      : { uid, allowed: false, status: { code: 403, reason: 'Forbidden', message: denial } as const }
  return { apiVersion: API_VERSION, kind: KIND, response }
}
