import { ANNOTATION_FORK_FROM, API_VERSION, KIND_COCOON_HIBERNATION } from '../../lib/cocoon/keys.ts'
import { readLifecycleState } from '../../lib/cocoon/lifecycle.ts'
import type { KubeClient } from '../client/kube-client.ts'
import { keyOf, refOf, type ObjectRef } from '../client/resources.ts'
import type { Controllers } from '../controllers.ts'
import type { Kubelet } from '../kubelet/kubelet.ts'
import type { Random } from '../random.ts'
import { candidates } from './candidates.ts'
import type { UndoLater } from './undo-later.ts'

/** One thing that may happen; it answers false when nothing in the fleet is fit for it now. */
export type Trick = () => Promise<boolean>

export type TrickName = 'hibernate' | 'fork' | 'suspend' | 'rebuild' | 'rebindAddress' | 'loseProbe'

export interface TricksOptions {
  client: KubeClient
  caches: Controllers['caches']
  kubelets: Kubelet[]
  random: Random
  held: UndoLater
}

/** Sets up to this many forks may be suspended by the weather. */
const SMALL = 6

/** Everything that the weather can do, each undone by itself after a while. */
export function weatherTricks(options: TricksOptions): Record<TrickName, Trick> {
  const { client, caches, kubelets, random, held } = options
  const { pod: anyPod, set: anySet, isCalm } = candidates(caches, random, held)
  /** Sets that were suspended: snapshots that stay behind would block a rebuild of their forks (contract 11.8). */
  const suspended = new Set<string>()

  /** A CocoonHibernation is only safe to delete once its VM is awake (contract 5). */
  const tidy = (ref: ObjectRef) => async () => {
    const hibernation = caches.cocoonhibernations.get(ref)
    if (!hibernation) return
    if (hibernation.status?.phase === 'Active') await client.remove('cocoonhibernations', hibernation)
    else held.later(keyOf(ref), 30_000, tidy(ref))
  }
  const wakeAgain = (ref: ObjectRef) => async () => {
    await client.patch('cocoonhibernations', ref, { spec: { desire: 'Wake' } })
    held.later(keyOf(ref), random.int(60_000, 120_000), tidy(ref))
  }
  const scale = async (ref: ObjectRef, from: number, to: number) => {
    const set = caches.cocoonsets.get(ref)
    // Somebody else has scaled meanwhile: it is theirs now.
    if (set?.spec?.agent?.replicas !== from) return
    const { resourceVersion } = set.metadata ?? {}
    await client.patch('cocoonsets', ref, {
      metadata: { resourceVersion },
      spec: { agent: { replicas: to } },
    })
  }

  /**
   * Some VM of the set has a CocoonHibernation. A wish to be awake fights with a suspended set until the tag of
   * the snapshot is gone, and the VM with it (contract 10): nobody who knows would suspend such a set.
   */
  const isAskedFor = (set: ObjectRef) =>
    [...caches.cocoonhibernations.all()].some(
      (each) =>
        each.metadata?.namespace === set.namespace && each.spec?.podRef?.name?.startsWith(`${set.name}-`),
    )

  return {
    async hibernate() {
      const pod = anyPod(
        (each, set) =>
          each.metadata?.annotations?.[ANNOTATION_FORK_FROM] !== undefined &&
          readLifecycleState(each) === 'ready' &&
          isCalm(set) &&
          !caches.cocoonhibernations.get(refOf(each)),
      )
      if (!pod) return false
      const ref = refOf(pod)
      return held.during(keyOf(ref), async () => {
        await client.create('cocoonhibernations', {
          apiVersion: API_VERSION,
          kind: KIND_COCOON_HIBERNATION,
          metadata: ref,
          spec: { podRef: { name: ref.name }, desire: 'Hibernate' },
        })
        held.later(keyOf(ref), random.int(60_000, 150_000), wakeAgain(ref))
        return true
      })
    },
    async fork() {
      const set = anySet((each) => (each.spec?.agent?.replicas ?? 0) > 0)
      if (!set) return false
      const ref = refOf(set)
      const replicas = set.spec?.agent?.replicas ?? 0
      return held.during(keyOf(ref), async () => {
        await scale(ref, replicas, replicas + 1)
        held.later(keyOf(ref), random.int(90_000, 180_000), () => scale(ref, replicas + 1, replicas))
        return true
      })
    },
    async suspend() {
      const set = anySet(
        (each) =>
          each.status?.phase === 'Running' &&
          (each.spec?.agent?.replicas ?? 0) <= SMALL &&
          each.spec?.agent?.os !== 'macos' &&
          !isAskedFor(refOf(each)),
      )
      if (!set) return false
      const ref = refOf(set)
      suspended.add(keyOf(ref))
      return held.during(keyOf(ref), async () => {
        await client.patch('cocoonsets', ref, { spec: { suspend: true } })
        held.later(keyOf(ref), random.int(60_000, 120_000), async () => {
          await client.patch('cocoonsets', ref, { spec: { suspend: false } })
        })
        return true
      })
    },
    async rebuild() {
      const pod = anyPod(
        (each, set) =>
          each.metadata?.annotations?.[ANNOTATION_FORK_FROM] !== undefined &&
          isCalm(set) &&
          !suspended.has(keyOf(refOf(set))),
      )
      if (pod) await client.remove('pods', pod)
      return pod !== undefined
    },
    async rebindAddress() {
      const pod = anyPod(() => true)
      if (!pod) return false
      for (const kubelet of kubelets) kubelet.rebindAddress(keyOf(refOf(pod)))
      return true
    },
    async loseProbe() {
      const pod = anyPod(() => true)
      if (!pod) return false
      const key = keyOf(refOf(pod))
      for (const kubelet of kubelets) kubelet.setReachable(key, false)
      held.later(key, random.int(8_000, 40_000), async () => {
        for (const kubelet of kubelets) kubelet.setReachable(key, true)
      })
      return true
    },
  }
}
