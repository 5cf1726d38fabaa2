import { componentColumns, configMapColumns, quotaColumns, secretColumns } from './access-columns.ts'
import type { Entry } from './builtin-entry.ts'
import { paths, withStatus } from './builtin-entry.ts'
import { createdColumns, namespaceColumns, nodeColumns, podColumns } from './columns.ts'
import { eventColumns } from './event-columns.ts'
import { endpointsColumns, serviceColumns } from './network-columns.ts'
import { POD_PROXY_SUBRESOURCES } from './pod-proxy-subresources.ts'
import { statusSubresource } from './resource.ts'
import { SCALE } from './scale.ts'
import { claimColumns, volumeColumns } from './storage-columns.ts'
import { podTemplateColumns, replicationControllerColumns } from './workload-columns.ts'

const ABOUT = ['kind', 'namespace', 'name', 'uid', 'apiVersion', 'resourceVersion', 'fieldPath']

/** The resources of the core group. */
export const CORE: readonly Entry[] = [
  {
    kind: 'ComponentStatus',
    plural: 'componentstatuses',
    namespaced: false,
    listKind: 'ComponentStatusList',
    shortNames: ['cs'],
    verbs: ['get', 'list'],
    columns: componentColumns,
    deprecation: 'v1 ComponentStatus is deprecated in v1.19+',
  },
  { kind: 'ConfigMap', plural: 'configmaps', shortNames: ['cm'], columns: configMapColumns },
  {
    kind: 'Endpoints',
    plural: 'endpoints',
    shortNames: ['ep'],
    listKind: 'EndpointsList',
    columns: endpointsColumns,
    upsert: true,
    deprecation: 'v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice',
  },
  {
    kind: 'Event',
    plural: 'events',
    shortNames: ['ev'],
    columns: eventColumns,
    upsert: true,
    fields: {
      ...paths(...ABOUT.map((field) => `involvedObject.${field}`), 'reason', 'type', 'reportingComponent'),
      source: ['source', 'component'],
    },
  },
  {
    kind: 'LimitRange',
    plural: 'limitranges',
    shortNames: ['limits'],
    columns: createdColumns,
    upsert: true,
  },
  {
    kind: 'Namespace',
    plural: 'namespaces',
    namespaced: false,
    verbs: ['create', 'delete', 'get', 'list', 'patch', 'update', 'watch'],
    shortNames: ['ns'],
    subresources: [
      { name: 'finalize', kind: 'Namespace', verbs: ['update'] },
      statusSubresource('Namespace'),
    ],
    status: 'lenient',
    columns: namespaceColumns,
    fields: { ...paths('status.phase'), name: ['metadata', 'name'] },
  },
  {
    kind: 'Node',
    plural: 'nodes',
    namespaced: false,
    shortNames: ['no'],
    subresources: [statusSubresource('Node')],
    status: 'kept-on-create',
    columns: nodeColumns,
    fields: paths('spec.unschedulable'),
  },
  {
    kind: 'PersistentVolumeClaim',
    plural: 'persistentvolumeclaims',
    shortNames: ['pvc'],
    ...withStatus('PersistentVolumeClaim'),
    columns: claimColumns,
  },
  {
    kind: 'PersistentVolume',
    plural: 'persistentvolumes',
    namespaced: false,
    shortNames: ['pv'],
    ...withStatus('PersistentVolume'),
    columns: volumeColumns,
  },
  {
    kind: 'Pod',
    plural: 'pods',
    shortNames: ['po'],
    categories: ['all'],
    subresources: [
      ...POD_PROXY_SUBRESOURCES,
      { name: 'binding', kind: 'Binding', verbs: ['create'] },
      { name: 'eviction', kind: 'Eviction', group: 'policy', version: 'v1', verbs: ['create'] },
      statusSubresource('Pod'),
    ],
    status: 'lenient',
    generation: true,
    columns: podColumns,
    fields: {
      ...paths('spec.nodeName', 'spec.restartPolicy', 'spec.schedulerName', 'spec.serviceAccountName'),
      ...paths('spec.hostNetwork', 'status.phase', 'status.podIP', 'status.nominatedNodeName'),
    },
  },
  { kind: 'PodTemplate', plural: 'podtemplates', columns: podTemplateColumns, generation: true },
  {
    kind: 'ReplicationController',
    plural: 'replicationcontrollers',
    shortNames: ['rc'],
    categories: ['all'],
    subresources: [SCALE, statusSubresource('ReplicationController')],
    status: 'lenient',
    generation: true,
    columns: replicationControllerColumns,
    fields: paths('status.replicas'),
  },
  {
    kind: 'ResourceQuota',
    plural: 'resourcequotas',
    shortNames: ['quota'],
    ...withStatus('ResourceQuota'),
    columns: quotaColumns,
  },
  { kind: 'Secret', plural: 'secrets', columns: secretColumns, fields: paths('type') },
  {
    kind: 'ServiceAccount',
    plural: 'serviceaccounts',
    shortNames: ['sa'],
    subresources: [
      {
        name: 'token',
        kind: 'TokenRequest',
        group: 'authentication.k8s.io',
        version: 'v1',
        verbs: ['create'],
      },
    ],
  },
  {
    kind: 'Service',
    plural: 'services',
    shortNames: ['svc'],
    categories: ['all'],
    ...withStatus('Service'),
    columns: serviceColumns,
    fields: paths('spec.clusterIP', 'spec.type'),
    upsert: true,
  },
]
