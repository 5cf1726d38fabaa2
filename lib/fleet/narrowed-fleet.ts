import { joinVm } from './join-vm.ts'
import { createOperationRing } from './operations/operation-ring.ts'
import type { OperationMemory } from './operations/operation-ring.ts'
import type { HibernationRow } from './project-hibernation.ts'
import type { PodRow } from './project-pod.ts'
import { emptyTables, refreshRows } from './row-changes.ts'
import type { FleetTables, Turn } from './row-changes.ts'
import { sees } from './sight.ts'
import type { Sight } from './sight.ts'
import type { Vm, VmSet } from './vm.ts'
import type { FleetChanges } from './wire.ts'

/** What a VM's row is joined from. */
export interface VmParts {
  pod: PodRow
  set: VmSet | null
  hibernation: HibernationRow | null
}

/** The fleet as the dashboard itself sees it. */
export interface WholeFleet {
  /** What is published. Read only: the maps change with every batch. */
  tables: FleetTables
  partsOf(uid: string): VmParts | undefined
  /** Of the VMs of the set that bears this name. */
  uidsOfSet(namespace: string, set: string): readonly string[]
  /** The published row of the set that bears this name now. */
  setNamed(namespace: string, set: string): VmSet | undefined
  memories(): OperationMemory[]
}

/** The uids of the rows that a batch has judged anew. */
export interface JudgedRows {
  vms: readonly string[]
  sets: readonly string[]
  nodes: readonly string[]
}

/** What of the fleet is within a sight, kept up to date batch by batch. */
export interface NarrowedFleet {
  tables: FleetTables
  /** Follows the whole fleet, whose tables are up to date already; what changed within sight. */
  follow(judged: JudgedRows): FleetChanges
}

/** Of a set, a VM's row tells by its phase alone. */
const sameParts = (next: VmParts, before: VmParts | undefined) =>
  before !== undefined &&
  next.pod === before.pod &&
  next.hibernation === before.hibernation &&
  next.set?.phase === before.set?.phase

/**
 * The fleet as somebody sees it who may not see all of it: rows out of sight are absent, and the row of a VM whose set
 * or hibernation is out of sight is joined without them, so that nothing of those shows through its phase, its times or
 * its messages. Operations and the times that they usually take are told from these rows alone.
 */
export function createNarrowedFleet(
  whole: WholeFleet,
  sight: Sight,
  now: () => number = Date.now,
): NarrowedFleet {
  const tables = emptyTables()
  const seesAllIn = (namespace: string) =>
    sees(sight.pods, namespace) &&
    sees(sight.cocoonsets, namespace) &&
    sees(sight.cocoonhibernations, namespace)

  const ring = createOperationRing(
    now,
    whole.memories().filter(({ operation }) => seesAllIn(operation.namespace)),
  )

  /** What the rows that are joined here were joined from last. */
  const joinedFrom = new Map<string, VmParts>()
  const partsInSight = ({ pod, set, hibernation }: VmParts): VmParts => ({
    pod,
    set: sees(sight.cocoonsets, pod.namespace) ? set : null,
    hibernation: sees(sight.cocoonhibernations, pod.namespace) ? hibernation : null,
  })
  const vmNow = (uid: string): Vm | undefined => {
    const found = whole.partsOf(uid)
    if (found === undefined || !sees(sight.pods, found.pod.namespace)) {
      joinedFrom.delete(uid)
      return undefined
    }
    if (seesAllIn(found.pod.namespace)) return whole.tables.vms.get(uid)
    const parts = partsInSight(found)
    const row = tables.vms.get(uid)
    // What is out of sight may not even be told by when a row was judged anew.
    if (row !== undefined && sameParts(parts, joinedFrom.get(uid))) return row
    joinedFrom.set(uid, parts)
    return joinVm(parts.pod, parts.set, parts.hibernation, row ?? null, now())
  }
  const setNow = (uid: string) => {
    const set = whole.tables.sets.get(uid)
    return set && sees(sight.cocoonsets, set.namespace) ? set : undefined
  }
  const nodeNow = (uid: string) => (sight.nodes ? whole.tables.nodes.get(uid) : undefined)

  const vmsOf = (namespace: string, set: string) =>
    whole.uidsOfSet(namespace, set).flatMap((uid) => tables.vms.get(uid) ?? [])
  const setNamed = (namespace: string, set: string) =>
    tables.sets.get(whole.setNamed(namespace, set)?.uid ?? '')

  /** @param heard whether the ring hears of what changes in a namespace */
  function refresh({ vms, sets, nodes }: JudgedRows, heard: (namespace: string) => boolean): FleetChanges {
    const turnedSets: Turn<VmSet>[] = []
    const turnedVms: Turn<Vm>[] = []
    const changes = {
      sets: refreshRows(tables.sets, sets, setNow, turnedSets),
      vms: refreshRows(tables.vms, vms, vmNow, turnedVms),
      nodes: refreshRows(tables.nodes, nodes, nodeNow),
    }
    const told = <Row extends { namespace: string }>({ before, after }: Turn<Row>) =>
      heard((after ?? before)?.namespace ?? '')
    const noted = ring.observe(turnedSets.filter(told), turnedVms.filter(told), vmsOf, setNamed)
    const all = {
      ...changes,
      operations: refreshRows(tables.operations, noted.operations, ring.operation),
      usual: refreshRows(tables.usual, noted.usual, ring.usual),
    }
    return Object.fromEntries(Object.entries(all).filter(([, change]) => change !== undefined))
  }

  const everything = {
    vms: [...whole.tables.vms.keys()],
    sets: [...whole.tables.sets.keys()],
    nodes: [...whole.tables.nodes.keys()],
  }
  // What goes on where everything is in sight is remembered already, with its true beginning.
  refresh(everything, (namespace) => !seesAllIn(namespace))
  for (const { operation } of ring.memories()) tables.operations.set(operation.uid, operation)
  for (const { operation } of ring.memories()) {
    const usual = ring.usual(operation.kind)
    if (usual !== undefined) tables.usual.set(usual.uid, usual)
  }

  return { tables, follow: (judged) => refresh(judged, () => true) }
}
