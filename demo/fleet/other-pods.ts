import { VM_CONTAINER_NAME, VM_PLACEHOLDER_IMAGE } from '../../lib/cocoon/component-keys.ts'
import { DEFAULT_NODE_POOL, LABEL_NODE_POOL, TOLERATION_KEY } from '../../lib/cocoon/keys.ts'
import type { Pod } from '../../lib/cocoon/kube-json.ts'
import { vmNameForPod } from '../../lib/cocoon/vm-name.ts'
import { applyVMSpec, fromAgentSpec } from '../../lib/cocoon/vm-spec.ts'
import { kubeTime } from '../kube-time.ts'
import type { Random } from '../random.ts'
import { admittedPod } from './admitted-pod.ts'
import type { NodePlan } from './node-objects.ts'
import { settlePod } from './seed-pod.ts'
import { WORKER_NAME } from './worker-node.ts'

const DAY = 86_400_000
const BARE = [
  { namespace: 'platform', name: 'sandbox-irene', image: 'ghcr.io/cocoonstack/images/ubuntu:24.04' },
  { namespace: 'research', name: 'notebook-omar', image: 'ghcr.io/cocoonstack/images/jupyter:2026.1' },
] as const

/** VM pods that belong to no set, on these nodes: somebody with the right to do so created them by hand. */
export function barePods(
  nodes: NodePlan[],
  leaseOf: (node: NodePlan) => (screen: boolean) => string,
  now: number,
  random: Random,
): Pod[] {
  return nodes.map((node, index) => {
    const { namespace, name, image } = BARE[index % BARE.length] ?? BARE[0]
    const pod: Pod = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, namespace, labels: { owner: name.split('-')[1] ?? '' } },
      spec: {
        restartPolicy: 'Always',
        terminationGracePeriodSeconds: 30,
        nodeSelector: { [LABEL_NODE_POOL]: DEFAULT_NODE_POOL },
        tolerations: [{ key: TOLERATION_KEY, operator: 'Exists' }],
        containers: [
          {
            name: VM_CONTAINER_NAME,
            image: VM_PLACEHOLDER_IMAGE,
            resources: { requests: { cpu: '1', memory: '2Gi' }, limits: { cpu: '1', memory: '2Gi' } },
          },
        ],
      },
    }
    const spec = fromAgentSpec(
      { mode: 'run', image, network: 'cocoon-dhcp' },
      vmNameForPod(namespace, name),
      '',
      '',
    )
    applyVMSpec(spec, pod)
    const createdAt = now - random.int(1, 9) * DAY
    const lease = leaseOf(node)
    return settlePod({ pod, node, lease, state: 'ready', createdAt, since: createdAt + 5_000, random })
  })
}

const ORDINARY = [
  { namespace: 'platform', name: 'ingress-nginx-7c9f4d5b8-x2vqk', image: 'nginx:1.29' },
  { namespace: 'platform', name: 'metrics-cache-0', image: 'redis:8.2' },
  { namespace: 'finance', name: 'invoice-web-5f6d9c7b4-m8kzt', image: 'nginx:1.29' },
] as const

/** Pods that have nothing to do with VMs: a dashboard for VMs never shows them. */
export function ordinaryPods(now: number, random: Random): Pod[] {
  return ORDINARY.map(({ namespace, name, image }, index) => {
    const at = kubeTime(now - random.int(2, 40) * DAY)
    const condition = (type: string) => ({ type, status: 'True', lastTransitionTime: at })
    const podIP = `10.244.0.${20 + index}`
    const pod: Pod = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        name,
        namespace,
        uid: random.uuid(),
        generation: 1,
        creationTimestamp: at,
        labels: { app: name.split('-')[0] ?? '' },
      },
      spec: { nodeName: WORKER_NAME, restartPolicy: 'Always', containers: [{ name: 'main', image }] },
      status: {
        phase: 'Running',
        podIP,
        podIPs: [{ ip: podIP }],
        startTime: at,
        conditions: ['PodScheduled', 'Initialized', 'ContainersReady', 'Ready'].map(condition),
        containerStatuses: [
          {
            name: 'main',
            image,
            imageID: '',
            ready: true,
            restartCount: 0,
            state: { running: { startedAt: at } },
          },
        ],
      },
    }
    return admittedPod(pod, random)
  })
}
