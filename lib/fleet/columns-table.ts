/** The columns that the overview can show, in the order in which they stand. */
export const COLUMN_IDS = [
  'name',
  'phase',
  'node',
  'reach',
  'image',
  'screen',
  'role',
  'os',
  'backend',
  'pool',
  'fork',
  'vmName',
  'cpu',
  'memory',
  'storage',
  'namespace',
  'age',
] as const

export type ColumnId = (typeof COLUMN_IDS)[number]

export interface ColumnRule {
  label: string
  /** Shown unless somebody chose otherwise. */
  initial: boolean
  /** The name is how rows are told apart, so it cannot be left out. */
  fixed: boolean
  sortable: boolean
  /** Pixels: what it needs, and its share of the space that is left. */
  width: number
  grow: number
}

const base = { initial: false, fixed: false, sortable: true, grow: 0 }

export const COLUMNS: Record<ColumnId, ColumnRule> = {
  name: { ...base, label: 'Name', initial: true, fixed: true, width: 268, grow: 2 },
  phase: { ...base, label: 'Phase', initial: true, width: 204 },
  node: { ...base, label: 'Node', initial: true, width: 96, grow: 1 },
  reach: { ...base, label: 'Reach', initial: true, width: 164, grow: 1 },
  image: { ...base, label: 'Image', initial: true, width: 176, grow: 2 },
  screen: { ...base, label: 'Screen', initial: true, sortable: false, width: 84 },
  role: { ...base, label: 'Role', width: 104 },
  os: { ...base, label: 'OS', width: 84 },
  backend: { ...base, label: 'Backend', width: 132 },
  pool: { ...base, label: 'Pool', width: 96 },
  fork: { ...base, label: 'Forked from', width: 168, grow: 1 },
  vmName: { ...base, label: 'VM name', width: 200, grow: 1 },
  cpu: { ...base, label: 'CPU', width: 64 },
  memory: { ...base, label: 'Memory', width: 84 },
  storage: { ...base, label: 'Disk', width: 84 },
  namespace: { ...base, label: 'Namespace', width: 120, grow: 1 },
  age: { ...base, label: 'Age', width: 72 },
}

/** The columns shown when nobody chose any. */
export const INITIAL_COLUMNS: readonly ColumnId[] = COLUMN_IDS.filter((id) => COLUMNS[id].initial)
