import { LABEL_VM_NODE, TAINT_EFFECT, TAINT_VALUE } from '../../lib/cocoon/component-keys.ts'
import { LABEL_NODE_POOL, LABEL_SNAPSHOT_CPU_CLASS, TOLERATION_KEY } from '../../lib/cocoon/keys.ts'
import type { Condition, Node } from '../../lib/cocoon/kube-json.ts'
import { quantityString } from '../../lib/cocoon/quantity.ts'
import { VK_FEATURES, type VkGeneration } from '../kubelet/vk-generation.ts'
import { kubeTime } from '../kube-time.ts'

/** One node of the seeded fleet. */
export interface NodePlan {
  name: string
  index: number
  pool: string
  generation: VkGeneration
  /** How many VMs the node is dimensioned for. */
  room: number
  createdAt: number
  uid: string
}

const GIB = 2 ** 20

/** What a healthy kubelet says of its node. */
export function nodeConditions(createdAt: number, now: number): Condition[] {
  const at = kubeTime(createdAt)
  const calm = ['DiskPressure', 'MemoryPressure', 'PIDPressure', 'NetworkUnavailable']
  const condition = (type: string, status: string, reason: string, message: string) => ({
    type,
    status,
    reason,
    message,
    lastHeartbeatTime: kubeTime(now),
    lastTransitionTime: at,
  })
  return [
    condition('Ready', 'True', 'KubeletReady', 'kubelet is ready.'),
    ...calm.map((type) => condition(type, 'False', `KubeletHasNo${type}`, `kubelet has no ${type}`)),
  ]
}

/** Capacity for `room` VMs of about 2 cores and 4 GiB; a fifth is kept back for the node itself (contract 6.6). */
function capacityOf(room: number, share: number): Record<string, string> {
  const sized = Math.max(room, 16)
  return {
    cpu: String(Math.floor(sized * 4 * share)),
    // As a server would write them.
    memory: quantityString(`${Math.floor(sized * 8 * GIB * share)}Ki`),
    'ephemeral-storage': quantityString(`${Math.floor(sized * 120 * GIB * share)}Ki`),
    pods: String(Math.max(256, sized * 2)),
  }
}

/** Where the API server finds the kubelet server of a node, by the loopback name of this machine. */
export interface NodeEndpoint {
  port: number
}

/**
 * A Node as its vk-cocoon registers it: labels, taint, capacity, conditions, addresses (contract 1.2, 6.6). `now` is
 * the time of its last heartbeat.
 */
export function nodeObject(plan: NodePlan, now: number, endpoint?: NodeEndpoint): Node {
  const { cpuClass } = VK_FEATURES[plan.generation]
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name: plan.name,
      uid: plan.uid,
      creationTimestamp: kubeTime(plan.createdAt),
      labels: {
        'kubernetes.io/hostname': plan.name,
        'kubernetes.io/arch': 'amd64',
        'kubernetes.io/os': 'linux',
        // The node controller of every cluster adds these.
        'beta.kubernetes.io/arch': 'amd64',
        'beta.kubernetes.io/os': 'linux',
        type: 'virtual-kubelet',
        [LABEL_VM_NODE]: '',
        [LABEL_NODE_POOL]: plan.pool,
        ...(cpuClass === '' ? {} : { [LABEL_SNAPSHOT_CPU_CLASS]: cpuClass }),
      },
    },
    spec: { taints: [{ key: TOLERATION_KEY, value: TAINT_VALUE, effect: TAINT_EFFECT }] },
    status: {
      capacity: capacityOf(plan.room, 1.25),
      allocatable: capacityOf(plan.room, 1),
      conditions: nodeConditions(plan.createdAt, now),
      addresses: [
        { type: 'InternalIP', address: `10.40.${Math.floor(plan.index / 240)}.${10 + (plan.index % 240)}` },
        { type: 'Hostname', address: plan.name },
        ...(endpoint ? [{ type: 'ExternalDNS', address: 'localhost' }] : []),
      ],
      ...(endpoint ? { daemonEndpoints: { kubeletEndpoint: { Port: endpoint.port } } } : {}),
      nodeInfo: {
        kubeletVersion: VK_FEATURES[plan.generation].version,
        operatingSystem: 'linux',
        architecture: 'amd64',
        osImage: 'Ubuntu 24.04.3 LTS',
        kernelVersion: '6.8.0-71-generic',
        containerRuntimeVersion: 'cocoon://0.9.4',
        machineID: plan.uid.replaceAll('-', ''),
        systemUUID: plan.uid,
        bootID: plan.uid,
        kubeProxyVersion: '',
      },
    },
  }
}
