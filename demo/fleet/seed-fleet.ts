import { OPERATOR_NAMESPACE } from '../../lib/cocoon/component-keys.ts'
import type { KubeObject, Node, Pod } from '../../lib/cocoon/kube-json.ts'
import { FIRST_NETWORK } from '../desktop/network.ts'
import { addressPool } from '../kubelet/addresses.ts'
import { kubeTime } from '../kube-time.ts'
import { placePod, usageByNode } from '../place-pod.ts'
import type { Random } from '../random.ts'
import type { Registry } from '../registry.ts'
import { accessObjects } from './access-objects.ts'
import { COMPONENTS } from './access-rules.ts'
import { planFleet, type FleetPlan, type FleetSize } from './fleet-plan.ts'
import { nodeObject, type NodePlan } from './node-objects.ts'
import { barePods, ordinaryPods } from './other-pods.ts'
import { READY_NAMESPACES } from './ready-users.ts'
import { seedEvents } from './seed-events.ts'
import { seedSet } from './seed-set.ts'
import { workerNode } from './worker-node.ts'

const DAY = 86_400_000

/** A fleet that has lived for weeks: every object complete, and nothing for a controller to do. */
export interface SeededFleet {
  plan: FleetPlan
  objects: KubeObject[]
}

function namespaces(names: Iterable<string>, now: number, random: Random): KubeObject[] {
  const always = ['default', 'kube-system', 'kube-public', 'kube-node-lease', OPERATOR_NAMESPACE]
  const accounts = COMPONENTS.map(({ namespace }) => namespace)
  return [...new Set([...always, ...names, ...accounts])].map((name) => ({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name,
      uid: random.uuid(),
      creationTimestamp: kubeTime(now - 61 * DAY),
      labels: { 'kubernetes.io/metadata.name': name },
    },
    spec: { finalizers: ['kubernetes'] },
    status: { phase: 'Active' },
  }))
}

/** Accounts and roles are as old as the namespaces. */
function access(now: number, random: Random): KubeObject[] {
  const creationTimestamp = kubeTime(now - 61 * DAY)
  return accessObjects().map((object) => {
    const identity = { uid: random.uuid(), creationTimestamp }
    return Object.assign({}, object, { metadata: Object.assign({}, object.metadata, identity) })
  })
}

const isPod = (object: KubeObject): object is Pod => object.kind === 'Pod'

/** The scheduler has long said why a pod has no node. */
function tellUnscheduled(pods: Pod[], nodes: Node[]): void {
  const usage = usageByNode(pods)
  for (const pod of pods) {
    if (pod.spec?.nodeName) continue
    const { message } = placePod(pod, nodes, usage)
    const lastTransitionTime = pod.metadata?.creationTimestamp ?? ''
    const condition = {
      type: 'PodScheduled',
      status: 'False',
      reason: 'Unschedulable',
      message,
      lastTransitionTime,
    }
    pod.status = { ...pod.status, conditions: [condition] }
  }
}

/**
 * The demo's fleet: the same size, seed and time give the same objects. Fills the registry with the snapshots of the
 * VMs that sleep. `desktops` is how the addresses of desktops begin.
 */
export function seedFleet(
  size: FleetSize,
  now: number,
  random: Random,
  registry: Registry,
  desktops = FIRST_NETWORK,
): SeededFleet {
  const plan = planFleet(size, now, random)
  const pools = new Map(plan.nodes.map((node) => [node, addressPool(node.index, desktops)]))
  const leaseOf = (node: NodePlan) => (screen: boolean) => pools.get(node)?.lease(screen) ?? ''
  const nodes = [...plan.nodes.map((node) => nodeObject(node, now)), workerNode(now, random.fork('worker'))]
  const sets = plan.sets.flatMap((set) =>
    seedSet({
      plan: set,
      now,
      random: random.fork(`set/${set.namespace}/${set.name}`),
      registry,
      lease: leaseOf(set.node),
      desktops,
    }),
  )
  const bare = barePods(plan.bare, leaseOf, now, random.fork('bare'))
  const all = [...sets, ...bare]
  tellUnscheduled(all.filter(isPod), nodes)
  const others = ordinaryPods(now, random.fork('ordinary'))
  const spaces = namespaces(
    [
      ...plan.sets,
      ...others.map((pod) => ({ namespace: pod.metadata?.namespace ?? '' })),
      { namespace: 'platform' },
      ...READY_NAMESPACES.map((namespace) => ({ namespace })),
    ].map((each) => each.namespace),
    now,
    random.fork('namespaces'),
  )
  const events = seedEvents(all, now, random.fork('events'))
  return {
    plan,
    objects: [...spaces, ...access(now, random.fork('access')), ...nodes, ...all, ...others, ...events],
  }
}
