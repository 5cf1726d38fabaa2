import type { Admission, AdmissionRequest, WriteRequest } from './admission.ts'
import type { WebhookCaller } from './dynamic-admission-call.ts'
import { destinationOf } from './dynamic-admission-call.ts'
import { meetsConditions } from './dynamic-admission-conditions.ts'
import type { Webhook } from './dynamic-admission-config.ts'
import { concerns } from './dynamic-admission-match.ts'
import { patchedBy } from './dynamic-admission-patch.ts'
import type { WebhookAnswer } from './dynamic-admission-review.ts'
import { answerOf, reviewOf } from './dynamic-admission-review.ts'
import { callFailed, denied, dryRunUnsupported } from './dynamic-admission-status.ts'
import type { KubeJson } from './json.ts'
import type { Destination } from './dynamic-admission-call.ts'

export interface DynamicAdmissionOptions {
  /** In the order in which they are asked; read anew for every request. */
  mutating: () => readonly Webhook[]
  validating: () => readonly Webhook[]
  /** The namespace of a name, for its labels. */
  namespaceOf: (name: string) => KubeJson | undefined
  /** Where the address of a webhook leads; throws an Error when it names a service that is not there. */
  resolve: (destination: Destination, webhook: Webhook) => Destination
  caller: WebhookCaller
  uuid: () => string
}

const REVIEW_VERSIONS = new Set(['v1', 'v1beta1'])
const GROUP = 'admissionregistration.k8s.io'

/** Webhooks are not asked about webhooks: nobody could mend a broken one. */
const isExempt = ({ resource }: AdmissionRequest) => resource.group === GROUP

/** Asks the webhooks of the stored configurations, as MutatingAdmissionWebhook and ValidatingAdmissionWebhook do. */
export function dynamicAdmission(options: DynamicAdmissionOptions): Admission {
  const ask = async (
    webhook: Webhook,
    request: AdmissionRequest,
    mutating: boolean,
  ): Promise<WebhookAnswer> => {
    const version = webhook.reviewVersions.find((one) => REVIEW_VERSIONS.has(one)) ?? 'v1'
    const uid = options.uuid()
    const destination = destinationOf(webhook)
    let answered: unknown
    try {
      const where = options.resolve(destination, webhook)
      answered = await options.caller.post(where, reviewOf(request, uid, version), webhook.timeoutSeconds)
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error)
      throw new Error(`failed to call webhook: ${why}`, { cause: error })
    }
    return answerOf(answered, uid, version, mutating)
  }

  /** Undefined when the webhook failed and its failures are to be ignored. Rejects with the Status of a refusal. */
  const consult = async (webhook: Webhook, request: AdmissionRequest, mutating: boolean) => {
    if (request.dryRun && webhook.sideEffects !== 'None' && webhook.sideEffects !== 'NoneOnDryRun') {
      throw dryRunUnsupported(webhook.name)
    }
    let answer: WebhookAnswer
    try {
      answer = await ask(webhook, request, mutating)
    } catch (error) {
      if (webhook.failurePolicy === 'Ignore') return undefined
      throw callFailed(webhook.name, error)
    }
    for (const warning of answer.warnings) request.warn(warning)
    if (!answer.allowed) throw denied(webhook.name, answer.result)
    return answer
  }

  const isAsked = (webhook: Webhook, request: AdmissionRequest) =>
    concerns(webhook, request, options.namespaceOf) && meetsConditions(webhook, request)

  /** One after the other, each with what the ones before made of the object. */
  const round = async (webhooks: readonly Webhook[], request: WriteRequest) => {
    let { object } = request
    const asked: Webhook[] = []
    let again: Webhook[] = []
    for (const webhook of webhooks) {
      const current = { ...request, object }
      if (!isAsked(webhook, current)) continue
      const answer = await consult(webhook, current, true)
      const changed = answer && answer.patch.length > 0 ? patchedBy(answer.patch, object) : object
      if (changed !== object) again = [...asked]
      object = changed
      if (webhook.reinvocation === 'IfNeeded') asked.push(webhook)
    }
    return { object, again }
  }

  return {
    async mutate(request) {
      const webhooks = options.mutating()
      if (webhooks.length === 0 || isExempt(request)) return request.object
      const first = await round(webhooks, request)
      if (first.again.length === 0) return first.object
      return (await round(first.again, { ...request, object: first.object })).object
    },
    async validate(request) {
      if (isExempt(request)) return
      const webhooks = options.validating().filter((one) => isAsked(one, request))
      if (webhooks.length === 0) return
      // All are heard before any refusal counts, and of several the first to come.
      const refusals: unknown[] = []
      await Promise.all(
        webhooks.map(async (one) => {
          try {
            await consult(one, request, false)
          } catch (error) {
            refusals.push(error)
          }
        }),
      )
      if (refusals.length > 0) throw refusals[0]
    },
  }
}
