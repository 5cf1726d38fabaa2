import type { Node } from '../../lib/cocoon/kube-json.ts'
import { kubeTime } from '../kube-time.ts'
import type { Random } from '../random.ts'
import { nodeConditions, type NodeEndpoint } from './node-objects.ts'

/** The node of a Cocoon cluster that holds no VMs, but the pods of everything else. */
export const WORKER_NAME = 'worker-01'

const DAY = 86_400_000
/** Of the machine, which outlives its Node object. */
const MACHINE = '5d1e6a0c-2f7b-4c88-9f43-7a1b0c9d2e61'
const ROOM = { cpu: '16', memory: '65843204Ki', 'ephemeral-storage': '203056560Ki', pods: '110' }

/** That node as its kubelet registers it; `now` is the time of its last heartbeat. */
export function workerNode(now: number, random: Random, endpoint?: NodeEndpoint): Node {
  const createdAt = now - 61 * DAY
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name: WORKER_NAME,
      uid: random.uuid(),
      creationTimestamp: kubeTime(createdAt),
      labels: {
        'kubernetes.io/hostname': WORKER_NAME,
        'kubernetes.io/arch': 'amd64',
        'kubernetes.io/os': 'linux',
        'beta.kubernetes.io/arch': 'amd64',
        'beta.kubernetes.io/os': 'linux',
      },
    },
    spec: {},
    status: {
      capacity: ROOM,
      allocatable: ROOM,
      conditions: nodeConditions(createdAt, now),
      addresses: [
        { type: 'InternalIP', address: '10.40.255.10' },
        { type: 'Hostname', address: WORKER_NAME },
        ...(endpoint ? [{ type: 'ExternalDNS', address: 'localhost' }] : []),
      ],
      ...(endpoint ? { daemonEndpoints: { kubeletEndpoint: { Port: endpoint.port } } } : {}),
      nodeInfo: {
        kubeletVersion: 'v1.36.3',
        operatingSystem: 'linux',
        architecture: 'amd64',
        osImage: 'Ubuntu 24.04.3 LTS',
        kernelVersion: '6.8.0-71-generic',
        containerRuntimeVersion: 'containerd://2.1.4',
        machineID: MACHINE.replaceAll('-', ''),
        systemUUID: MACHINE,
        bootID: MACHINE,
        kubeProxyVersion: '',
      },
    },
  }
}
