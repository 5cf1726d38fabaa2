import type { Pod } from '../../lib/cocoon/kube-json.ts'
import { isConflict, isNotFound } from '../client/api-error.ts'
import type { Cache } from '../client/cache.ts'
import { eventRecorder } from '../client/event-recorder.ts'
import type { KubeClient } from '../client/kube-client.ts'
import { keyOf, refOf, refOfKey } from '../client/resources.ts'
import type { Clock } from '../clock.ts'
import type { NodeEndpoint } from '../fleet/node-objects.ts'
import { WORKER_NAME, workerNode } from '../fleet/worker-node.ts'
import type { Random } from '../random.ts'
import { workQueue } from '../work-queue.ts'
import { containersRunning } from './container-status.ts'
import { keepNode } from './keep-node.ts'

export interface StartWorkerOptions {
  client: KubeClient
  pods: Cache<Pod>
  clock: Clock
  /** Of the API server, by which others judge whether the node is alive. */
  wall: Clock
  random: Random
  endpoint?: NodeEndpoint
  failed: (what: string, error: unknown) => void
}

const podIP = (random: Random) => `10.244.${random.int(1, 250)}.${random.int(2, 250)}`

/**
 * Starts the kubelet of the node without VMs. It runs no container, but says of pods what a kubelet would: that they
 * run once they are bound to it, and that they are gone once somebody deletes them.
 */
export async function startWorker(options: StartWorkerOptions): Promise<{ close(): Promise<void> }> {
  const { client, pods, wall, random } = options
  const record = eventRecorder({
    client,
    clock: options.clock,
    random: random.fork('events'),
    component: 'kubelet',
    host: WORKER_NAME,
    failed: options.failed,
  })
  const node = workerNode(wall.now(), random.fork('node'), options.endpoint)
  const keeper = await keepNode({ client, record, clock: wall, node, failed: options.failed })

  const run = async (pod: Pod) => {
    const status = containersRunning(pod, podIP(random), wall.now())
    await client.patchStatus('pods', refOf(pod), { metadata: { uid: pod.metadata?.uid }, status })
    for (const { name, image } of pod.spec?.containers ?? []) {
      const message = `Container image "${image}" already present on machine`
      await record(pod, { type: 'Normal', reason: 'Pulled', message })
      await record(pod, { type: 'Normal', reason: 'Started', message: `Started container ${name}` })
    }
  }
  const queue = workQueue({
    clock: wall,
    concurrency: 4,
    failed: (key, error) => {
      if (!isConflict(error) && !isNotFound(error)) options.failed(`${WORKER_NAME}: pod ${key}`, error)
    },
    async work(key) {
      const pod = pods.get(refOfKey(key))
      if (pod?.spec?.nodeName !== WORKER_NAME) return undefined
      if (pod.metadata?.deletionTimestamp) await client.remove('pods', pod, 0)
      else if (pod.status?.phase === 'Pending') await run(pod)
      return undefined
    },
  })
  pods.onChange((_, after) => {
    if (after?.spec?.nodeName === WORKER_NAME) queue.add(keyOf(refOf(after)))
  })
  for (const pod of pods.all()) if (pod.spec?.nodeName === WORKER_NAME) queue.add(keyOf(refOf(pod)))
  return {
    async close() {
      await keeper.close()
      await queue.close()
    },
  }
}
