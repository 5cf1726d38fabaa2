import type { Freshness } from './freshness.ts'
import type { Operation, Usual } from './operations/operation.ts'
import type { FleetKind, FleetRows, VmNode, VmSet, Vm } from './vm.ts'

/** Which cluster is shown, for the badge and the terminal. */
export interface ClusterIdentity {
  /** `demo` is the embedded cluster; `kube` is one that a kubeconfig or a service account names. */
  kind: 'demo' | 'kube'
  /** The context's or the cluster's name, for people. */
  name: string
}

/** `GET /api/fleet`: the whole fleet as plain rows. */
export interface FleetDocument {
  epoch: string
  seq: number
  /** ISO 8601: the oldest moment at which every watched resource was proven fresh; null before the first list. */
  asOf: string | null
  cluster: ClusterIdentity
  freshness: Freshness
  vms: Vm[]
  sets: VmSet[]
  nodes: VmNode[]
  /** What is done to VMs and sets now, and was lately. */
  operations: Operation[]
  /** How long that usually takes. */
  usual: Usual[]
}

/**
 * A table by columns, each in the shortest form: its values; `{d, i}`, a dictionary of the distinct values and
 * one index a row (a number, or a character from `0` on), where `before` names a column of texts that stand after
 * each entry; or `{u}`, the hexadecimal digits of UUIDs in one text. Every column has `n` entries.
 */
export interface Columns {
  n: number
  c: Record<string, unknown[] | { d: unknown[]; i: number[] | string; before?: string } | { u: string }>
}

/** Grows with every change of the events' form: a page that is older than its server cannot read them. */
export const WIRE_VERSION = 3

/** SSE event `snapshot`. */
export interface SnapshotEvent {
  wire: number
  epoch: string
  seq: number
  /** Server clock, epoch milliseconds, so that a browser can tell ages without trusting its own clock. */
  at: number
  cluster: ClusterIdentity
  freshness: Freshness
  tables: Record<FleetKind, Columns>
}

/** Changes of one kind of row. `set` holds only the fields that changed, and the uid. */
export interface RowChanges<Row extends { uid: string }> {
  add?: Row[]
  set?: (Partial<Row> & { uid: string })[]
  /** uids */
  del?: string[]
}

export type FleetChanges = { [Kind in FleetKind]?: RowChanges<FleetRows[Kind]> }

/** SSE event `delta`; applies on top of `seq - 1`. */
export interface DeltaEvent {
  seq: number
  at: number
  changes: FleetChanges
}

/** SSE event `beat`: nothing changed, this is how fresh the API is. */
export interface BeatEvent {
  seq: number
  at: number
  freshness: Freshness
}
