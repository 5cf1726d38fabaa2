import type { KubeObject } from '../../lib/cocoon/kube-json.ts'

export const METRICS_GROUP = 'metrics.k8s.io'
export const METRICS_VERSION = 'v1beta1'

const SERVICE = { name: 'metrics-server', namespace: 'kube-system' }

/** The name under which API servers look for the metrics server: its certificate must show it. */
export const METRICS_HOST = `${SERVICE.name}.${SERVICE.namespace}.svc`

interface Registration extends KubeObject {
  spec: Record<string, unknown>
}

/** What makes an API server send the requests for metrics.k8s.io to a port of this machine; the bundle is PEM. */
export function metricsObjects(options: { port: number; caBundle: string }): Registration[] {
  const labels = { 'k8s-app': 'metrics-server' }
  return [
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { ...SERVICE, labels },
      spec: { type: 'ExternalName', externalName: 'localhost' },
    },
    {
      apiVersion: 'apiregistration.k8s.io/v1',
      kind: 'APIService',
      metadata: { name: `${METRICS_VERSION}.${METRICS_GROUP}`, labels },
      spec: {
        group: METRICS_GROUP,
        version: METRICS_VERSION,
        groupPriorityMinimum: 100,
        versionPriority: 100,
        service: { ...SERVICE, port: options.port },
        caBundle: Buffer.from(options.caBundle).toString('base64'),
      },
    },
  ]
}
