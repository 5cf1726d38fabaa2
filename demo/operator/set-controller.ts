import type { CocoonHibernation, CocoonSet } from '../../lib/cocoon/crd.ts'
import { KIND_COCOON_SET, LABEL_COCOON_SET } from '../../lib/cocoon/keys.ts'
import type { Pod } from '../../lib/cocoon/kube-json.ts'
import { isPodReady } from '../../lib/cocoon/pod-state.ts'
import { isConflict, isNotFound, isTerminating } from '../client/api-error.ts'
import type { Cache } from '../client/cache.ts'
import { keyOf, refOf, refOfKey } from '../client/resources.ts'
import type { Clock } from '../clock.ts'
import type { Stopwatch } from '../stopwatch.ts'
import { workQueue, type WorkQueue } from '../work-queue.ts'
import { applySetAction, type OperatorTools } from './apply-set-action.ts'
import { planSet } from './plan-set.ts'
import type { SetState } from './set-state.ts'

export interface SetControllerOptions extends OperatorTools {
  sets: Cache<CocoonSet>
  pods: Cache<Pod>
  hibernations: Cache<CocoonHibernation>
  clock: Clock
  watch: Stopwatch
  failed: (key: string, error: unknown) => void
}

const controllerOf = (pod: Pod) =>
  pod.metadata?.ownerReferences?.find((owner) => owner.controller && owner.kind === KIND_COCOON_SET)

/** A pod changed in a way that the operator reacts to (contract 4, triggers). */
function podMatters(before: Pod | undefined, after: Pod | undefined): boolean {
  if (!before || !after) return true
  return (
    before.status?.phase !== after.status?.phase ||
    before.metadata?.deletionTimestamp !== after.metadata?.deletionTimestamp ||
    isPodReady(before) !== isPodReady(after) ||
    JSON.stringify(before.metadata?.annotations) !== JSON.stringify(after.metadata?.annotations) ||
    JSON.stringify(before.metadata?.labels) !== JSON.stringify(after.metadata?.labels)
  )
}

/** A set changed in its spec, or the operator itself took a step that has a next one (contract 4, triggers). */
function setMatters(before: CocoonSet | undefined, after: CocoonSet | undefined): boolean {
  if (!before || !after) return after !== undefined
  return (
    before.metadata?.generation !== after.metadata?.generation ||
    before.metadata?.deletionTimestamp !== after.metadata?.deletionTimestamp ||
    before.metadata?.finalizers?.length !== after.metadata?.finalizers?.length ||
    before.status?.phase !== after.status?.phase
  )
}

/** The CocoonSet controller: a queue of set names, one plan and its writes at a time for each (contract 4). */
export function setController(options: SetControllerOptions): WorkQueue {
  const { sets, pods, clock } = options
  /** Pod names by the set that controls them, because looking through every pod for every set does not scale. */
  const owned = new Map<string, Set<string>>()
  const stateOf = (set: CocoonSet): SetState => {
    const { namespace } = refOf(set)
    const names = owned.get(keyOf(refOf(set))) ?? new Set()
    const found = [...names].map((name) => pods.get({ namespace, name })).filter((pod) => pod !== undefined)
    return {
      set,
      // Both labelled and controlled (contract 4.1): a pod whose label was taken away is nobody's.
      pods: found.filter(
        (pod) =>
          controllerOf(pod)?.uid === set.metadata?.uid &&
          pod.metadata?.labels?.[LABEL_COCOON_SET] === set.metadata?.name,
      ),
      hibernations: new Map(
        [...options.hibernations.inNamespace(namespace)].map((each) => [each.spec?.podRef?.name ?? '', each]),
      ),
      hasTag: options.registry.has,
      now: clock.now(),
      since: (subject, stamp) => options.watch.since(`${keyOf(refOf(set))} ${subject}`, stamp),
    }
  }
  const queue = workQueue({
    clock,
    concurrency: 4,
    failed: (key, error) => {
      // Somebody was quicker, or the set is gone or goes with its namespace: the next look tells.
      if (!isConflict(error) && !isNotFound(error) && !isTerminating(error))
        options.failed(`CocoonSet ${key}`, error)
    },
    async work(key) {
      const set = sets.get(refOfKey(key))
      if (!set) return undefined
      const plan = planSet(stateOf(set))
      for (const action of plan.actions) await applySetAction(options, set, action)
      return plan.again
    },
  })
  sets.onChange((before, after) => {
    if (setMatters(before, after)) queue.add(keyOf(refOf(after ?? before ?? {})))
  })
  pods.onChange((before, after) => {
    const pod = after ?? before ?? {}
    const owner = controllerOf(pod)
    if (!owner) return
    const { namespace, name } = refOf(pod)
    const key = keyOf({ namespace, name: owner.name ?? '' })
    const names = owned.get(key) ?? new Set()
    if (after) names.add(name)
    else names.delete(name)
    if (names.size > 0) owned.set(key, names)
    else owned.delete(key)
    if (podMatters(before, after)) queue.add(key)
  })
  return queue
}
