import { podKey } from '../cocoon/pod-state.ts'
import { WATCHED_RESOURCES } from '../fleet/freshness.ts'
import type { Freshness, WatchedResource } from '../fleet/freshness.ts'
import { joinVm } from '../fleet/join-vm.ts'
import type { HibernationRow } from '../fleet/project-hibernation.ts'
import type { PodRow } from '../fleet/project-pod.ts'
import type { JudgedRows, VmParts, WholeFleet } from '../fleet/narrowed-fleet.ts'
import { createOperationRing } from '../fleet/operations/operation-ring.ts'
import { emptyTables, refreshRows } from '../fleet/row-changes.ts'
import type { FleetTables, Turn } from '../fleet/row-changes.ts'
import type { Namespaced } from '../fleet/sight.ts'
import type { FleetKind, Vm, VmNode, VmSet } from '../fleet/vm.ts'
import type { FleetChanges, RowChanges } from '../fleet/wire.ts'
import { createCoalescer } from './coalesce.ts'
import { createKeyedRows } from './keyed-rows.ts'
import type { Identity, WatchSink } from './watch-sink.ts'

/**
 * What every listener of the store gets: one batch of visible changes, already applied to `tables`, and all rows that
 * were judged anew, of which some may look to others as if they had changed.
 */
export type OnChanges = (changes: FleetChanges, judged: JudgedRows) => void

export interface FleetStore extends WholeFleet {
  pods: WatchSink<PodRow>
  cocoonsets: WatchSink<VmSet>
  cocoonhibernations: WatchSink<HibernationRow>
  nodes: WatchSink<VmNode>
  /** What is published. Read only: the maps change with every batch. */
  tables: FleetTables
  freshness(): Freshness
  /** Where there are objects of a resource: for nobody but those who may list them there. */
  namespaces(resource: Namespaced): string[]
  /** Of the VM that bears this name now. */
  uidNamed(namespace: string, name: string): string | undefined
  uidOfNode(name: string): string | undefined
  /** Publishes what is pending now instead of at the end of the window. */
  flush(): void
  stop(): void
}

export interface FleetStoreOptions {
  onChanges: OnChanges
  /** Called when the state of a resource turns; not for a mere renewal of its proof. */
  onFreshness(): void
  /** Called when there is a namespace that had no object of one of the resources before. */
  onNamespace?(): void
  now?: () => number
  windowMs?: number
}

const startingFreshness = (): Freshness => {
  const starting = WATCHED_RESOURCES.map((name) => [name, { state: 'starting', provenAt: 0, message: '' }])
  return Object.fromEntries(starting) as Freshness
}

/**
 * Holds the fleet: joins pods with their sets and hibernations, publishes only what is visibly different, and
 * publishes in batches (design 3). Nothing else holds fleet state.
 */
export function createFleetStore(options: FleetStoreOptions): FleetStore {
  const now = options.now ?? Date.now
  const tables = emptyTables()
  const freshness = startingFreshness()
  const dirty: Record<FleetKind, Set<string>> = {
    vms: new Set(),
    sets: new Set(),
    nodes: new Set(),
    operations: new Set(),
    usual: new Set(),
  }
  const ring = createOperationRing(now)
  const coalescer = createCoalescer(() => flush(), options.windowMs)

  const markDirty = (kind: FleetKind, uid: string) => {
    dirty[kind].add(uid)
    coalescer.touch()
  }
  /** uids, by the key of the set. */
  const podsOfSet = new Map<string, Set<string>>()
  const setKeyOf = (pod: PodRow) => (pod.columns.set === null ? null : podKey(pod.namespace, pod.columns.set))
  const markVmsOfSet = (key: string) => {
    for (const uid of podsOfSet.get(key) ?? []) markDirty('vms', uid)
  }
  const markVmOf = (hibernation: HibernationRow | undefined) => {
    const pod = hibernation && pods.byName(hibernation.namespace, hibernation.pod)
    if (pod) markDirty('vms', pod.uid)
  }

  const onNamespace = () => options.onNamespace?.()
  const pods = createKeyedRows<PodRow>({
    onNamespace,
    onChange(uid, before, after) {
      const left = before === undefined ? null : setKeyOf(before)
      const joined = after === undefined ? null : setKeyOf(after)
      if (left !== null && left !== joined) podsOfSet.get(left)?.delete(uid)
      if (left !== null && podsOfSet.get(left)?.size === 0) podsOfSet.delete(left)
      if (joined !== null) podsOfSet.set(joined, (podsOfSet.get(joined) ?? new Set()).add(uid))
      markDirty('vms', uid)
    },
  })
  const sets = createKeyedRows<VmSet>({
    onNamespace,
    onChange(uid, before, after) {
      markDirty('sets', uid)
      const shown = after ?? before
      if (shown && before?.phase !== after?.phase) markVmsOfSet(podKey(shown.namespace, shown.name))
    },
  })
  const hibernations = createKeyedRows<HibernationRow>({
    onNamespace,
    nameOf: (hibernation) => hibernation.pod,
    onChange(_uid, before, after) {
      markVmOf(before)
      markVmOf(after)
    },
  })
  const nodes = createKeyedRows<VmNode>({
    onChange: (uid) => markDirty('nodes', uid),
  })

  const partsOf = (uid: string): VmParts | undefined => {
    const pod = pods.byUid(uid)
    if (!pod) return undefined
    const set = pod.columns.set === null ? undefined : sets.byName(pod.namespace, pod.columns.set)
    const hibernation = hibernations.byName(pod.namespace, pod.name)
    return { pod, set: set ?? null, hibernation: hibernation ?? null }
  }
  const vmNow = (uid: string) => {
    const parts = partsOf(uid)
    if (!parts) return undefined
    return joinVm(parts.pod, parts.set, parts.hibernation, tables.vms.get(uid) ?? null, now())
  }
  /** What the pod's row and the VM's say alike is held once: the pod's row takes the VM's columns. */
  const holdOnce = (uid: string) => {
    const pod = pods.byUid(uid)
    const vm = tables.vms.get(uid)
    if (pod && vm?.problems === pod.columns.problems) pod.columns = vm
  }
  const setNow = (uid: string) => {
    const set = sets.byUid(uid)
    if (!set || set.phaseSince !== null) return set
    const before = tables.sets.get(uid)
    if (!before) return set
    const since = before.phase === set.phase ? before.phaseSince : new Date(now()).toISOString()
    return { ...set, phaseSince: since }
  }

  function publish<Row extends { uid: string }>(
    kind: FleetKind,
    table: Map<string, Row>,
    current: (uid: string) => Row | undefined,
    turned?: Turn<Row>[],
  ): RowChanges<Row> | undefined {
    const changes = refreshRows(table, dirty[kind], current, turned)
    dirty[kind].clear()
    return changes
  }

  const uidsOfSet = (namespace: string, set: string) => [...(podsOfSet.get(podKey(namespace, set)) ?? [])]
  const vmsOfSet = (namespace: string, set: string) =>
    uidsOfSet(namespace, set).flatMap((uid) => tables.vms.get(uid) ?? [])
  const setNamed = (namespace: string, set: string) => tables.sets.get(sets.byName(namespace, set)?.uid ?? '')

  function flush(): void {
    const changes: FleetChanges = {}
    // Sets first: a VM's phase may depend on the phase of its set.
    const turnedSets: Turn<VmSet>[] = []
    const turnedVms: Turn<Vm>[] = []
    const judged = { vms: [...dirty.vms], sets: [...dirty.sets], nodes: [...dirty.nodes] }
    const changedSets = publish('sets', tables.sets, setNow, turnedSets)
    const changedVms = publish('vms', tables.vms, vmNow, turnedVms)
    judged.vms.forEach(holdOnce)
    const changedNodes = publish('nodes', tables.nodes, nodes.byUid)
    if (changedSets) changes.sets = changedSets
    if (changedVms) changes.vms = changedVms
    if (changedNodes) changes.nodes = changedNodes
    const noted = ring.observe(turnedSets, turnedVms, vmsOfSet, setNamed)
    dirty.operations = new Set(noted.operations)
    dirty.usual = new Set(noted.usual)
    const changedOperations = publish('operations', tables.operations, ring.operation)
    const changedUsual = publish('usual', tables.usual, ring.usual)
    if (changedOperations) changes.operations = changedOperations
    if (changedUsual) changes.usual = changedUsual
    options.onChanges(changes, judged)
  }

  const namespaced = { pods, cocoonsets: sets, cocoonhibernations: hibernations } satisfies Record<
    Namespaced,
    unknown
  >

  function sink<Row extends Identity>(
    resource: WatchedResource,
    rows: { replace(all: readonly Row[]): void; put(row: Row): void; remove(uid: string): void },
  ): WatchSink<Row> {
    return {
      replace: rows.replace,
      put: rows.put,
      remove: rows.remove,
      freshness(next) {
        const turned =
          freshness[resource].state !== next.state || freshness[resource].message !== next.message
        freshness[resource] = next
        if (turned) options.onFreshness()
      },
    }
  }

  return {
    pods: sink('pods', pods),
    cocoonsets: sink('cocoonsets', sets),
    cocoonhibernations: sink('cocoonhibernations', hibernations),
    nodes: sink('nodes', nodes),
    tables,
    freshness: () => ({ ...freshness }),
    partsOf,
    uidsOfSet,
    setNamed,
    memories: ring.memories,
    namespaces: (resource) => [...namespaced[resource].namespaces()],
    uidOfNode: (name) => nodes.byName('', name)?.uid,
    uidNamed: (namespace, name) => pods.byName(namespace, name)?.uid,
    flush,
    stop: coalescer.stop,
  }
}
