import type { CocoonHibernation } from '../../lib/cocoon/crd.ts'
import { ANNOTATION_HIBERNATE } from '../../lib/cocoon/keys.ts'
import type { Pod } from '../../lib/cocoon/kube-json.ts'
import { isConflict, isNotFound } from '../client/api-error.ts'
import type { Cache } from '../client/cache.ts'
import { keyOf, refOf, refOfKey } from '../client/resources.ts'
import type { Clock } from '../clock.ts'
import type { Stopwatch } from '../stopwatch.ts'
import { workQueue, type WorkQueue } from '../work-queue.ts'
import type { OperatorTools } from './apply-set-action.ts'
import { planHibernation, type HibernationAction, type HibernationState } from './plan-hibernation.ts'

export interface HibernationControllerOptions extends OperatorTools {
  pods: Cache<Pod>
  hibernations: Cache<CocoonHibernation>
  clock: Clock
  watch: Stopwatch
  failed: (key: string, error: unknown) => void
}

async function applyAction(
  tools: OperatorTools,
  hibernation: CocoonHibernation,
  action: HibernationAction,
): Promise<void> {
  const { client } = tools
  switch (action.do) {
    case 'finalizers': {
      const { finalizers } = action
      const { resourceVersion } = hibernation.metadata ?? {}
      await client.patch('cocoonhibernations', refOf(hibernation), {
        metadata: { finalizers, resourceVersion },
      })
      return
    }
    case 'hibernatePod': {
      const annotations = { [ANNOTATION_HIBERNATE]: action.on ? 'true' : null }
      const { uid } = action.pod.metadata ?? {}
      await client.patch('pods', refOf(action.pod), { metadata: { annotations, uid } })
      return
    }
    case 'status':
      await client.patchStatus('cocoonhibernations', refOf(hibernation), {
        metadata: { uid: hibernation.metadata?.uid },
        status: action.status,
      })
      return
    case 'deleteTag':
      tools.registry.remove(action.vmName, action.tag)
      return
    case 'event':
      await tools.record(hibernation, action.event)
  }
}

/** The CocoonHibernation controller: by rule an object has the name of its pod (contract 5). */
export function hibernationController(options: HibernationControllerOptions): WorkQueue {
  const { pods, hibernations, clock } = options
  const stateOf = (hibernation: CocoonHibernation): HibernationState => {
    const { namespace, name } = refOf(hibernation)
    const podName = hibernation.spec?.podRef?.name ?? ''
    const pod = pods.get({ namespace, name: podName })
    const others = [...hibernations.inNamespace(namespace)].filter(
      (other) => refOf(other).name !== name && !other.metadata?.deletionTimestamp,
    )
    return {
      hibernation,
      pod: pod?.metadata?.deletionTimestamp ? undefined : pod,
      tracked: others.some((other) => other.spec?.podRef?.name === podName),
      hasTag: options.registry.has,
      now: clock.now(),
      since: (subject, stamp) => options.watch.since(`${namespace}/${name} ${subject}`, stamp),
    }
  }
  const queue = workQueue({
    clock,
    concurrency: 4,
    failed: (key, error) => {
      if (!isConflict(error) && !isNotFound(error)) options.failed(`CocoonHibernation ${key}`, error)
    },
    async work(key) {
      const hibernation = hibernations.get(refOfKey(key))
      if (!hibernation) return undefined
      const plan = planHibernation(stateOf(hibernation))
      for (const action of plan.actions) await applyAction(options, hibernation, action)
      return plan.again
    },
  })
  hibernations.onChange((before, after) => {
    if (!after) return
    const changed =
      before?.metadata?.generation !== after.metadata?.generation ||
      before?.metadata?.deletionTimestamp !== after.metadata?.deletionTimestamp ||
      before?.metadata?.finalizers?.length !== after.metadata?.finalizers?.length ||
      (before?.status?.phase !== after.status?.phase && after.status?.phase !== 'Failed')
    if (changed) queue.add(keyOf(refOf(after)))
  })
  pods.onChange((before, after) => {
    const ref = refOf(after ?? before ?? {})
    const same =
      before &&
      after &&
      JSON.stringify(before.metadata?.annotations) === JSON.stringify(after.metadata?.annotations)
    if (same && before.status?.phase === after.status?.phase) return
    if (hibernations.get(ref)) queue.add(keyOf(ref))
  })
  return queue
}
