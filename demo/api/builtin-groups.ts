import {
  apiServiceColumns,
  bindingColumns,
  disruptionBudgetColumns,
  leaseColumns,
  priorityClassColumns,
} from './access-columns.ts'
import type { Entry } from './builtin-entry.ts'
import { paths, withStatus } from './builtin-entry.ts'
import { createdColumns } from './columns.ts'
import { ADMISSION_GROUP, ADMISSION_KINDS } from './dynamic-admission-kinds.ts'
import {
  endpointSliceColumns,
  ingressClassColumns,
  ingressColumns,
  networkPolicyColumns,
} from './network-columns.ts'
import { statusSubresource } from './resource.ts'
import { SCALE } from './scale.ts'
import { storageClassColumns } from './storage-columns.ts'
import {
  autoscalerColumns,
  controllerRevisionColumns,
  cronJobColumns,
  daemonSetColumns,
  deploymentColumns,
  jobColumns,
  replicaSetColumns,
  statefulSetColumns,
} from './workload-columns.ts'

const workload = (kind: string) => ({ categories: ['all'], generation: true, ...withStatus(kind) })

const scalable = (kind: string) => ({
  ...workload(kind),
  subresources: [SCALE, statusSubresource(kind)],
})

const APPS: readonly Entry[] = [
  { kind: 'ControllerRevision', plural: 'controllerrevisions', columns: controllerRevisionColumns },
  {
    kind: 'DaemonSet',
    plural: 'daemonsets',
    shortNames: ['ds'],
    ...workload('DaemonSet'),
    columns: daemonSetColumns,
  },
  {
    kind: 'Deployment',
    plural: 'deployments',
    shortNames: ['deploy'],
    ...scalable('Deployment'),
    columns: deploymentColumns,
  },
  {
    kind: 'ReplicaSet',
    plural: 'replicasets',
    shortNames: ['rs'],
    ...scalable('ReplicaSet'),
    columns: replicaSetColumns,
    fields: paths('status.replicas'),
  },
  {
    kind: 'StatefulSet',
    plural: 'statefulsets',
    shortNames: ['sts'],
    ...scalable('StatefulSet'),
    columns: statefulSetColumns,
  },
]

const BATCH: readonly Entry[] = [
  {
    kind: 'CronJob',
    plural: 'cronjobs',
    shortNames: ['cj'],
    ...workload('CronJob'),
    columns: cronJobColumns,
  },
  { kind: 'Job', plural: 'jobs', ...workload('Job'), columns: jobColumns },
]

const AUTOSCALING: readonly Entry[] = [
  {
    kind: 'HorizontalPodAutoscaler',
    plural: 'horizontalpodautoscalers',
    shortNames: ['hpa'],
    categories: ['all'],
    ...withStatus('HorizontalPodAutoscaler'),
    columns: autoscalerColumns,
  },
]

const NETWORKING: readonly Entry[] = [
  {
    kind: 'IngressClass',
    plural: 'ingressclasses',
    namespaced: false,
    generation: true,
    columns: ingressClassColumns,
  },
  {
    kind: 'Ingress',
    plural: 'ingresses',
    shortNames: ['ing'],
    generation: true,
    ...withStatus('Ingress'),
    columns: ingressColumns,
  },
  {
    kind: 'NetworkPolicy',
    plural: 'networkpolicies',
    shortNames: ['netpol'],
    generation: true,
    columns: networkPolicyColumns,
  },
]

const POLICY: readonly Entry[] = [
  {
    kind: 'PodDisruptionBudget',
    plural: 'poddisruptionbudgets',
    shortNames: ['pdb'],
    generation: true,
    ...withStatus('PodDisruptionBudget'),
    columns: disruptionBudgetColumns,
    versioned: true,
  },
]

const RBAC: readonly Entry[] = [
  {
    kind: 'ClusterRoleBinding',
    plural: 'clusterrolebindings',
    namespaced: false,
    columns: bindingColumns,
    upsert: true,
  },
  { kind: 'ClusterRole', plural: 'clusterroles', namespaced: false, columns: createdColumns, upsert: true },
  { kind: 'RoleBinding', plural: 'rolebindings', columns: bindingColumns, upsert: true },
  { kind: 'Role', plural: 'roles', columns: createdColumns, upsert: true },
]

const SCHEDULING: readonly Entry[] = [
  {
    kind: 'PriorityClass',
    plural: 'priorityclasses',
    namespaced: false,
    shortNames: ['pc'],
    generation: true,
    columns: priorityClassColumns,
  },
]

const STORAGE: readonly Entry[] = [
  {
    kind: 'StorageClass',
    plural: 'storageclasses',
    namespaced: false,
    shortNames: ['sc'],
    columns: storageClassColumns,
  },
]

const EXTENSIONS: readonly Entry[] = [
  {
    kind: 'CustomResourceDefinition',
    plural: 'customresourcedefinitions',
    namespaced: false,
    shortNames: ['crd', 'crds'],
    categories: ['api-extensions'],
    subresources: [statusSubresource('CustomResourceDefinition')],
    status: 'lenient',
    generation: true,
    columns: createdColumns,
    versioned: true,
  },
]

const REGISTRATION: readonly Entry[] = [
  {
    kind: 'APIService',
    plural: 'apiservices',
    namespaced: false,
    categories: ['api-extensions'],
    ...withStatus('APIService'),
    columns: apiServiceColumns,
    versioned: true,
  },
]

/** The named groups, each with its version and its resources. */
export const GROUPS: readonly [group: string, version: string, entries: readonly Entry[]][] = [
  [ADMISSION_GROUP, 'v1', ADMISSION_KINDS],
  ['apiextensions.k8s.io', 'v1', EXTENSIONS],
  ['apiregistration.k8s.io', 'v1', REGISTRATION],
  ['apps', 'v1', APPS],
  ['autoscaling', 'v2', AUTOSCALING],
  ['batch', 'v1', BATCH],
  [
    'coordination.k8s.io',
    'v1',
    [{ kind: 'Lease', plural: 'leases', columns: leaseColumns, upsert: true, versioned: true }],
  ],
  [
    'discovery.k8s.io',
    'v1',
    [{ kind: 'EndpointSlice', plural: 'endpointslices', generation: true, columns: endpointSliceColumns }],
  ],
  ['networking.k8s.io', 'v1', NETWORKING],
  ['policy', 'v1', POLICY],
  ['rbac.authorization.k8s.io', 'v1', RBAC],
  ['scheduling.k8s.io', 'v1', SCHEDULING],
  ['storage.k8s.io', 'v1', STORAGE],
]
