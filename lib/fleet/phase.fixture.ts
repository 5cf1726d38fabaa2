import type { HibernationFacts, PhaseContext, PodFacts } from './phase-of.ts'

export const CREATED = '2026-01-01T10:00:00.000Z'
export const SCHEDULED = '2026-01-01T10:00:02.000Z'
export const TURNED = '2026-01-01T10:05:00.000Z'

/** A pod that was made a moment ago: no node, no condition, nothing said yet. */
export const NEW_POD: PodFacts = {
  deletedAt: null,
  createdAt: CREATED,
  managed: true,
  role: 'main',
  vmID: '',
  node: '',
  hibernateRequested: false,
  restoring: false,
  podPhase: 'Pending',
  podReason: '',
  podMessage: '',
  ready: '',
  readySince: null,
  readyMessage: '',
  scheduled: '',
  scheduledSince: null,
  scheduledMessage: '',
  lifecycleState: '',
  lifecycleMessage: '',
  generation: 3,
  observedGeneration: 0,
}

const ON_NODE: Partial<PodFacts> = { node: 'vm-node-1', scheduled: 'True', scheduledSince: SCHEDULED }
const UP: Partial<PodFacts> = { ...ON_NODE, podPhase: 'Running', vmID: 'id-1', readySince: TURNED }

/** A state that belongs to the generation stamped on the pod. */
export const saying = (lifecycleState: string): Partial<PodFacts> => ({
  lifecycleState,
  observedGeneration: NEW_POD.generation,
})

/** A state from before the set's last change. */
export const saidBefore = (lifecycleState: string): Partial<PodFacts> => ({
  lifecycleState,
  observedGeneration: NEW_POD.generation - 1,
})

/** The situations of contract 6.2, without what the lifecycle annotations say of them. */
export const SITUATIONS = {
  unscheduled: { scheduled: 'False', scheduledSince: TURNED, scheduledMessage: '0/3 nodes are available' },
  created: ON_NODE,
  booting: { ...UP, ready: 'False' },
  up: { ...UP, ready: 'True' },
  lost: { ...UP, ready: 'False', readyMessage: 'ping failed: timeout' },
  asleep: { ...ON_NODE, hibernateRequested: true },
  fallingAsleep: { ...UP, ready: 'True', hibernateRequested: true },
  refused: { ...ON_NODE, podReason: 'ProviderFailed', podMessage: 'pull failed' },
} satisfies Record<string, Partial<PodFacts>>

export const NO_CONTEXT: PhaseContext = { set: null, hibernation: null, before: null }

export const podFacts = (...parts: Partial<PodFacts>[]): PodFacts => Object.assign({}, NEW_POD, ...parts)

export const asked = (desire: string, phase: string, since: string | null = TURNED): HibernationFacts => ({
  desire,
  phase,
  since,
})
