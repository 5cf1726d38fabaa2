import { POD_ADMISSION_EXEMPT_NAMESPACES } from '../../lib/cocoon/admission-pod.ts'
import {
  API_GROUP,
  API_VERSION_NAME,
  PLURAL_COCOON_HIBERNATIONS,
  PLURAL_COCOON_SETS,
} from '../../lib/cocoon/keys.ts'
import type { KubeObject } from '../../lib/cocoon/kube-json.ts'

export interface ConfigurationOptions {
  /** `https://host:port`, without a path. */
  url: string
  /** PEM of the authority to trust. */
  caBundle: string
}

interface WebhookRule {
  apiGroups: string[]
  apiVersions: string[]
  resources: string[]
  operations: ('CREATE' | 'UPDATE')[]
  scope: 'Namespaced'
}

/** A webhook configuration of admissionregistration.k8s.io/v1. */
export interface WebhookConfiguration extends KubeObject {
  webhooks: Record<string, unknown>[]
}

const NAME = 'cocoon-webhook'
const TIMEOUT_SECONDS = 5

const outside = (namespaces: readonly string[]) => ({
  matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: [...namespaces] }],
})

function custom(resource: string, operations: WebhookRule['operations']): WebhookRule {
  return {
    apiGroups: [API_GROUP],
    apiVersions: [API_VERSION_NAME],
    resources: [resource],
    operations,
    scope: 'Namespaced',
  }
}

/**
 * How Cocoon's webhook is registered with an API server (contract 9). `pods.mutate` never mutates, but it is a mutating
 * webhook in the original, too.
 */
export function webhookConfigurations({ url, caBundle }: ConfigurationOptions): WebhookConfiguration[] {
  const webhook = (name: string, path: string, rule: WebhookRule, more: Record<string, unknown> = {}) => ({
    name: `${name}.cocoonstack.io`,
    clientConfig: { url: url + path, caBundle: Buffer.from(caBundle).toString('base64') },
    rules: [rule],
    failurePolicy: 'Fail',
    sideEffects: 'None',
    timeoutSeconds: TIMEOUT_SECONDS,
    admissionReviewVersions: ['v1'],
    ...more,
  })
  const pods: WebhookRule = {
    apiGroups: [''],
    apiVersions: ['v1'],
    resources: ['pods'],
    operations: ['CREATE'],
    scope: 'Namespaced',
  }
  const workloads: WebhookRule = {
    apiGroups: ['apps'],
    apiVersions: ['v1'],
    resources: ['deployments', 'statefulsets', 'deployments/scale', 'statefulsets/scale'],
    operations: ['UPDATE'],
    scope: 'Namespaced',
  }
  const configuration = (kind: string, webhooks: WebhookConfiguration['webhooks']) => ({
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind,
    metadata: { name: NAME },
    webhooks,
  })
  return [
    configuration('MutatingWebhookConfiguration', [
      webhook('pods.mutate', '/mutate', pods, {
        namespaceSelector: outside(POD_ADMISSION_EXEMPT_NAMESPACES),
      }),
    ]),
    configuration('ValidatingWebhookConfiguration', [
      webhook('workloads.validate', '/validate', workloads),
      webhook('cocoonsets.validate', '/validate-cocoonset', custom(PLURAL_COCOON_SETS, ['CREATE', 'UPDATE'])),
      webhook(
        'cocoonhibernations.validate',
        '/validate-cocoonhibernation',
        custom(PLURAL_COCOON_HIBERNATIONS, ['CREATE']),
      ),
    ]),
  ]
}
