import type { Pod } from '../../lib/cocoon/kube-json.ts'
import type { Cache } from '../client/cache.ts'
import { eventRecorder } from '../client/event-recorder.ts'
import type { KubeClient } from '../client/kube-client.ts'
import type { Clock } from '../clock.ts'
import { nodeObject, type NodeEndpoint, type NodePlan } from '../fleet/node-objects.ts'
import type { Random } from '../random.ts'
import type { Registry } from '../registry.ts'
import { addressPool } from './addresses.ts'
import { keepNode } from './keep-node.ts'
import { startKubelet, type Kubelet } from './kubelet.ts'
import { nodeTimings } from './timings.ts'
import { VK_FEATURES } from './vk-generation.ts'

export interface StartNodeOptions {
  plan: NodePlan
  client: KubeClient
  pods: Cache<Pod>
  registry: Registry
  /** Of the VMs, which may be hurried. */
  clock: Clock
  /** Of the API server, by which others judge whether the node is alive. */
  wall: Clock
  random: Random
  /** How the addresses begin at which screens are served. */
  desktops: string
  /** Where the node's kubelet server listens. */
  endpoint?: NodeEndpoint
  failed: (what: string, error: unknown) => void
}

/** Starts one vk-cocoon: its Node is registered and kept alive, and it runs the pods bound to it (contract 6). */
export async function startNode(options: StartNodeOptions): Promise<Kubelet> {
  const { plan, client, clock, wall, random: own, failed } = options
  const record = eventRecorder({
    client,
    clock,
    random: own.fork('events'),
    component: plan.name,
    host: plan.name,
  })
  const node = nodeObject(plan, wall.now(), options.endpoint)
  const keeper = await keepNode({ client, record, clock: wall, node, failed })
  const kubelet = startKubelet({
    pods: options.pods,
    failed,
    agent: {
      name: plan.name,
      features: VK_FEATURES[plan.generation],
      client,
      record,
      registry: options.registry,
      clock,
      guestClock: wall,
      random: own,
      timings: nodeTimings(own.fork('timings')),
      addresses: addressPool(plan.index, options.desktops),
      forkSnapshots: new Map(),
      localSnapshots: new Map(),
      pulled: new Map(),
      vms: new Map(),
      vncPorts: new Set(),
    },
  })
  return {
    ...kubelet,
    async close() {
      await keeper.close()
      await kubelet.close()
    },
  }
}
