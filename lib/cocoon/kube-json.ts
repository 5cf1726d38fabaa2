/**
 * The parts of Kubernetes objects that the contract reads, as plain JSON. Everything that a cluster
 * may leave out is optional: objects come from the wire, and nothing here is trusted to be complete.
 */

export interface OwnerReference {
  apiVersion?: string
  kind?: string
  name?: string
  uid?: string
  controller?: boolean
  blockOwnerDeletion?: boolean
}

export interface ObjectMeta {
  name?: string
  generateName?: string
  namespace?: string
  uid?: string
  resourceVersion?: string
  generation?: number
  creationTimestamp?: string
  deletionTimestamp?: string
  deletionGracePeriodSeconds?: number
  labels?: Record<string, string>
  annotations?: Record<string, string>
  ownerReferences?: OwnerReference[]
  finalizers?: string[]
}

export interface KubeObject {
  apiVersion?: string
  kind?: string
  metadata?: ObjectMeta
}

export interface Condition {
  type?: string
  status?: string
  reason?: string
  message?: string
  lastTransitionTime?: string
  /** Of nodes only. */
  lastHeartbeatTime?: string
  lastProbeTime?: string | null
  observedGeneration?: number
}

export interface Toleration {
  key?: string
  operator?: string
  value?: string
  effect?: string
  tolerationSeconds?: number
}

export interface ResourceRequirements {
  requests?: Record<string, string | number>
  limits?: Record<string, string | number>
  claims?: { name: string; request?: string }[]
}

export interface EnvFromSource {
  prefix?: string
  configMapRef?: { name?: string; optional?: boolean }
  secretRef?: { name?: string; optional?: boolean }
}

export interface Container {
  name: string
  image?: string
  resources?: ResourceRequirements
  envFrom?: EnvFromSource[]
}

export interface ContainerStatus {
  name?: string
  ready?: boolean
  restartCount?: number
  image?: string
  imageID?: string
  state?: {
    waiting?: { reason?: string; message?: string }
    running?: { startedAt?: string }
    terminated?: {
      exitCode?: number
      reason?: string
      message?: string
      startedAt?: string
      finishedAt?: string
    }
  }
}

export interface NodeSelectorTerm {
  matchExpressions?: { key: string; operator: string; values?: string[] }[]
}

export interface PodSpec {
  nodeName?: string
  nodeSelector?: Record<string, string>
  serviceAccountName?: string
  schedulerName?: string
  restartPolicy?: string
  terminationGracePeriodSeconds?: number
  tolerations?: Toleration[]
  containers?: Container[]
  affinity?: {
    nodeAffinity?: {
      requiredDuringSchedulingIgnoredDuringExecution?: { nodeSelectorTerms: NodeSelectorTerm[] }
      preferredDuringSchedulingIgnoredDuringExecution?: { weight: number; preference: NodeSelectorTerm }[]
    }
  }
}

export interface PodStatus {
  phase?: string
  qosClass?: string
  reason?: string
  message?: string
  podIP?: string
  podIPs?: { ip?: string }[]
  hostIP?: string
  startTime?: string
  conditions?: Condition[]
  containerStatuses?: ContainerStatus[]
  initContainerStatuses?: ContainerStatus[]
}

export interface Pod extends KubeObject {
  spec?: PodSpec
  status?: PodStatus
}

export interface Node extends KubeObject {
  spec?: { taints?: { key?: string; value?: string; effect?: string }[]; unschedulable?: boolean }
  status?: {
    capacity?: Record<string, string>
    allocatable?: Record<string, string>
    conditions?: Condition[]
    addresses?: { type?: string; address?: string }[]
    nodeInfo?: Record<string, string>
    daemonEndpoints?: { kubeletEndpoint?: { Port?: number } }
  }
}

/** An absent pod: package meta accepts nil pods everywhere at v0.2.1 (contract 2). */
export type MaybePod = Pod | null | undefined
