import { decodeColumns, encodeColumns } from './columns.ts'
import { FLEET_KINDS } from './vm.ts'
import type { FleetKind, FleetRows } from './vm.ts'
import type { DeltaEvent, FleetChanges, RowChanges, SnapshotEvent } from './wire.ts'

/** The fleet by kind and uid. */
export type FleetTables = { [Kind in FleetKind]: Map<string, FleetRows[Kind]> }

type Row = { uid: string }

const sameValue = (a: unknown, b: unknown): boolean =>
  a === b || (typeof a === 'object' && typeof b === 'object' && JSON.stringify(a) === JSON.stringify(b))

/** The fields of `next` that differ from `before`, with the uid; null when nothing visible changed. */
export function changedFields<T extends Row>(before: T, next: T): (Partial<T> & Row) | null {
  const changes = (Object.keys(next) as (keyof T)[]).filter((field) => !sameValue(before[field], next[field]))
  if (changes.length === 0) return null
  const picked: Partial<T> = {}
  for (const field of changes) picked[field] = next[field]
  return { ...picked, uid: next.uid }
}

/** The difference between two states of one row, as one entry of a delta; null when there is none. */
export function rowChange<T extends Row>(before: T | undefined, next: T | undefined): RowChanges<T> | null {
  if (next === undefined) return before === undefined ? null : { del: [before.uid] }
  if (before === undefined) return { add: [next] }
  const changed = changedFields(before, next)
  return changed === null ? null : { set: [changed] }
}

function addChange<T extends Row>(into: RowChanges<T>, change: RowChanges<T>): void {
  if (change.add) (into.add ??= []).push(...change.add)
  if (change.set) (into.set ??= []).push(...change.set)
  if (change.del) (into.del ??= []).push(...change.del)
}

/** One row that changed: as it was shown until now, and as it is. */
export interface Turn<T> {
  uid: string
  before: T | undefined
  after: T | undefined
}

/**
 * Brings these rows of a table up to date with `current`; undefined when nothing visible changed.
 * @param turned gets the rows that did
 */
export function refreshRows<T extends Row>(
  rows: Map<string, T>,
  uids: Iterable<string>,
  current: (uid: string) => T | undefined,
  turned?: Turn<T>[],
): RowChanges<T> | undefined {
  const changes: RowChanges<T> = {}
  for (const uid of uids) {
    const next = current(uid)
    const before = rows.get(uid)
    const change = rowChange(before, next)
    if (change === null) continue
    turned?.push({ uid, before, after: next })
    addChange(changes, change)
    if (next === undefined) rows.delete(uid)
    else rows.set(uid, next)
  }
  return Object.keys(changes).length === 0 ? undefined : changes
}

/**
 * Applies one kind's changes in place, so that one change costs the same in a fleet of any size; untouched
 * rows keep their identity, changed ones become new objects.
 * @throws Error when a change names a row that is not there: the stream and this table have parted, and
 * only a new snapshot can mend that.
 */
export function applyRowChanges<T extends Row>(rows: Map<string, T>, changes: RowChanges<T>): void {
  for (const uid of changes.del ?? []) rows.delete(uid)
  for (const row of changes.add ?? []) rows.set(row.uid, row)
  for (const change of changes.set ?? []) {
    const before = rows.get(change.uid)
    if (before === undefined) throw new Error(`a change names row ${change.uid}, which was never sent`)
    rows.set(change.uid, { ...before, ...change })
  }
}

/** Applies a delta to the fleet in place. @throws Error like `applyRowChanges`. */
export function applyChanges(tables: FleetTables, changes: FleetChanges): void {
  if (changes.vms) applyRowChanges(tables.vms, changes.vms)
  if (changes.sets) applyRowChanges(tables.sets, changes.sets)
  if (changes.nodes) applyRowChanges(tables.nodes, changes.nodes)
  if (changes.operations) applyRowChanges(tables.operations, changes.operations)
  if (changes.usual) applyRowChanges(tables.usual, changes.usual)
}

/** The uids that a delta touches, by kind: who has to be told. */
export function touchedUids(delta: Pick<DeltaEvent, 'changes'>): Record<FleetKind, string[]> {
  const touched: Record<FleetKind, string[]> = { vms: [], sets: [], nodes: [], operations: [], usual: [] }
  for (const kind of FLEET_KINDS) {
    const changes = delta.changes[kind]
    if (!changes) continue
    const rows: Row[] = [...(changes.add ?? []), ...(changes.set ?? [])]
    touched[kind] = [...rows.map((row) => row.uid), ...(changes.del ?? [])]
  }
  return touched
}

const byUid = <T extends Row>(rows: readonly T[]): Map<string, T> =>
  new Map(rows.map((row) => [row.uid, row]))

/** The tables of a snapshot event. */
export function tablesOfSnapshot(snapshot: Pick<SnapshotEvent, 'tables'>): FleetTables {
  return {
    vms: byUid(decodeColumns<FleetRows['vms']>(snapshot.tables.vms)),
    sets: byUid(decodeColumns<FleetRows['sets']>(snapshot.tables.sets)),
    nodes: byUid(decodeColumns<FleetRows['nodes']>(snapshot.tables.nodes)),
    operations: byUid(decodeColumns<FleetRows['operations']>(snapshot.tables.operations)),
    usual: byUid(decodeColumns<FleetRows['usual']>(snapshot.tables.usual)),
  }
}

/** The tables as a snapshot event carries them; `tablesOfSnapshot` reads them again. */
export function encodeTables(tables: FleetTables): SnapshotEvent['tables'] {
  return {
    vms: encodeColumns([...tables.vms.values()]),
    sets: encodeColumns([...tables.sets.values()]),
    nodes: encodeColumns([...tables.nodes.values()]),
    operations: encodeColumns([...tables.operations.values()]),
    usual: encodeColumns([...tables.usual.values()]),
  }
}

/** Rows that say the same as before keep their identity, so that a new snapshot repaints only what differs. */
export function keepIdentity<T extends Row>(
  before: ReadonlyMap<string, T>,
  next: Map<string, T>,
): Map<string, T> {
  for (const [uid, row] of next) {
    const known = before.get(uid)
    if (known !== undefined && changedFields(known, row) === null) next.set(uid, known)
  }
  return next
}

/** A fleet of nothing. */
export const emptyTables = (): FleetTables => ({
  vms: new Map(),
  sets: new Map(),
  nodes: new Map(),
  operations: new Map(),
  usual: new Map(),
})
