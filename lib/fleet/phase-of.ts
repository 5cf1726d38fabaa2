import type { VmPhase } from './vm.ts'

/** What a pod says about its VM's life, as far as `phaseOf` needs it (contract 6.2). */
export interface PodFacts {
  /** ISO 8601; null while the pod is wanted. */
  deletedAt: string | null
  createdAt: string
  managed: boolean
  role: string | null
  vmID: string
  node: string
  hibernateRequested: boolean
  /** `restore-from-hibernate`: the pod was rebuilt to bring a sleeping VM back. */
  restoring: boolean
  podPhase: string
  podReason: string
  podMessage: string
  /** Ready condition: 'True', 'False', 'Unknown', or '' when there is none. */
  ready: string
  readySince: string | null
  readyMessage: string
  /** PodScheduled condition, likewise. */
  scheduled: string
  scheduledSince: string | null
  scheduledMessage: string
  lifecycleState: string
  lifecycleMessage: string
  generation: number
  observedGeneration: number
}

/** What the owning set says, as far as it matters to one VM. */
export interface SetFacts {
  phase: string
}

/** What the VM's CocoonHibernation says (contract 5). */
export interface HibernationFacts {
  desire: string
  phase: string
  since: string | null
}

/** The word for a VM's state, why, and since when as far as the cluster tells (null when it does not). */
export interface PhaseVerdict {
  phase: VmPhase
  since: string | null
  message: string
}

type Judge = (facts: PodFacts, context: PhaseContext) => PhaseVerdict

export interface PhaseContext {
  set: SetFacts | null
  hibernation: HibernationFacts | null
  /** The phase that this process saw this pod (same uid) in before; null when it is new. */
  before: VmPhase | null
}

const WAKING_FROM: ReadonlySet<VmPhase | null> = new Set<VmPhase | null>(['hibernated', 'waking'])

/** States compare without case: docs write `Failed`, code writes `failed` (contract 11.3). */
const stateOf = (facts: PodFacts) => facts.lifecycleState.toLowerCase()

/** A wake reports `creating` (contract 11.7): what tells it apart is who asked, or what was seen before. */
function isWaking(facts: PodFacts, { set, hibernation, before }: PhaseContext): boolean {
  if (facts.restoring || WAKING_FROM.has(before) || set?.phase === 'Waking') return true
  // A state that the kubelet has not renewed since the request still tells where the VM comes from.
  return hibernation?.phase === 'Waking' || stateOf(facts) === 'hibernated'
}

const sinceWhen = (hibernation: HibernationFacts | null, phase: string) =>
  hibernation?.phase === phase ? hibernation.since : null

const isScheduled = (facts: PodFacts) => facts.node !== '' || facts.scheduled === 'True'

const scheduling: Judge = (facts) => ({
  phase: 'scheduling',
  since: facts.createdAt || null,
  message: facts.scheduledMessage,
})

const ON_THE_WAY: ReadonlySet<VmPhase | null> = new Set<VmPhase | null>([null, 'scheduling', 'creating'])

/** A first creation begins when the pod gets its node; for a later one no object tells the time. */
const creatingSince = (facts: PodFacts, before: VmPhase | null) =>
  ON_THE_WAY.has(before)
    ? (facts.scheduled === 'True' && facts.scheduledSince) || facts.createdAt || null
    : null

const creating: Judge = (facts, context) => {
  const waking = isWaking(facts, context)
  const since = waking ? sinceWhen(context.hibernation, 'Waking') : creatingSince(facts, context.before)
  return { phase: waking ? 'waking' : 'creating', since, message: facts.podMessage }
}

const failed: Judge = (facts) => ({
  phase: 'failed',
  since: facts.podPhase === 'Failed' ? facts.readySince : null,
  message: facts.lifecycleMessage || facts.podMessage || facts.podReason,
})

const hibernating: Judge = (_facts, { hibernation }) => ({
  phase: 'hibernating',
  since: sinceWhen(hibernation, 'Hibernating'),
  message: '',
})

const hibernated: Judge = (_facts, { hibernation }) => ({
  phase: 'hibernated',
  since: sinceWhen(hibernation, 'Hibernated'),
  message: '',
})

const ready: Judge = (facts) => ({ phase: 'ready', since: facts.readySince, message: '' })

const UNREADY: ReadonlyMap<string, string> = new Map([
  ['False', 'the readiness probe fails'],
  ['Unknown', 'its node no longer reports whether it is ready'],
])
const NO_WORD = 'its pod does not say whether it is ready'

const unreachable: Judge = (facts) => ({
  phase: 'unreachable',
  since: facts.readySince,
  message: facts.readyMessage || facts.podMessage || (UNREADY.get(facts.ready) ?? NO_WORD),
})

/** `ready` outlives the probe (contract 11.2), and a request may be younger than the state. */
const lifecycleReady: Judge = (facts, context) => {
  if (facts.hibernateRequested && facts.managed) return hibernating(facts, context)
  return facts.ready === 'True' ? ready(facts, context) : unreachable(facts, context)
}

/** The flag is gone, so the VM is wanted awake, and the kubelet has not begun yet. */
const lifecycleHibernated: Judge = (facts, context) =>
  facts.hibernateRequested
    ? hibernated(facts, context)
    : { phase: 'waking', since: sinceWhen(context.hibernation, 'Waking'), message: '' }

/** A Map, because the word comes from an annotation and may be `constructor`. */
const LIFECYCLE: ReadonlyMap<string, Judge> = new Map([
  ['creating', creating],
  ['ready', lifecycleReady],
  ['hibernating', hibernating],
  ['hibernated', lifecycleHibernated],
  ['failed', failed],
])

/** Older kubelets say nothing: read the flag, the id and the conditions, in this order (contract 11.1). */
const withoutLifecycle: Judge = (facts, context) => {
  if (facts.podReason === 'ProviderFailed') return failed(facts, context)
  // A pod that the scheduler has refused was never up, so it cannot sleep, whatever its flag asks for.
  if (facts.node === '' && facts.scheduled === 'False') return scheduling(facts, context)
  if (facts.hibernateRequested && facts.managed) {
    const asleep = facts.vmID === '' && facts.podPhase === 'Pending'
    return asleep ? hibernated(facts, context) : hibernating(facts, context)
  }
  if (!isScheduled(facts)) return scheduling(facts, context)
  if (facts.vmID === '') return creating(facts, context)
  if (facts.ready === 'True') return ready(facts, context)
  const wasUp = context.before === 'ready' || context.before === 'unreachable' || stateOf(facts) === 'ready'
  // Nobody creates a static VM: when its probe fails it is away, not on its way.
  if (facts.podPhase === 'Running' && (!facts.managed || wasUp)) return unreachable(facts, context)
  return creating(facts, context)
}

function believable(facts: PodFacts, state: string): boolean {
  if (state === '') return false
  if (facts.observedGeneration >= facts.generation) return true
  // A failure from before the last change of the set still stands until something else is seen.
  return state === 'failed' && facts.ready !== 'True'
}

/**
 * The ONE place where raw state becomes a word (contract 11.1 to 11.7, 6.2). Docs write `Failed`, code writes
 * `failed`: states are compared without case. A state that this version does not know is shown as unknown.
 */
export function phaseOf(facts: PodFacts, context: PhaseContext): PhaseVerdict {
  if (facts.deletedAt !== null) return { phase: 'deleting', since: facts.deletedAt, message: '' }
  const state = stateOf(facts)
  const known = LIFECYCLE.get(state)
  if (facts.podPhase === 'Failed') return failed(facts, context)
  const believed = believable(facts, state)
  if (believed && state === 'failed') return failed(facts, context)
  if (context.set?.phase === 'Migrating' && facts.role === 'main') {
    return { phase: 'migrating', since: null, message: facts.scheduledMessage }
  }
  if (facts.podPhase === 'Unknown') {
    return { phase: 'unknown', since: null, message: facts.podMessage || 'its node does not answer' }
  }
  if (facts.podPhase === 'Succeeded') {
    return {
      phase: 'unknown',
      since: null,
      message: 'the pod has ended (Succeeded) and is not being deleted',
    }
  }
  if (believed && known === undefined) {
    return {
      phase: 'unknown',
      since: null,
      message: `lifecycle state “${facts.lifecycleState}” is not known`,
    }
  }
  return believed && known !== undefined ? known(facts, context) : withoutLifecycle(facts, context)
}
