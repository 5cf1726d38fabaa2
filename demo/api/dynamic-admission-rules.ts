import type { BuiltinRule } from './builtin-rule.ts'
import { configurationCauses } from './dynamic-admission-causes.ts'
import { ADMISSION_GROUP, MUTATING, VALIDATING } from './dynamic-admission-kinds.ts'
import type { JsonRecord, KubeJson } from './json.ts'
import { isRecord, listAt, valueAt } from './json.ts'
import { resourceId } from './resource.ts'

const DEFAULTS: JsonRecord = {
  failurePolicy: 'Fail',
  matchPolicy: 'Equivalent',
  namespaceSelector: {},
  objectSelector: {},
  timeoutSeconds: 10,
}

function ruleDefaults(rule: unknown): unknown {
  return isRecord(rule) ? { ...rule, scope: rule.scope ?? '*' } : rule
}

function webhookDefaults(webhook: unknown, mutating: boolean): unknown {
  if (!isRecord(webhook)) return webhook
  const given = Object.fromEntries(Object.entries(webhook).filter(([, value]) => value !== null))
  const service = valueAt(webhook, 'clientConfig', 'service')
  return {
    ...DEFAULTS,
    ...(mutating && { reinvocationPolicy: 'Never' }),
    ...given,
    ...(Array.isArray(webhook.rules) && { rules: webhook.rules.map(ruleDefaults) }),
    ...(isRecord(service) && {
      clientConfig: {
        ...(isRecord(webhook.clientConfig) && webhook.clientConfig),
        service: { ...service, port: service.port ?? 443 },
      },
    }),
  }
}

function filledIn(configuration: KubeJson): KubeJson {
  const mutating = configuration.kind === 'MutatingWebhookConfiguration'
  const webhooks = listAt(configuration, 'webhooks').map((one) => webhookDefaults(one, mutating))
  return webhooks.length > 0 ? { ...configuration, webhooks } : configuration
}

const rule: BuiltinRule = { create: filledIn, update: filledIn, validate: configurationCauses }

/** Defaults and validation of webhook configurations, by resource id. */
export const ADMISSION_RULES: Readonly<Record<string, BuiltinRule>> = {
  [resourceId(ADMISSION_GROUP, MUTATING)]: rule,
  [resourceId(ADMISSION_GROUP, VALIDATING)]: rule,
}
