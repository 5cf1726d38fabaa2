import type { Condition, EnvFromSource, KubeObject, ResourceRequirements } from './kube-json.ts'

/**
 * The custom resources of `cocoonset.cocoonstack.io/v1` as JSON (contract 3). Fields that a cluster's
 * older CRD prunes are simply absent. Enumerations live in `enums.ts`.
 */
export interface VMOptions {
  os?: string
  backend?: string
  connType?: string
  network?: string
  forcePull?: boolean
  noDirectIO?: boolean
  probePort?: number
  storage?: string | number
  resources?: ResourceRequirements
}

export interface AgentSpec extends VMOptions {
  /** The number of SUB-agents: the main agent is extra. */
  replicas?: number
  image?: string
  mode?: string
  envFrom?: EnvFromSource[]
  serviceAccountName?: string
}

export interface ToolboxSpec extends VMOptions {
  name?: string
  image?: string
  mode?: string
  staticIP?: string
  staticVMID?: string
  vncPort?: number
}

export interface CocoonSetSpec {
  suspend?: boolean
  snapshotPolicy?: string
  hibernatePolicy?: string
  nodePool?: string
  snapshotCompatibilityClass?: string
  nodeName?: string
  agent?: AgentSpec
  toolboxes?: ToolboxSpec[]
}

export interface AgentStatus {
  slot: number
  role: string
  podName?: string
  vmName?: string
  vmID?: string
  ip?: string
  /** The POD's phase text, not a VM state. */
  phase?: string
  forkedFrom?: string
}

export interface ToolboxStatus {
  name: string
  podName?: string
  vmName?: string
  vmID?: string
  ip?: string
  phase?: string
  connType?: string
  vncPort?: number
}

export interface CocoonSetStatus {
  observedGeneration?: number
  phase?: string
  readyAgents?: number
  desiredAgents?: number
  readyToolboxes?: number
  desiredToolboxes?: number
  agents?: AgentStatus[]
  toolboxes?: ToolboxStatus[]
  conditions?: Condition[]
}

export interface CocoonSet extends KubeObject {
  spec?: CocoonSetSpec
  status?: CocoonSetStatus
}

export interface CocoonHibernationSpec {
  podRef?: { name?: string }
  desire?: string
}

export interface CocoonHibernationStatus {
  observedGeneration?: number
  phase?: string
  vmName?: string
  conditions?: Condition[]
}

export interface CocoonHibernation extends KubeObject {
  spec?: CocoonHibernationSpec
  status?: CocoonHibernationStatus
}
