import type { JsonRecord, KubeJson } from './json.ts'
import { isRecord, listAt, textAt, valueAt } from './json.ts'
import type { LabelTest } from './label-selector.ts'
import { selectorTest } from './dynamic-admission-selector.ts'

export interface WebhookRule {
  operations: readonly string[]
  apiGroups: readonly string[]
  apiVersions: readonly string[]
  /** `pods`, `pods/status`, `*`, `pods/*` */
  resources: readonly string[]
  scope: string
}

/** One webhook of a stored configuration, as requests are held against it. */
export interface Webhook {
  name: string
  configuration: string
  rules: readonly WebhookRule[]
  /** Undefined selects everything. */
  namespaces: LabelTest | undefined
  objects: LabelTest | undefined
  /** What happens to the request when the webhook cannot be asked. */
  failurePolicy: 'Fail' | 'Ignore'
  reinvocation: 'Never' | 'IfNeeded'
  sideEffects: string
  timeoutSeconds: number
  reviewVersions: readonly string[]
  /** `url`, or `service`; as it is stored. */
  client: JsonRecord
  conditions: readonly { name: string; expression: string }[]
}

const texts = (list: readonly unknown[]) => list.filter((one) => typeof one === 'string')

function ruleOf(rule: unknown): WebhookRule {
  return {
    operations: texts(listAt(rule, 'operations')),
    apiGroups: texts(listAt(rule, 'apiGroups')),
    apiVersions: texts(listAt(rule, 'apiVersions')),
    resources: texts(listAt(rule, 'resources')),
    scope: textAt(rule, 'scope') || '*',
  }
}

function webhookOf(configuration: string, webhook: unknown): Webhook {
  const timeout = valueAt(webhook, 'timeoutSeconds')
  const client = valueAt(webhook, 'clientConfig')
  return {
    name: textAt(webhook, 'name'),
    configuration,
    rules: listAt(webhook, 'rules').map(ruleOf),
    namespaces: selectorTest(valueAt(webhook, 'namespaceSelector')),
    objects: selectorTest(valueAt(webhook, 'objectSelector')),
    failurePolicy: textAt(webhook, 'failurePolicy') === 'Ignore' ? 'Ignore' : 'Fail',
    reinvocation: textAt(webhook, 'reinvocationPolicy') === 'IfNeeded' ? 'IfNeeded' : 'Never',
    sideEffects: textAt(webhook, 'sideEffects'),
    timeoutSeconds: typeof timeout === 'number' ? timeout : 10,
    reviewVersions: texts(listAt(webhook, 'admissionReviewVersions')),
    client: isRecord(client) ? client : {},
    conditions: listAt(webhook, 'matchConditions').map((one) => ({
      name: textAt(one, 'name'),
      expression: textAt(one, 'expression'),
    })),
  }
}

/** The webhooks of configurations in the order in which they are asked: by the configurations' names. */
export function webhooksOf(configurations: readonly KubeJson[]): Webhook[] {
  return configurations
    .toSorted((a, b) => ((a.metadata.name ?? '') < (b.metadata.name ?? '') ? -1 : 1))
    .flatMap((one) => listAt(one, 'webhooks').map((webhook) => webhookOf(one.metadata.name ?? '', webhook)))
}
