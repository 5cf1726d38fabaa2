import type { CocoonSet } from '../lib/cocoon/crd.ts'
import {
  ANNOTATION_FORK_FROM,
  ANNOTATION_VM_ID,
  API_VERSION,
  KIND_COCOON_HIBERNATION,
  LABEL_ROLE,
  ROLE_SUB_AGENT,
} from '../lib/cocoon/keys.ts'
import type { Pod } from '../lib/cocoon/kube-json.ts'
import { readLifecycleState } from '../lib/cocoon/lifecycle.ts'
import { isPodReady } from '../lib/cocoon/pod-state.ts'
import { parseVMSpec } from '../lib/cocoon/vm-spec.ts'
import { isConflict, isNotFound } from './client/api-error.ts'
import type { KubeClient } from './client/kube-client.ts'
import { keyOf, refOf, type ObjectRef } from './client/resources.ts'
import type { Clock } from './clock.ts'
import type { Controllers } from './controllers.ts'
import type { Kubelet } from './kubelet/kubelet.ts'
import type { Random } from './random.ts'

export interface TricksOptions {
  client: KubeClient
  caches: Controllers['caches']
  kubelets: Kubelet[]
  clock: Clock
  random: Random
  log: (text: string) => void
}

/** One thing that may happen; it answers false when nothing in the fleet is fit for it now. */
type Trick = () => Promise<boolean>

export interface WeatherTricks {
  /** Lets one thing happen that a quiet fleet would show. */
  low(): Promise<void>
  /** Lets one thing happen that a busy fleet would show: mostly addresses, now and then something of `low`. */
  high(): Promise<void>
  /** Forgets what was to be undone later. */
  stop(): void
}

/** Changes that are waiting to be undone, at most: the fleet stays close to what it was. */
const AT_ONCE = 6

/** The tricks of the weather, each undone by itself after a while. */
export function weatherTricks({
  client,
  caches,
  kubelets,
  clock,
  random,
  log,
}: TricksOptions): WeatherTricks {
  const busy = new Set<string>()
  const cancels = new Set<() => void>()
  let ups = 0

  /** Runs `task` later; until then the subject is left alone. */
  const later = (subject: string, ms: number, task: () => Promise<void>) => {
    busy.add(subject)
    const cancel = clock.after(ms, () => {
      cancels.delete(cancel)
      task()
        .catch((error: unknown) => {
          if (!isNotFound(error) && !isConflict(error)) log(`weather: ${String(error)}`)
        })
        .finally(() => busy.delete(subject))
    })
    cancels.add(cancel)
  }
  const choose = <T>(from: readonly T[]): T | undefined => from[random.int(0, from.length - 1)]
  const setOf = (pod: Pod): CocoonSet | undefined => {
    const owner = pod.metadata?.ownerReferences?.find((reference) => reference.controller)
    return owner && caches.cocoonsets.get({ ...refOf(pod), name: owner.name ?? '' })
  }
  const isCalm = (set: CocoonSet | undefined): set is CocoonSet =>
    set?.spec?.suspend !== true &&
    set?.status?.phase === 'Running' &&
    !busy.has(keyOf(refOf(set))) &&
    !set.metadata?.deletionTimestamp
  const isReady = (pod: Pod) =>
    isPodReady(pod) &&
    parseVMSpec(pod).managed &&
    !pod.metadata?.deletionTimestamp &&
    !busy.has(keyOf(refOf(pod)))
  const readyPods = (fits: (pod: Pod) => boolean) =>
    [...caches.pods.all()].filter((pod) => isReady(pod) && fits(pod))
  const calmSets = (fits: (set: CocoonSet) => boolean) =>
    [...caches.cocoonsets.all()].filter((set) => isCalm(set) && fits(set))

  const desire = (ref: ObjectRef, wish: string) =>
    client.patch('cocoonhibernations', ref, { spec: { desire: wish } })
  const wakeAgain = (ref: ObjectRef) => async () => {
    await desire(ref, 'Wake')
    later(keyOf(ref), random.int(60_000, 120_000), async () => {
      const hibernation = caches.cocoonhibernations.get(ref)
      if (hibernation?.status?.phase === 'Active') await client.remove('cocoonhibernations', hibernation)
    })
  }
  const hibernate: Trick = async () => {
    const pod = choose(
      readyPods(
        (each) =>
          each.metadata?.labels?.[LABEL_ROLE] === ROLE_SUB_AGENT &&
          readLifecycleState(each) === 'ready' &&
          isCalm(setOf(each)) &&
          !caches.cocoonhibernations.get(refOf(each)),
      ),
    )
    if (!pod) return false
    const ref = refOf(pod)
    await client.create('cocoonhibernations', {
      apiVersion: API_VERSION,
      kind: KIND_COCOON_HIBERNATION,
      metadata: ref,
      spec: { podRef: { name: ref.name }, desire: 'Hibernate' },
    })
    later(keyOf(ref), random.int(60_000, 150_000), wakeAgain(ref))
    return true
  }
  const fork: Trick = async () => {
    const set = choose(calmSets((each) => (each.spec?.agent?.replicas ?? 0) > 0))
    if (!set) return false
    const ref = refOf(set)
    const replicas = set.spec?.agent?.replicas ?? 0
    const { resourceVersion } = set.metadata ?? {}
    await client.patch('cocoonsets', ref, {
      metadata: { resourceVersion },
      spec: { agent: { replicas: replicas + 1 } },
    })
    later(keyOf(ref), random.int(90_000, 180_000), async () => {
      const now = caches.cocoonsets.get(ref)
      // Somebody else has scaled meanwhile: it is theirs now.
      if (now?.spec?.agent?.replicas !== replicas + 1) return
      const version = now.metadata?.resourceVersion
      await client.patch('cocoonsets', ref, {
        metadata: { resourceVersion: version },
        spec: { agent: { replicas } },
      })
    })
    return true
  }
  const suspend: Trick = async () => {
    // A set without forks: the snapshot that a suspension leaves behind would block their next rebuild.
    const set = choose(calmSets((each) => each.spec?.agent?.replicas === 0 && each.spec.agent.os !== 'macos'))
    if (!set) return false
    const ref = refOf(set)
    await client.patch('cocoonsets', ref, { spec: { suspend: true } })
    later(keyOf(ref), random.int(60_000, 120_000), async () => {
      await client.patch('cocoonsets', ref, { spec: { suspend: false } })
    })
    return true
  }
  const rebuild: Trick = async () => {
    const pod = choose(
      readyPods(
        (each) => each.metadata?.annotations?.[ANNOTATION_FORK_FROM] !== undefined && isCalm(setOf(each)),
      ),
    )
    if (!pod) return false
    await client.remove('pods', pod)
    return true
  }
  const rebindAddress: Trick = async () => {
    const pod = choose(readyPods(() => true))
    if (!pod) return false
    for (const kubelet of kubelets) kubelet.rebindAddress(keyOf(refOf(pod)))
    return true
  }
  const loseProbe: Trick = async () => {
    const pod = choose(readyPods((each) => (each.metadata?.annotations?.[ANNOTATION_VM_ID] ?? '') !== ''))
    if (!pod) return false
    const key = keyOf(refOf(pod))
    for (const kubelet of kubelets) kubelet.setReachable(key, false)
    later(key, random.int(8_000, 40_000), async () => {
      for (const kubelet of kubelets) kubelet.setReachable(key, true)
    })
    return true
  }

  const perform = async (tricks: readonly Trick[]) => {
    const start = random.int(0, tricks.length - 1)
    for (let i = 0; i < tricks.length; i++) {
      const trick = tricks[(start + i) % tricks.length]
      try {
        if (trick && (await trick())) return
      } catch (error) {
        // The fleet moved on since the cache was read.
        if (!isNotFound(error) && !isConflict(error)) throw error
        return
      }
    }
  }
  return {
    async low() {
      if (busy.size >= AT_ONCE) return
      await perform([hibernate, hibernate, fork, loseProbe, rebuild, suspend])
    },
    async high() {
      ups += 1
      if (ups % 40 === 0) await perform([hibernate, fork, rebuild, suspend])
      else if (ups % 40 === 20) await perform([loseProbe])
      else await perform([rebindAddress])
    },
    stop() {
      for (const cancel of cancels) cancel()
      cancels.clear()
    },
  }
}
