import { FINALIZER_COCOON_HIBERNATION } from '../../lib/cocoon/component-keys.ts'
import type { CocoonHibernation, CocoonHibernationStatus } from '../../lib/cocoon/crd.ts'
import { readCocoonSetGeneration } from '../../lib/cocoon/generation.ts'
import { readHibernateState } from '../../lib/cocoon/hibernate-state.ts'
import { isRestorable, runningDesire } from '../../lib/cocoon/hibernation-request.ts'
import { HIBERNATE_SNAPSHOT_TAG } from '../../lib/cocoon/keys.ts'
import type { Pod } from '../../lib/cocoon/kube-json.ts'
import { parseVMSpec } from '../../lib/cocoon/vm-spec.ts'
import type { EventText } from '../client/event-recorder.ts'
import { isHibernated, isLive, POLL, type SetState } from './set-state.ts'
import { sameStatus, withCondition } from './set-status.ts'

/** Everything that one reconcile of a CocoonHibernation looks at. */
export interface HibernationState {
  hibernation: CocoonHibernation
  /** The pod of `spec.podRef`, unless it is gone or on its way out. */
  pod: Pod | undefined
  /** Another live CocoonHibernation tracks the same pod. */
  tracked: boolean
  hasTag: SetState['hasTag']
  now: number
  since: (subject: string, stamp: string) => number
}

export type HibernationAction =
  | { do: 'finalizers'; finalizers: string[] }
  | { do: 'hibernatePod'; pod: Pod; on: boolean }
  | { do: 'status'; status: CocoonHibernationStatus }
  | { do: 'deleteTag'; vmName: string; tag: string }
  | { do: 'event'; event: EventText }

export interface HibernationPlan {
  actions: HibernationAction[]
  again?: number
}

/** Phases of a CocoonHibernation (contract 1.5). */
type Phase = 'Pending' | 'Hibernating' | 'Hibernated' | 'Waking' | 'Active' | 'Failed'

/** A hibernation is given up after three minutes, a wake after five (contract 5). */
const DEADLINES = { Hibernating: 180_000, Waking: 300_000 }

const TIMED_OUT = {
  Hibernating: 'hibernate not confirmed within 3m0s',
  Waking: 'wake timed out after 5m0s; vk-cocoon never reported the container running',
}

const READY: Record<Phase, { status: string; reason: string }> = {
  Pending: { status: 'False', reason: 'Pending' },
  Hibernating: { status: 'False', reason: 'Pending' },
  Hibernated: { status: 'True', reason: 'Done' },
  Waking: { status: 'False', reason: 'Pending' },
  Active: { status: 'True', reason: 'Done' },
  Failed: { status: 'False', reason: 'Failed' },
}

/** The status of a phase; entering Hibernating or Waking restarts the clock of the condition (contract 5). */
export function hibernationStatus(
  hibernation: CocoonHibernation,
  phase: Phase,
  message: string,
  vmName: string,
  now: number,
): CocoonHibernationStatus {
  const entering = (phase === 'Hibernating' || phase === 'Waking') && hibernation.status?.phase !== phase
  const generation = hibernation.metadata?.generation ?? 0
  const condition = { type: 'Ready', ...READY[phase], message, observedGeneration: generation }
  const before = entering ? [] : hibernation.status?.conditions
  return {
    observedGeneration: generation,
    phase,
    ...(vmName === '' ? {} : { vmName }),
    conditions: [withCondition(before, condition, now)],
  }
}

/** What the operator does next for one CocoonHibernation (contract 5). */
export function planHibernation(state: HibernationState): HibernationPlan {
  const { metadata, spec, status } = state.hibernation
  const finalizers = metadata?.finalizers ?? []
  if (metadata?.deletionTimestamp) return planRelease(state, finalizers)
  if (!finalizers.includes(FINALIZER_COCOON_HIBERNATION)) {
    return { actions: [{ do: 'finalizers', finalizers: [...finalizers, FINALIZER_COCOON_HIBERNATION] }] }
  }
  const podName = spec?.podRef?.name ?? ''
  if (podName === '') return { actions: write(state, 'Failed', 'spec.podRef.name is required') }
  if (spec?.desire !== 'Hibernate' && spec?.desire !== 'Wake') {
    return { actions: write(state, 'Failed', `unknown desire "${spec?.desire ?? ''}"`) }
  }
  const { pod } = state
  if (!pod || parseVMSpec(pod).vmName === '') return planAbsent(state, podName)
  const retry: HibernationAction[] =
    status?.phase === 'Failed'
      ? [
          {
            do: 'event',
            event: { type: 'Normal', reason: 'RetryRequested', message: `retrying ${spec.desire}` },
          },
        ]
      : []
  // A transition that has begun is finished first, its deadline included, and reversed afterwards.
  const running = runningDesire({ desire: spec.desire, phase: status?.phase ?? '' })
  const plan = running === 'Hibernate' ? planSleep(state, pod) : planWake(state, pod)
  return { ...plan, actions: [...retry, ...plan.actions] }
}

function write(state: HibernationState, phase: Phase, message: string): HibernationAction[] {
  const { hibernation } = state
  const vmName = state.pod ? parseVMSpec(state.pod).vmName : (hibernation.status?.vmName ?? '')
  const status = hibernationStatus(hibernation, phase, message, vmName, state.now)
  return sameStatus(status, hibernation.status) ? [] : [{ do: 'status', status }]
}

function planRelease(state: HibernationState, finalizers: string[]): HibernationPlan {
  if (!finalizers.includes(FINALIZER_COCOON_HIBERNATION)) return { actions: [] }
  const vmName = state.hibernation.status?.vmName ?? ''
  const rest = finalizers.filter((finalizer) => finalizer !== FINALIZER_COCOON_HIBERNATION)
  const tag: HibernationAction[] =
    vmName === '' || state.tracked ? [] : [{ do: 'deleteTag', vmName, tag: HIBERNATE_SNAPSHOT_TAG }]
  return { actions: [...tag, { do: 'finalizers', finalizers: rest }] }
}

function planAbsent(state: HibernationState, podName: string): HibernationPlan {
  const phase = state.hibernation.status?.phase ?? ''
  // The memory is in the registry: losing the pod loses nothing.
  if (isRestorable({ phase })) return { actions: [], again: POLL }
  const subject = `pod ${state.hibernation.metadata?.namespace ?? ''}/${podName}`
  const message = state.pod ? `${subject} has no VM name yet` : `${subject} not yet present`
  return { actions: write(state, 'Pending', message), again: POLL }
}

function planSleep(state: HibernationState, pod: Pod): HibernationPlan {
  const phase = state.hibernation.status?.phase
  // A set's later edit re-stamps the pod; a VM that already sleeps has nothing to prove again.
  const generation = phase === 'Hibernated' ? 0 : readCocoonSetGeneration(pod)
  if (readHibernateState(pod) && isHibernated(pod, generation, state.hasTag)) {
    if (phase === 'Hibernated') return { actions: write(state, 'Hibernated', 'Hibernated') }
    const message = `VM ${parseVMSpec(pod).vmName} is hibernated`
    const event: EventText = { type: 'Normal', reason: 'Hibernated', message }
    // A wish that was reversed meanwhile is taken up by the next pass.
    return { actions: [...write(state, 'Hibernated', 'Hibernated'), { do: 'event', event }] }
  }
  if (phase === 'Hibernating' && isOverdue(state, phase)) return giveUp(state, phase, 'HibernateTimedOut')
  const flag: HibernationAction[] = readHibernateState(pod) ? [] : [{ do: 'hibernatePod', pod, on: true }]
  return { actions: [...write(state, 'Hibernating', 'Hibernating'), ...flag], again: POLL }
}

function planWake(state: HibernationState, pod: Pod): HibernationPlan {
  const phase = state.hibernation.status?.phase
  const flag: HibernationAction[] = readHibernateState(pod) ? [{ do: 'hibernatePod', pod, on: false }] : []
  if (flag.length === 0 && isLive(pod)) {
    const vmName = parseVMSpec(pod).vmName
    const tag: HibernationAction = { do: 'deleteTag', vmName, tag: HIBERNATE_SNAPSHOT_TAG }
    if (phase === 'Active') return { actions: write(state, 'Active', 'Active') }
    const event: EventText = { type: 'Normal', reason: 'WokenActive', message: `VM ${vmName} is active` }
    return { actions: [tag, ...write(state, 'Active', 'Active'), { do: 'event', event }] }
  }
  if (phase === 'Waking' && isOverdue(state, phase)) return giveUp(state, phase, 'WakeTimedOut')
  return { actions: [...write(state, 'Waking', 'Waking'), ...flag], again: POLL }
}

function isOverdue(state: HibernationState, phase: keyof typeof DEADLINES): boolean {
  const ready = state.hibernation.status?.conditions?.find((condition) => condition.type === 'Ready')
  const stamp = ready?.lastTransitionTime ?? ''
  return state.since(phase, stamp) > DEADLINES[phase]
}

function giveUp(state: HibernationState, phase: keyof typeof DEADLINES, reason: string): HibernationPlan {
  const message = TIMED_OUT[phase]
  return {
    actions: [
      ...write(state, 'Failed', message),
      { do: 'event', event: { type: 'Warning', reason, message } },
    ],
  }
}
