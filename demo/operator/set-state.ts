import type { CocoonHibernation, CocoonSet, CocoonSetStatus, ToolboxSpec } from '../../lib/cocoon/crd.ts'
import { isRestorable, keepsAsleep } from '../../lib/cocoon/hibernation-request.ts'
import { readHibernateState } from '../../lib/cocoon/hibernate-state.ts'
import {
  ANNOTATION_VM_ID,
  HIBERNATE_SNAPSHOT_TAG,
  LABEL_ROLE,
  LABEL_SLOT,
  ROLE_TOOLBOX,
} from '../../lib/cocoon/keys.ts'
import type { Pod } from '../../lib/cocoon/kube-json.ts'
import { readLifecycleObservedGeneration, readLifecycleState } from '../../lib/cocoon/lifecycle.ts'
import { isContainerRunning, isPodTerminal } from '../../lib/cocoon/pod-state.ts'
import { parseVMSpec } from '../../lib/cocoon/vm-spec.ts'
import type { EventText } from '../client/event-recorder.ts'
import { toolboxPodName } from '../../lib/fleet/drift/pod-shape.ts'

/** Everything that one reconcile of a CocoonSet looks at. */
export interface SetState {
  set: CocoonSet
  /** Pods that the set controls, those being deleted included. */
  pods: Pod[]
  /** CocoonHibernations of the namespace by the name of their pod. */
  hibernations: ReadonlyMap<string, CocoonHibernation>
  hasTag: (vmName: string, tag: string) => boolean
  /** Epoch milliseconds. */
  now: number
  /** Cluster milliseconds since a stamp was written; `subject` tells stamps apart. */
  since: (subject: string, stamp: string) => number
}

/** One write of the operator; a plan's writes happen in their order. */
export type SetAction =
  | { do: 'finalizers'; finalizers: string[] }
  | { do: 'createPod'; pod: Pod }
  | { do: 'deletePod'; pod: Pod }
  | { do: 'annotatePod'; pod: Pod; annotations: Record<string, string | null> }
  | { do: 'annotateSet'; annotations: Record<string, string | null> }
  | { do: 'status'; status: CocoonSetStatus }
  | { do: 'deleteTag'; vmName: string; tag: string }
  | { do: 'event'; event: EventText }
  /** The spec cannot be followed: the pass ends here as an error, and is tried again with back-off. */
  | { do: 'fail'; message: string }

export interface SetPlan {
  actions: SetAction[]
  /** Cluster milliseconds until the operator looks again even if nothing changes. */
  again?: number
}

/** The operator's poll (contract 4.2). */
export const POLL = 5_000

/** The set's pods by seat; pods being deleted hold their name but no seat (contract 4.1). */
export interface Seats {
  main: Pod | undefined
  /** Slots from 1 up. */
  subAgents: Map<number, Pod>
  toolboxes: Map<string, Pod>
  live: Pod[]
  /** Names that a pod still holds, live or not. */
  taken: Set<string>
}

/** Who sits where, by the role and slot labels. */
export function seatsOf(pods: Pod[]): Seats {
  const live = pods.filter((pod) => pod.metadata?.deletionTimestamp === undefined)
  const seats: Seats = {
    main: undefined,
    subAgents: new Map(),
    toolboxes: new Map(),
    live,
    taken: new Set(pods.map((pod) => pod.metadata?.name ?? '')),
  }
  for (const pod of live) {
    const slot = pod.metadata?.labels?.[LABEL_SLOT] ?? ''
    if (pod.metadata?.labels?.[LABEL_ROLE] === ROLE_TOOLBOX) seats.toolboxes.set(slot, pod)
    else if (slot === '0') seats.main = pod
    else seats.subAgents.set(Number(slot), pod)
  }
  return seats
}

/** A pod that the operator gives up on or rebuilds: reported failed, or its phase is Failed (contract 4.2). */
export const isFailed = (pod: Pod) => readLifecycleState(pod) === 'failed' || isPodTerminal(pod)

/** The VM runs: it has an id and its container is running (contract 4.5). */
export const isLive = (pod: Pod) =>
  (pod.metadata?.annotations?.[ANNOTATION_VM_ID] ?? '') !== '' && isContainerRunning(pod)

/**
 * The VM sleeps for sure: state `hibernated` of at least this generation, and the snapshot is in the registry. A node
 * that reports no lifecycle (vk-cocoon up to 0.2.9) is believed by its tag and the missing id (contract 4.4, 11.1).
 */
export function isHibernated(pod: Pod, generation: number, hasTag: SetState['hasTag']): boolean {
  if (!hasTag(parseVMSpec(pod).vmName, HIBERNATE_SNAPSHOT_TAG)) return false
  const state = readLifecycleState(pod)
  if (state === '') return readHibernateState(pod) && !pod.metadata?.annotations?.[ANNOTATION_VM_ID]
  return state === 'hibernated' && readLifecycleObservedGeneration(pod) >= generation
}

/** A CocoonHibernation keeps this pod asleep or is putting it to sleep (contract 4.2, step 5). */
export function isKeptAsleep(hibernation: CocoonHibernation | undefined): boolean {
  return keepsAsleep({
    desire: hibernation?.spec?.desire ?? '',
    phase: hibernation?.status?.phase ?? '',
  })
}

/** A pod that is missing must be restored from its memory, not booted (contract 4.2, step 6). */
export function mustRestore(state: SetState, podName: string, vmName: string): boolean {
  const phase = state.hibernations.get(podName)?.status?.phase ?? ''
  return isRestorable({ phase }) && state.hasTag(vmName, HIBERNATE_SNAPSHOT_TAG)
}

/** The toolboxes of the spec by their pod's name. */
export function wantedToolboxes(set: CocoonSet): Map<string, ToolboxSpec> {
  const entries = (set.spec?.toolboxes ?? []).map((toolbox): [string, ToolboxSpec] => [
    toolboxPodName(set, toolbox.name ?? ''),
    toolbox,
  ])
  return new Map(entries)
}
