import { bootstrapRoles } from './bootstrap-roles.ts'
import type { Cluster } from './cluster.ts'
import { restoreObject } from './create.ts'
import type { JsonRecord } from './json.ts'
import { isRecord, textAt } from './json.ts'

const priorityClass = (name: string, value: number, description: string) => ({
  apiVersion: 'scheduling.k8s.io/v1',
  kind: 'PriorityClass',
  metadata: { name },
  value,
  description,
  preemptionPolicy: 'PreemptLowerPriority',
})

const component = (name: string) => ({
  apiVersion: 'v1',
  kind: 'ComponentStatus',
  metadata: { name },
  conditions: [{ type: 'Healthy', status: 'True', message: 'ok' }],
})

/** The first address of the range that the original takes unless told. */
const CLUSTER_IP = '10.96.0.1'

function apiServerService(ip: string, port: number): JsonRecord[] {
  const metadata = { name: 'kubernetes', namespace: 'default' }
  const ports = [{ name: 'https', port, protocol: 'TCP' }]
  return [
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { ...metadata, labels: { component: 'apiserver', provider: 'kubernetes' } },
      spec: {
        clusterIP: CLUSTER_IP,
        clusterIPs: [CLUSTER_IP],
        internalTrafficPolicy: 'Cluster',
        ipFamilies: ['IPv4'],
        ipFamilyPolicy: 'SingleStack',
        ports: [{ name: 'https', port: 443, protocol: 'TCP', targetPort: port }],
        sessionAffinity: 'None',
        type: 'ClusterIP',
      },
      status: { loadBalancer: {} },
    },
    {
      apiVersion: 'v1',
      kind: 'Endpoints',
      metadata: { ...metadata, labels: { 'endpointslice.kubernetes.io/skip-mirror': 'true' } },
      subsets: [{ addresses: [{ ip }], ports }],
    },
    {
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: { ...metadata, labels: { 'kubernetes.io/service-name': 'kubernetes' } },
      addressType: 'IPv4',
      endpoints: [{ addresses: [ip], conditions: { ready: true } }],
      ports,
    },
  ]
}

/** How servers behind the aggregator recognise it, and the users that it names. */
function frontProxyTrust(authority: string, clientAuthority: string): JsonRecord {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'extension-apiserver-authentication', namespace: 'kube-system' },
    data: {
      'client-ca-file': clientAuthority,
      'requestheader-allowed-names': '[]',
      'requestheader-client-ca-file': authority,
      'requestheader-extra-headers-prefix': '["X-Remote-Extra-"]',
      'requestheader-group-headers': '["X-Remote-Group"]',
      'requestheader-uid-headers': '["X-Remote-Uid"]',
      'requestheader-username-headers': '["X-Remote-User"]',
    },
  }
}

/** Where the server is found and whom it trusts. */
export interface Bootstrap {
  host: string
  port: number
  /** PEM of its own authority. */
  certificate: string
}

/** Makes what an API server finds or makes when it starts, as old as its cluster. */
export function makeBootstrapObjects(cluster: Cluster, { host, port, certificate }: Bootstrap): void {
  const namespaces = cluster.registry.find('', 'v1', 'namespaces')
  const system = namespaces && cluster.store.get(namespaces, '', 'kube-system')
  const creationTimestamp = system?.object.metadata.creationTimestamp
  const objects: JsonRecord[] = [
    priorityClass(
      'system-node-critical',
      2_000_001_000,
      'Used for system critical pods that must not be moved from their current node.',
    ),
    priorityClass(
      'system-cluster-critical',
      2_000_000_000,
      'Used for system critical pods that must run in the cluster, but can be moved to another node if necessary.',
    ),
    ...bootstrapRoles(),
    ...['controller-manager', 'scheduler', 'etcd-0'].map(component),
    ...apiServerService(host, port),
    frontProxyTrust(cluster.frontProxy.certificate.cert, certificate),
  ]
  for (const object of objects) {
    const resource = cluster.registry.byKind(textAt(object, 'apiVersion'), textAt(object, 'kind'))
    const metadata = isRecord(object.metadata) ? object.metadata : {}
    const found =
      resource && cluster.store.get(resource, textAt(metadata, 'namespace'), textAt(metadata, 'name'))
    if (found) continue
    restoreObject(cluster, {
      ...object,
      metadata: { ...metadata, ...(creationTimestamp && { creationTimestamp }) },
    })
  }
}
