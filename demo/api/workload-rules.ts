import { withMetrics } from './autoscaler-view.ts'
import type { BuiltinRule } from './builtin-rule.ts'
import type { JsonRecord, KubeJson } from './json.ts'
import { isRecord, listAt, textAt } from './json.ts'
import { podDefaults } from './pod-defaults.ts'

const recordOf = (value: unknown): JsonRecord => (isRecord(value) ? value : {})

/** The template of a pod, with the defaults that belong to any pod specification. */
function withTemplate(spec: JsonRecord): JsonRecord {
  const template = recordOf(spec.template)
  const { spec: defaulted } = podDefaults({ metadata: {}, spec: template.spec })
  // Only a pod itself is linked to services unless told.
  const { enableServiceLinks, ...pod } = recordOf(defaulted)
  const told = recordOf(template.spec).enableServiceLinks
  return {
    ...spec,
    template: { ...template, spec: { ...pod, ...(told !== undefined && { enableServiceLinks }) } },
  }
}

const QUARTER = { maxSurge: '25%', maxUnavailable: '25%' }

/** A rolling update says by how much; other strategies do not roll. */
function strategy(given: unknown, fallback: JsonRecord): JsonRecord {
  const found = recordOf(given)
  const type = textAt(found, 'type') || 'RollingUpdate'
  if (type !== 'RollingUpdate') return { ...found, type }
  return { ...found, type, rollingUpdate: { ...fallback, ...recordOf(found.rollingUpdate) } }
}

type Defaults = (spec: JsonRecord) => JsonRecord

const DEFAULTS: Readonly<Record<string, Defaults>> = {
  'deployments.apps': (spec) => ({
    progressDeadlineSeconds: 600,
    replicas: 1,
    revisionHistoryLimit: 10,
    ...withTemplate(spec),
    strategy: strategy(spec.strategy, QUARTER),
  }),
  'replicasets.apps': (spec) => ({ replicas: 1, ...withTemplate(spec) }),
  'statefulsets.apps': (spec) => ({
    persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
    podManagementPolicy: 'OrderedReady',
    replicas: 1,
    revisionHistoryLimit: 10,
    ...withTemplate(spec),
    updateStrategy: strategy(spec.updateStrategy, { partition: 0 }),
  }),
  'daemonsets.apps': (spec) => ({
    revisionHistoryLimit: 10,
    ...withTemplate(spec),
    updateStrategy: strategy(spec.updateStrategy, { maxSurge: 0, maxUnavailable: 1 }),
  }),
  replicationcontrollers: (spec) => ({ replicas: 1, ...withTemplate(spec) }),
  'cronjobs.batch': (spec) => {
    const template = recordOf(spec.jobTemplate)
    return {
      concurrencyPolicy: 'Allow',
      failedJobsHistoryLimit: 1,
      successfulJobsHistoryLimit: 3,
      suspend: false,
      ...spec,
      jobTemplate: { ...template, spec: withTemplate(recordOf(template.spec)) },
    }
  },
}

function jobDefaults(job: KubeJson): KubeJson {
  const spec = recordOf(job.spec)
  const { uid = '', name = '' } = job.metadata
  const own = {
    'batch.kubernetes.io/controller-uid': uid,
    'batch.kubernetes.io/job-name': name,
    'controller-uid': uid,
    'job-name': name,
  }
  const completions =
    spec.completions === undefined && spec.parallelism === undefined ? { completions: 1 } : {}
  const defaulted = withTemplate({
    backoffLimit: 6,
    completionMode: 'NonIndexed',
    ...completions,
    manualSelector: false,
    parallelism: 1,
    podReplacementPolicy: 'TerminatingOrFailed',
    suspend: false,
    ...spec,
  })
  if (spec.manualSelector === true) return { ...job, spec: defaulted }
  const template = recordOf(defaulted.template)
  const metadata = recordOf(template.metadata)
  const labelled = { ...metadata, labels: { ...recordOf(metadata.labels), ...own } }
  const selector = { matchLabels: { 'batch.kubernetes.io/controller-uid': uid } }
  return {
    ...job,
    metadata: { ...job.metadata, labels: { ...own, ...job.metadata.labels } },
    spec: { ...defaulted, selector, template: { ...template, metadata: labelled } },
  }
}

const NODE_PORTS = { first: 30_000, count: 2768 }

/** A number that belongs to an object: nobody routes to what is drawn from it, so nobody keeps a table. */
const drawn = (uid: string) => Number.parseInt(uid.replaceAll('-', '').slice(0, 8), 16) || 0

function servicePort(port: unknown, nodePort: number | undefined): unknown {
  if (!isRecord(port)) return port
  const drawnPort = nodePort === undefined ? {} : { nodePort }
  const targetPort = port.targetPort || port.port
  return Object.assign({}, drawnPort, { protocol: 'TCP' }, port, { targetPort })
}

const ONE_FAMILY = { ipFamilies: ['IPv4'], ipFamilyPolicy: 'SingleStack' }
/** Of services that only name what somebody else finds. */
const BOTH_FAMILIES = { ipFamilies: ['IPv4', 'IPv6'], ipFamilyPolicy: 'RequireDualStack' }

const affinity = (spec: JsonRecord): JsonRecord =>
  spec.sessionAffinity === 'ClientIP'
    ? { sessionAffinityConfig: { clientIP: { timeoutSeconds: 10_800 } } }
    : {}

function serviceDefaults(service: KubeJson): KubeJson {
  const spec = recordOf(service.spec)
  const type = textAt(spec, 'type') || 'ClusterIP'
  const number = drawn(service.metadata.uid ?? '')
  const isOpen = type === 'NodePort' || type === 'LoadBalancer'
  const nodePort = (index: number) => NODE_PORTS.first + ((number + index) % NODE_PORTS.count)
  const ports = listAt(spec, 'ports').map((port, index) =>
    servicePort(port, isOpen ? nodePort(index) : undefined),
  )
  const common = {
    sessionAffinity: 'None',
    ...affinity(spec),
    ...spec,
    type,
    ...(ports.length > 0 && { ports }),
  }
  const status = { loadBalancer: {} }
  if (type === 'ExternalName') return { ...service, spec: common, status }
  const clusterIP = textAt(spec, 'clusterIP') || `10.96.${(number >>> 8) % 256}.${2 + (number % 253)}`
  const inside = {
    clusterIP,
    clusterIPs: [clusterIP],
    ...(isOpen && { externalTrafficPolicy: 'Cluster' }),
    ...(type === 'LoadBalancer' && { allocateLoadBalancerNodePorts: true }),
    internalTrafficPolicy: 'Cluster',
    ...(spec.selector === undefined && clusterIP === 'None' ? BOTH_FAMILIES : ONE_FAMILY),
  }
  return { ...service, spec: { ...inside, ...common }, status }
}

const ALLOCATED = ['clusterIP', 'clusterIPs', 'ipFamilies', 'ipFamilyPolicy'] as const

/** A service that a client wrote anew keeps the address that it was given. */
function changedService(service: KubeJson, old: KubeJson): KubeJson {
  const before = recordOf(old.spec)
  const kept = Object.fromEntries(
    ALLOCATED.flatMap((field) => (field in before ? [[field, before[field]]] : [])),
  )
  const { spec } = serviceDefaults({ ...service, spec: { ...kept, ...recordOf(service.spec) } })
  return { ...service, spec }
}

const emptyStatus = (object: KubeJson) => ({ ...object, status: {} })
const onSpec = (defaults: Defaults) => (object: KubeJson) => ({
  ...object,
  spec: defaults(recordOf(object.spec)),
})

/** Defaults of kinds that are stored for whoever creates them; no controller acts on them. */
export const WORKLOAD_RULES: Readonly<Record<string, BuiltinRule>> = {
  ...Object.fromEntries(
    Object.entries(DEFAULTS).map(([id, defaults]): [string, BuiltinRule] => [
      id,
      { create: (object) => emptyStatus(onSpec(defaults)(object)), update: onSpec(defaults) },
    ]),
  ),
  'jobs.batch': { create: (job) => emptyStatus(jobDefaults(job)) },
  services: { create: serviceDefaults, update: changedService },
  'horizontalpodautoscalers.autoscaling': { create: withMetrics },
  resourcequotas: { create: emptyStatus },
  'poddisruptionbudgets.policy': { create: emptyStatus },
  'ingresses.networking.k8s.io': { create: (object) => ({ ...object, status: { loadBalancer: {} } }) },
  'priorityclasses.scheduling.k8s.io': {
    create: (object) => ({ ...object, preemptionPolicy: object.preemptionPolicy ?? 'PreemptLowerPriority' }),
  },
}
