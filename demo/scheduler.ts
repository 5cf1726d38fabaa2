import type { Node, Pod } from '../lib/cocoon/kube-json.ts'
import { isConflict, isNotFound } from './client/api-error.ts'
import type { Cache } from './client/cache.ts'
import type { RecordEvent } from './client/event-recorder.ts'
import type { KubeClient } from './client/kube-client.ts'
import { keyOf, refOf, refOfKey } from './client/resources.ts'
import type { Clock } from './clock.ts'
import { kubeTime } from './kube-time.ts'
import { placePod, requestsOf, usageByNode, type Amounts } from './place-pod.ts'
import { workQueue, type WorkQueue } from './work-queue.ts'

export interface SchedulerOptions {
  client: KubeClient
  record: RecordEvent
  pods: Cache<Pod>
  nodes: Cache<Node>
  clock: Clock
  failed: (key: string, error: unknown) => void
}

/** How often a pod without a node is looked at again when nothing else asks for it, in milliseconds. */
const RETRY = 30_000

const SCHEDULER_NAME = 'default-scheduler'

/** Whether a pod waits for this scheduler, and for no other. */
const isPending = (pod: Pod | undefined): pod is Pod =>
  pod !== undefined &&
  !pod.spec?.nodeName &&
  !pod.metadata?.deletionTimestamp &&
  (pod.spec?.schedulerName ?? SCHEDULER_NAME) === SCHEDULER_NAME

/** Gives pods without a node one, or says on the pod why there is none. */
export function startScheduler(options: SchedulerOptions): WorkQueue {
  const { client, pods, nodes } = options
  const pending = new Set<string>()
  /** Bindings that the pod cache does not show yet still take their room. */
  const assumed = new Map<string, { node: string; pod: Pod }>()

  const usage = (): Map<string, Amounts> => {
    const sums = usageByNode(pods.all())
    for (const { node, pod } of assumed.values()) {
      const used = sums.get(node) ?? {}
      for (const [name, amount] of Object.entries(requestsOf(pod))) used[name] = (used[name] ?? 0) + amount
      sums.set(node, used)
    }
    return sums
  }
  const bind = async (key: string, pod: Pod, node: string) => {
    assumed.set(key, { node, pod })
    await client.bind(refOf(pod), pod.metadata?.uid ?? '', node)
    const message = `Successfully assigned ${key} to ${node}`
    await options.record(pod, { type: 'Normal', reason: 'Scheduled', message })
  }
  const refuse = async (pod: Pod, message: string) => {
    const before = pod.status?.conditions?.find((condition) => condition.type === 'PodScheduled')
    if (before?.status === 'False' && before.message === message) return
    const lastTransitionTime =
      before?.status === 'False' ? before.lastTransitionTime : kubeTime(options.clock.now())
    const condition = {
      type: 'PodScheduled',
      status: 'False',
      reason: 'Unschedulable',
      message,
      lastTransitionTime,
    }
    await client.patchStatus('pods', refOf(pod), {
      metadata: { uid: pod.metadata?.uid },
      status: { conditions: [condition] },
    })
    await options.record(pod, { type: 'Warning', reason: 'FailedScheduling', message })
  }
  const queue = workQueue({
    clock: options.clock,
    concurrency: 1,
    failed: (key, error) => {
      assumed.delete(key)
      if (!isConflict(error) && !isNotFound(error)) options.failed(`scheduling ${key}`, error)
    },
    async work(key) {
      const pod = pods.get(refOfKey(key))
      if (!isPending(pod) || assumed.has(key)) return undefined
      const { node, message } = placePod(pod, nodes.all(), usage())
      if (node !== '') await bind(key, pod, node)
      else await refuse(pod, message)
      return node === '' ? RETRY : undefined
    },
  })
  const wakePending = () => {
    for (const key of pending) queue.add(key)
  }
  pods.onChange((before, after) => {
    const key = keyOf(refOf(after ?? before ?? {}))
    const waits = isPending(after)
    if (!waits) assumed.delete(key)
    if (waits) pending.add(key)
    else pending.delete(key)
    if (waits && !before) queue.add(key)
    // Room was given back.
    if (!after && before?.spec?.nodeName) wakePending()
  })
  nodes.onChange(wakePending)
  return queue
}
