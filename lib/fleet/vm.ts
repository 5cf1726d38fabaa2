import type { Operation, Usual } from './operations/operation.ts'

/** The words that the dashboard uses for the life of a VM (design 3). `phaseOf` is their only source. */
export const VM_PHASES = [
  'scheduling',
  'creating',
  'waking',
  'ready',
  'unreachable',
  'hibernating',
  'hibernated',
  'migrating',
  'deleting',
  'failed',
  'unknown',
] as const

export type VmPhase = (typeof VM_PHASES)[number]

export const VM_ROLES = ['main', 'sub-agent', 'toolbox'] as const

export type VmRole = (typeof VM_ROLES)[number]

/** What a CocoonHibernation asks for this VM, and how far it is (contract 5). */
export interface VmHibernation {
  uid: string
  /** Not always the pod's: older clusters let a request have any name. */
  name: string
  desire: string
  phase: string
  /** ISO 8601: when the request entered its phase; null when the cluster does not say. */
  since: string | null
  message: string
  /** ISO 8601 of the deletion request; null while the request stands. */
  deletedAt: string | null
}

/** One VM as the dashboard shows it: a pod projected to a row, joined with its set and its hibernation. */
export interface Vm {
  uid: string
  namespace: string
  /** The pod's name. */
  name: string
  /** Name of the owning CocoonSet; null for a bare VM pod. */
  set: string | null
  role: VmRole | null
  /** Agent slot (0 is the main agent); null for toolboxes and bare pods. */
  slot: number | null
  phase: VmPhase
  /** ISO 8601: when the VM entered its phase; null when neither the cluster nor this process saw it. */
  phaseSince: string | null
  /** Why it is failed, unreachable or not scheduled, in the cluster's words; '' when there is nothing to say. */
  message: string
  vmName: string
  vmID: string
  os: string
  backend: string
  /** clone, run or static. */
  mode: string
  node: string
  pool: string
  ip: string
  /** 0 when the VM exposes no VNC port. */
  vncPort: number
  connType: string
  image: string
  /** VM name of the fork source; '' when the VM is not a fork. */
  forkedFrom: string
  /** False for static VMs, which Cocoon shows but does not run. */
  managed: boolean
  /** The pod carries `vm.cocoonstack.io/hibernate: "true"`. */
  hibernateRequested: boolean
  hibernation: VmHibernation | null
  /** The operator has given up rebuilding this sub-agent (contract 4.7). */
  deadLetter: boolean
  /** Commands that the guest still needs, decoded; '' when there are none (contract 1.4, post-clone-hint). */
  postCloneHint: string
  /** Canonical quantities as requested; '' when not set. */
  cpu: string
  memory: string
  storage: string
  snapshotPolicy: string
  network: string
  /** Set generation stamped on the pod, and the one that the reported lifecycle state belongs to. */
  generation: number
  observedGeneration: number
  createdAt: string
  /** ISO 8601 of the deletion request; null while the pod is wanted. */
  deletedAt: string | null
  /** Fields of the object that could not be read, in words; the row is shown all the same. */
  problems: string[]
}

/** One CocoonSet as the dashboard shows it. */
export interface VmSet {
  uid: string
  namespace: string
  name: string
  /** status.phase verbatim; '' for a set that the operator has not touched yet (contract 4.3). */
  phase: string
  phaseSince: string | null
  message: string
  suspend: boolean
  /** spec.agent.replicas: the number of sub-agents. */
  replicas: number
  toolboxes: number
  readyAgents: number
  desiredAgents: number
  readyToolboxes: number
  desiredToolboxes: number
  image: string
  mode: string
  os: string
  backend: string
  nodePool: string
  /** spec.nodeName: where the main agent is pinned; '' when it is not. */
  nodeName: string
  snapshotPolicy: string
  hibernatePolicy: string
  /** spec.snapshotCompatibilityClass: nodes of another class cannot take its VMs; '' when any may. */
  snapshotClass: string
  generation: number
  observedGeneration: number
  createdAt: string
  deletedAt: string | null
  problems: string[]
}

/** One node that can hold VMs. */
export interface VmNode {
  uid: string
  name: string
  pool: string
  ready: boolean
  schedulable: boolean
  message: string
  internalIP: string
  version: string
  snapshotCpuClass: string
  /** Allocatable amounts: cores, bytes, bytes, count. */
  cpu: number
  memory: number
  storage: number
  pods: number
  createdAt: string
  problems: string[]
}

/** Everything that the fleet holds, by kind. */
export interface FleetRows {
  vms: Vm
  sets: VmSet
  nodes: VmNode
  /** What is done to VMs and sets, and was lately. */
  operations: Operation
  /** How long that usually takes, by kind. */
  usual: Usual
}

export const FLEET_KINDS = ['vms', 'sets', 'nodes', 'operations', 'usual'] as const

export type FleetKind = (typeof FLEET_KINDS)[number]
