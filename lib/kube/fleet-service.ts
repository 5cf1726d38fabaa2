import type { Rights } from '../fleet/can/rights.ts'
import { WATCHED_RESOURCES } from '../fleet/freshness.ts'
import type { Freshness } from '../fleet/freshness.ts'
import { projectHibernation } from '../fleet/project-hibernation.ts'
import { projectNode } from '../fleet/project-node.ts'
import { projectPod } from '../fleet/project-pod.ts'
import { projectSet } from '../fleet/project-set.ts'
import { touchedUids } from '../fleet/row-changes.ts'
import type { Namespaced, Sight } from '../fleet/sight.ts'
import type { ClusterIdentity } from '../fleet/wire.ts'
import type { Logger } from '../process/logger.ts'
import { UNLIMITED } from '../process/rates.ts'
import type { Rates } from '../process/rates.ts'
import { createDeeds } from './act/deeds.ts'
import type { Deeds } from './act/deeds.ts'
import { createKeptAnswers } from './act/kept-answers.ts'
import type { KeptAnswers } from './act/kept-answers.ts'
import { createStoppable } from './act/stoppable.ts'
import type { Stoppable } from './act/stoppable.ts'
import { createTurns } from './act/turns.ts'
import type { Turns } from './act/turns.ts'
import type { Access } from './caller.ts'
import { noSignIn } from './no-sign-in.ts'
import { createFleetStore } from './fleet-store.ts'
import { startReflector } from './reflector.ts'
import type { Reflector, ReflectorTiming } from './reflector.ts'
import { watchedResource } from './resource.ts'
import { createKept } from './rights/kept.ts'
import type { Kept } from './rights/kept.ts'
import { createTrail } from './trail/trail.ts'
import type { Trail } from './trail/trail.ts'
import type { Transport } from './transport.ts'
import { createViews } from './views.ts'
import type { View } from './views.ts'

const BEAT_EVERY = 5_000
/** With as long as a page keeps it, a right that was given or taken shows within half a minute. */
const RIGHTS_KEPT_MS = 15_000
/** Events of the audit trail that are not written by then are not; their log lines are. */
const TRAIL_END_MS = 2_000

/** The process's one view of the cluster: four watches, one store, and a view of it for every sight. */
export interface FleetService {
  cluster: ClusterIdentity
  transport: Transport
  /** What the dashboard itself sees: for what it does. What it answers is told from the view of who asks. */
  whole: View
  /** The fleet as somebody sees it who may list this much. */
  viewOf(sight: Sight): View
  /** How many views are kept. */
  views(): number
  /** Where there are objects of a resource. Who may not list them there is not told. */
  namespaces(resource: Namespaced): string[]
  /** Calls a listener when objects appear in a namespace that had none, until what this answers is called. */
  onNamespace(listener: () => void): () => void
  /** Tells a listener the uids of the VMs that change, come or go, until what this answers is called. */
  onVms(listener: (uids: readonly string[]) => void): () => void
  /** What was deleted through this process lately. */
  deeds: Deeds
  /** Whose turn it is to change which set. */
  turns: Turns
  /** Who may come in, and as whom they see and act. */
  access: Access
  /** How much each of those who sign in may ask. */
  rates: Rates
  /** Answers to requests that bear an Idempotency-Key. */
  answers: KeptAnswers
  /** Bulk requests with an Idempotency-Key that are being worked through. */
  bulks: Stoppable
  /** Who may do what where, asked lately. */
  rights: Kept<Rights>
  /** Where each deed, console and sign-in is taken down. */
  trail: Trail
  freshness(): Freshness
  /** Every watch has been listed, or cannot be (forbidden, missing), which the page says. */
  synced(): boolean
  /** The watches with their counters, by resource. */
  reflectors: Record<(typeof WATCHED_RESOURCES)[number], Reflector>
  close(): Promise<void>
}

export interface FleetServiceOptions {
  transport: Transport
  cluster: ClusterIdentity
  logger: Logger
  /** Nobody signs in and only this machine comes, unless told. */
  access?: Access
  /** No limit, unless told. */
  rates?: Rates
  /** Shorter times for tests. */
  timing?: Partial<ReflectorTiming>
  beatEveryMs?: number
  coalesceMs?: number
}

/** Opens the watches and keeps the fleet; never throws for what the cluster does. */
export function createFleetService(options: FleetServiceOptions): FleetService {
  const { transport, cluster, logger } = options
  const listeners = new Set<(uids: readonly string[]) => void>()
  const namespaceListeners = new Set<() => void>()
  const store = createFleetStore({
    onChanges(changes, judged) {
      views.follow(changes, judged)
      if (listeners.size === 0) return
      const { vms } = touchedUids({ changes })
      for (const listener of listeners) listener(vms)
    },
    onFreshness: () => views.beat(),
    onNamespace() {
      for (const listener of namespaceListeners) listener()
    },
    ...(options.coalesceMs === undefined ? {} : { windowMs: options.coalesceMs }),
  })
  const views = createViews({ store, cluster })
  const common = { transport, logger, ...(options.timing ? { timing: options.timing } : {}) }
  const reflectors = {
    pods: startReflector({
      ...common,
      resource: watchedResource('pods'),
      project: projectPod,
      sink: store.pods,
    }),
    cocoonsets: startReflector({
      ...common,
      resource: watchedResource('cocoonsets'),
      project: projectSet,
      sink: store.cocoonsets,
    }),
    cocoonhibernations: startReflector({
      ...common,
      resource: watchedResource('cocoonhibernations'),
      project: projectHibernation,
      sink: store.cocoonhibernations,
    }),
    nodes: startReflector({
      ...common,
      resource: watchedResource('nodes'),
      project: projectNode,
      sink: store.nodes,
    }),
  }
  const trail = createTrail({
    logger,
    transport,
    knows({ resource, namespace, name, uid }) {
      if (resource === 'cocoonsets') return store.tables.sets.has(uid)
      const vm = views.whole.vmNamed(namespace, name)
      return uid !== '' && (resource === 'pods' ? vm?.uid : vm?.hibernation?.uid) === uid
    },
  })
  const beats = setInterval(() => views.beat(), options.beatEveryMs ?? BEAT_EVERY)

  return {
    cluster,
    transport,
    access: options.access ?? noSignIn(transport),
    rates: options.rates ?? UNLIMITED,
    whole: views.whole,
    viewOf: views.of,
    views: views.count,
    namespaces: store.namespaces,
    onNamespace(listener) {
      namespaceListeners.add(listener)
      return () => void namespaceListeners.delete(listener)
    },
    reflectors,
    freshness: store.freshness,
    synced: () => WATCHED_RESOURCES.every((name) => store.freshness()[name].state !== 'starting'),
    onVms(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    deeds: createDeeds(),
    turns: createTurns(),
    answers: createKeptAnswers(),
    bulks: createStoppable(),
    trail,
    rights: createKept(RIGHTS_KEPT_MS),
    async close() {
      clearInterval(beats)
      await trail.settled(TRAIL_END_MS)
      store.stop()
      views.close()
      await Promise.all(Object.values(reflectors).map((reflector) => reflector.stop()))
    },
  }
}
