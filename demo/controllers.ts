import { OPERATOR_NAME } from '../lib/cocoon/component-keys.ts'
import { resourceCache, type Cache } from './client/cache.ts'
import type { Connection } from './client/connection.ts'
import { eventRecorder } from './client/event-recorder.ts'
import { kubeClient, type KubeClient } from './client/kube-client.ts'
import type { Resource, Resources } from './client/resources.ts'
import { wallClock, type Clock } from './clock.ts'
import type { NodePlan } from './fleet/node-objects.ts'
import type { Identity } from './identities.ts'
import type { Kubelet } from './kubelet/kubelet.ts'
import { nodesOf } from './kubelet/server/nodes-of.ts'
import { startKubeletServer } from './kubelet/server/start-kubelet-server.ts'
import { startNode } from './kubelet/start-node.ts'
import { startWorker } from './kubelet/start-worker.ts'
import { hibernationController } from './operator/hibernation-controller.ts'
import { setController } from './operator/set-controller.ts'
import { announceNodes, NODE_CONTROLLER } from './node-controller.ts'
import type { Random } from './random.ts'
import type { Registry } from './registry.ts'
import { startScheduler } from './scheduler.ts'
import { stopwatch } from './stopwatch.ts'

export interface ControllersOptions {
  /** Opens a connection as somebody; the controllers close it. */
  connectAs: (identity: Identity) => Connection
  clock: Clock
  /** The API server's clock, for heartbeats; the wall clock unless told. */
  wall?: Clock
  speed: number
  random: Random
  registry: Registry
  nodes: NodePlan[]
  /** How the addresses begin at which screens are served. */
  desktops: string
  /** PEM of the authority that signs what the API server shows to kubelets; without it nobody serves their API. */
  kubeletClientAuthority?: string
  /** Whether pods are to be bound here: a real cluster has its own scheduler. */
  scheduler: boolean
  /** Told of what went wrong and will be tried again. */
  log: (text: string) => void
}

/** Everything above the API server, at work. */
export interface Controllers {
  caches: { [R in Resource as Exclude<R, 'events' | 'leases'>]: Cache<Resources[R]> }
  clientOf(identity: Identity): KubeClient
  kubelets: Kubelet[]
  close(): Promise<void>
}

/** Starts operator, scheduler and one node agent per node; resolves when all have seen the whole cluster. */
export async function startControllers(options: ControllersOptions): Promise<Controllers> {
  const { clock, random, registry } = options
  const wall = options.wall ?? wallClock(1)
  const stop = new AbortController()
  const connections: Connection[] = []
  const failed = (what: string, error: unknown) => {
    const text = error instanceof Error ? error.message : String(error)
    if (!stop.signal.aborted) options.log(`${what}: ${text}`)
  }
  const connectionOf = (identity: Identity) => {
    const connection = options.connectAs(identity)
    connections.push(connection)
    return connection
  }
  const clientOf = (identity: Identity) => kubeClient(connectionOf(identity))

  const connection = connectionOf('operator')
  const client = kubeClient(connection)
  const nodeConnection = connectionOf('kubelet')
  const kubeletClient = kubeClient(nodeConnection)
  const cache = <R extends Resource>(resource: R, as = { client, connection }) =>
    resourceCache({
      resource,
      ...as,
      // A server is not hurried as VMs are.
      clock: wall,
      failed: (error) => failed(`watching ${resource}`, error),
    })
  const caches: Controllers['caches'] = {
    pods: cache('pods'),
    // Nodes are none of the operator's business, and its account may not read them.
    nodes: cache('nodes', { client: kubeletClient, connection: nodeConnection }),
    cocoonsets: cache('cocoonsets'),
    cocoonhibernations: cache('cocoonhibernations'),
  }
  const { pods, nodes, cocoonsets: sets, cocoonhibernations: hibernations } = caches

  const watch = stopwatch(clock, options.speed)
  const record = eventRecorder({
    client,
    clock,
    random: random.fork('operator'),
    component: OPERATOR_NAME,
    failed,
  })
  const nodeRecorder = () =>
    eventRecorder({
      client: clientOf('scheduler'),
      clock,
      random: random.fork('nodes'),
      component: NODE_CONTROLLER,
      failed,
    })
  const operator = { client, registry, record, pods, hibernations, clock, watch, failed }
  const queues: { close(): Promise<void> }[] = [
    setController({ ...operator, sets }),
    hibernationController(operator),
  ]
  if (options.scheduler) {
    const own = clientOf('scheduler')
    const recorder = {
      client: own,
      clock,
      random: random.fork('scheduler'),
      component: 'default-scheduler',
      failed,
    }
    queues.push(startScheduler({ client: own, record: eventRecorder(recorder), pods, nodes, clock, failed }))
  }

  await nodes.start(stop.signal)
  // Where nobody schedules, nobody looks after nodes either.
  if (options.scheduler) announceNodes(nodes, nodeRecorder())
  await pods.start(stop.signal)
  const agents = new Map<string, Kubelet>()
  const authority = options.kubeletClientAuthority
  const served = nodesOf(pods, options.nodes, agents)
  const endpoint =
    authority === undefined
      ? undefined
      : await startKubeletServer({ nodes: served, clock, clientAuthority: authority, port: 0 })
  const kubelets = await Promise.all(
    options.nodes.map(async (plan) => {
      const agent = await startNode({
        plan,
        desktops: options.desktops,
        client: kubeletClient,
        pods,
        registry,
        clock,
        wall,
        random: random.fork(`node/${plan.name}`),
        ...(endpoint ? { endpoint } : {}),
        failed,
      })
      agents.set(plan.name, agent)
      return agent
    }),
  )
  const worker = await startWorker({
    client: kubeletClient,
    pods,
    clock,
    wall,
    random: random.fork('worker'),
    ...(endpoint ? { endpoint } : {}),
    failed,
  })
  queues.push(worker)
  // Sets come last: the operator must not mistake pods and hibernations that it has not listed for missing ones.
  await hibernations.start(stop.signal)
  await sets.start(stop.signal)

  return {
    caches,
    clientOf,
    kubelets,
    async close() {
      stop.abort(new Error('the demo cluster stops'))
      await endpoint?.close()
      await Promise.all([...queues, ...kubelets].map((part) => part.close()))
      for (const each of connections) each.close()
    },
  }
}
