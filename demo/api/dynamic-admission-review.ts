import type { AdmissionRequest } from './admission.ts'
import { userInfo } from './authentication.ts'
import { scanJson } from './body-json-scan.ts'
import type { JsonRecord } from './json.ts'
import { isRecord, textAt, valueAt } from './json.ts'

const GROUP = 'admission.k8s.io'

/** What a webhook has said, once it is known to be an answer to this request. */
export interface WebhookAnswer {
  allowed: boolean
  /** The Status of a refusal, as far as the webhook gave one. */
  result: JsonRecord
  warnings: readonly string[]
  /** Operations of a JSON patch. */
  patch: readonly unknown[]
}

/** An AdmissionReview that asks about a request, in the given version of the API. */
export function reviewOf(request: AdmissionRequest, uid: string, version: string): JsonRecord {
  const { group, version: served, kind, plural } = request.resource
  const requestKind = { group, version: served, kind }
  const requestResource = { group, version: served, resource: plural }
  const sub = request.subresource
  return {
    kind: 'AdmissionReview',
    apiVersion: `${GROUP}/${version}`,
    request: {
      uid,
      kind: requestKind,
      resource: requestResource,
      ...(sub && { subResource: sub }),
      requestKind,
      requestResource,
      ...(sub && { requestSubResource: sub }),
      ...(request.name && { name: request.name }),
      ...(request.namespace && { namespace: request.namespace }),
      operation: request.operation,
      userInfo: userInfo(request.user),
      object: request.object ?? null,
      oldObject: request.old ?? null,
      dryRun: request.dryRun,
      options: request.options,
    },
  }
}

function decodedPatch(response: unknown): unknown[] {
  const patch = textAt(response, 'patch')
  if (patch === '') return []
  const text = Buffer.from(patch, 'base64').toString('utf8')
  const { error } = scanJson(text)
  if (error) throw new Error(`received undecodable patch in webhook response: ${error}`)
  const operations: unknown = JSON.parse(text)
  if (Array.isArray(operations)) return operations
  throw new Error(
    'received undecodable patch in webhook response: json: cannot unmarshal object into Go value of type jsonpatch.Patch',
  )
}

const INVALID = 'received invalid webhook response: '

function checkPatch(response: unknown, mutating: boolean): void {
  const patch = textAt(response, 'patch')
  const type = valueAt(response, 'patchType')
  const typed = type !== undefined && type !== null
  if (!mutating) {
    if (patch) throw new Error(`${INVALID}validating webhook may not return response.patch`)
    if (typed) throw new Error(`${INVALID}validating webhook may not return response.patchType`)
    return
  }
  if (patch && !typed) throw new Error(`${INVALID}webhook returned response.patch but not response.patchType`)
  if (!patch && typed) throw new Error(`${INVALID}webhook returned response.patchType but not response.patch`)
  if (typed && type !== 'JSONPatch') throw new Error(`unsupported patch type ${JSON.stringify(type)}`)
}

function checkHead(review: unknown, response: JsonRecord, uid: string): void {
  const [group = '', version = ''] = textAt(review, 'apiVersion').split('/')
  if (group === GROUP && version === 'v1beta1') {
    const why = 'converting (v1beta1.AdmissionReview) to (v1.AdmissionReview): unknown conversion'
    throw new Error(`failed to call webhook: ${why}`)
  }
  const answered = textAt(response, 'uid')
  if (answered !== uid) {
    throw new Error(`${INVALID}expected response.uid=${JSON.stringify(uid)}, got ${JSON.stringify(answered)}`)
  }
  const got = `${group}/${version}, Kind=${textAt(review, 'kind')}`
  const expected = `${GROUP}/v1, Kind=AdmissionReview`
  if (got !== expected) throw new Error(`${INVALID}expected webhook response of ${expected}, got ${got}`)
}

/** Reads what a webhook answered. Throws an Error in the original's words when it cannot be the answer. */
export function answerOf(review: unknown, uid: string, version: string, mutating: boolean): WebhookAnswer {
  const response = valueAt(review, 'response')
  if (!isRecord(response)) throw new Error(`${INVALID}webhook response was absent`)
  // The older version was never held to these.
  if (version === 'v1') checkHead(review, response, uid)
  checkPatch(response, mutating)
  const warnings = valueAt(response, 'warnings')
  const result = valueAt(response, 'status')
  return {
    allowed: valueAt(response, 'allowed') === true,
    result: isRecord(result) ? result : {},
    warnings: Array.isArray(warnings) ? warnings.filter((one) => typeof one === 'string') : [],
    patch: mutating ? decodedPatch(response) : [],
  }
}
