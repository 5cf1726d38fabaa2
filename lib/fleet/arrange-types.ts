import type { ColumnId } from './columns-table.ts'
import type { Search } from './search.ts'
import type { SetState } from './summary-set.ts'
import type { PhaseCounts } from './summary.ts'
import type { Vm, VmNode, VmPhase, VmSet } from './vm.ts'

export const GROUPINGS = ['set', 'namespace', 'node', 'phase', 'none'] as const

export type GroupBy = (typeof GROUPINGS)[number]

export interface Sort {
  column: ColumnId
  direction: 'asc' | 'desc'
}

/** The fleet by uid, as the live store keeps it. */
export interface ArrangeInput {
  vms: ReadonlyMap<string, Vm>
  sets: ReadonlyMap<string, VmSet>
  nodes: ReadonlyMap<string, VmNode>
}

export interface ArrangeOptions {
  groupBy: GroupBy
  sort: Sort
  search: Search
  /** Which groups are closed, by key; a ReadonlySet will do. */
  collapsed: { has(key: string): boolean }
  /** Epoch milliseconds on the server's clock, for `age:` and `for:`. */
  now: number
}

/** One VM of a group at a glance: agents are bars, toolboxes dots. */
export interface Mark {
  uid: string
  phase: VmPhase
  shape: 'bar' | 'dot'
}

/** The head of a group. Counts and marks tell of the whole group, whatever the search leaves of it. */
export interface GroupItem {
  kind: 'group'
  /** Of a set `namespace/name`; VMs without one `namespace/`; else the namespace, the node's name, the phase. */
  key: string
  groupBy: GroupBy
  label: string
  /** '' where the label says it or a group spans namespaces. */
  namespace: string
  /** The set, when the group is one and it is there. */
  set: VmSet | null
  /** The node, when the group is one and it is known. */
  node: VmNode | null
  /** The pods name a set that the cluster does not have (any more). */
  orphan: boolean
  /** The uids of its VMs that the search leaves, in order, also while it is closed. */
  uids: readonly string[]
  /** VMs that the search leaves, and all. */
  shown: number
  total: number
  counts: PhaseCounts
  /** VMs that are ready, and how many there should be (`total` where nothing says). */
  ready: number
  desired: number
  /** In slot order, toolboxes last; empty when they are too many to tell apart: show `phaseBar(counts)`. */
  marks: readonly Mark[]
  /** The chip: null where a group has no phase of its own. */
  state: SetState | null
  /** ISO 8601: since when the chip's state holds, and since when the group exists; null for unknown. */
  stateSince: string | null
  createdAt: string | null
  collapsed: boolean
}

/** The row of a VM. All plain values, so that an unchanged row need not be drawn again. */
export interface VmItem {
  kind: 'vm'
  key: string
  uid: string
  /** '' when nothing is grouped. */
  groupKey: string
  /** Steps below the root of its lineage: a fork hangs one below the VM that it was forked from. */
  depth: number
  isFork: boolean
  /** The source: its slot when it is in the same set, else its VM name; '' when the VM is no fork. */
  forkOf: string
  /** The last of its siblings: its elbow ends the line. */
  last: boolean
  /** Bit n is set when the line at depth n goes on past this row (an ancestor there has later siblings). */
  rails: number
}

export type ArrangedItem = GroupItem | VmItem

/** What a virtual table shows, from top to bottom. */
export interface Arrangement {
  items: readonly ArrangedItem[]
  /** The uids of all VMs that the search leaves, in order, also those in closed groups. */
  uids: readonly string[]
  /** VMs before and after the search, and groups shown. */
  total: number
  shown: number
  groups: number
}
