import { vncPortOf } from './can/vnc-endpoint.ts'
import { elapsed } from './duration.ts'
import type { Vm, VmPhase, VmSet } from './vm.ts'
import { VM_PHASES, VM_ROLES } from './vm.ts'

/** The fields that a search can name, in the order in which they are offered. */
export const SEARCH_FIELDS = [
  'phase',
  'ns',
  'set',
  'name',
  'role',
  'node',
  'pool',
  'image',
  'os',
  'backend',
  'conn',
  'vnc',
  'ip',
  'fork',
  'vm',
  'id',
  'is',
  'for',
  'age',
] as const

export type SearchField = (typeof SEARCH_FIELDS)[number]

const MINUTE = 60_000
/** How long a VM may be in a moving phase before `is:stuck` finds it; null where staying is no sign of trouble. */
const STUCK_AFTER: Record<VmPhase, number | null> = {
  scheduling: 5 * MINUTE,
  creating: 5 * MINUTE,
  waking: 5 * MINUTE,
  ready: null,
  unreachable: 5 * MINUTE,
  hibernating: 10 * MINUTE,
  hibernated: null,
  migrating: 15 * MINUTE,
  deleting: 5 * MINUTE,
  failed: null,
  unknown: 5 * MINUTE,
}

/** True when a VM has been moving for longer than such a move should take. */
export function isStuck(vm: Vm, now: number): boolean {
  const limit = STUCK_AFTER[vm.phase]
  return limit !== null && elapsed(vm.phaseSince, now) > limit
}

export const SEARCH_FLAGS = [
  'suspended',
  'deleting',
  'deadletter',
  'bare',
  'static',
  'fork',
  'stuck',
  'orphan',
  'broken',
] as const

export type SearchFlag = (typeof SEARCH_FLAGS)[number]

/** What `is:` asks of a VM; `set` is the VM's set, null when it has none or the set is gone. */
export const VM_FLAGS: Record<SearchFlag, (vm: Vm, set: VmSet | null, now: number) => boolean> = {
  suspended: (_vm, set) => set?.suspend ?? false,
  deleting: (vm) => vm.deletedAt !== null,
  deadletter: (vm) => vm.deadLetter,
  bare: (vm) => vm.set === null,
  static: (vm) => !vm.managed,
  fork: (vm) => vm.forkedFrom !== '',
  stuck: (vm, _set, now) => isStuck(vm, now),
  orphan: (vm, set) => vm.set !== null && set === null,
  broken: (vm) => vm.problems.length > 0,
}

/** What `is:` asks of a set that has no VMs; null where the question is about VMs only. */
export const SET_FLAGS: Record<SearchFlag, ((set: VmSet) => boolean) | null> = {
  suspended: (set) => set.suspend,
  deleting: (set) => set.deletedAt !== null,
  deadletter: null,
  bare: null,
  static: null,
  fork: null,
  stuck: null,
  orphan: null,
  broken: (set) => set.problems.length > 0,
}

interface FieldRule {
  /** What the field looks at, for the list of suggestions. */
  label: string
  /**
   * `part`: the value contains the text. `whole`: the value is the text, because it is picked from a list and
   * `-ns:dev` must leave `devops` alone. `choice`: as whole, from a closed list, where a beginning stands for
   * all choices that begin so. `time`: a length of time, `>2d`. `flag`: one of `SEARCH_FLAGS`.
   */
  kind: 'part' | 'whole' | 'choice' | 'time' | 'flag'
  aliases: readonly string[]
  choices: readonly string[]
  ofVm: (vm: Vm) => string
  /** The same question to a set without VMs; null where only a VM can answer. */
  ofSet: ((set: VmSet) => string) | null
}

const part = { kind: 'part', aliases: [], choices: [], ofSet: null } as const
const whole = { kind: 'whole', aliases: [], choices: [], ofSet: null } as const
const choice = { kind: 'choice', aliases: [], ofSet: null } as const

/** Every field and how it is asked. */
export const FIELD_RULES: Record<SearchField, FieldRule> = {
  phase: { ...choice, label: 'phase of the VM', choices: VM_PHASES, ofVm: (vm) => vm.phase },
  ns: {
    ...whole,
    label: 'namespace',
    aliases: ['namespace'],
    ofVm: (vm) => vm.namespace,
    ofSet: (set) => set.namespace,
  },
  set: {
    ...part,
    label: 'CocoonSet',
    aliases: ['cocoonset'],
    ofVm: (vm) => vm.set ?? '',
    ofSet: (set) => set.name,
  },
  name: { ...part, label: 'name of the pod', aliases: ['pod'], ofVm: (vm) => vm.name },
  role: { ...choice, label: 'role in the set', choices: VM_ROLES, ofVm: (vm) => vm.role ?? '' },
  node: { ...whole, label: 'node', ofVm: (vm) => vm.node },
  pool: { ...whole, label: 'node pool', ofVm: (vm) => vm.pool, ofSet: (set) => set.nodePool },
  image: { ...part, label: 'image', ofVm: (vm) => vm.image, ofSet: (set) => set.image },
  os: { ...whole, label: 'operating system', ofVm: (vm) => vm.os, ofSet: (set) => set.os },
  backend: { ...whole, label: 'hypervisor', ofVm: (vm) => vm.backend, ofSet: (set) => set.backend },
  conn: { ...whole, label: 'connection type', aliases: ['connection'], ofVm: (vm) => vm.connType },
  vnc: {
    ...choice,
    label: 'has a screen over VNC',
    choices: ['yes', 'no'],
    ofVm: (vm) => (vncPortOf(vm) > 0 ? 'yes' : 'no'),
  },
  ip: { ...part, label: 'IP address', ofVm: (vm) => vm.ip },
  fork: {
    ...part,
    label: 'VM that it was forked from',
    aliases: ['forkedfrom'],
    ofVm: (vm) => vm.forkedFrom,
  },
  vm: { ...part, label: 'VM name on the node', aliases: ['vmname'], ofVm: (vm) => vm.vmName },
  id: { ...part, label: 'VM id on the node', aliases: ['vmid'], ofVm: (vm) => vm.vmID },
  is: {
    label: 'what else holds for it',
    kind: 'flag',
    aliases: [],
    choices: SEARCH_FLAGS,
    ofVm: () => '',
    ofSet: () => '',
  },
  for: {
    label: 'time in its phase',
    kind: 'time',
    aliases: [],
    choices: [],
    ofVm: (vm) => vm.phaseSince ?? '',
    ofSet: (set) => set.phaseSince ?? '',
  },
  age: {
    label: 'time since it was created',
    kind: 'time',
    aliases: [],
    choices: [],
    ofVm: (vm) => vm.createdAt,
    ofSet: (set) => set.createdAt,
  },
}

/** By every name that people may type, in lower case. */
const BY_NAME = new Map<string, SearchField>(
  SEARCH_FIELDS.flatMap((field) =>
    [field, ...FIELD_RULES[field].aliases].map((name) => [name, field] as const),
  ),
)

/** Every name of a field, for finding the one that was meant. */
export const FIELD_NAMES: readonly string[] = [...BY_NAME.keys()]

/** The field that a typed name means, in any case; undefined for none. */
export function fieldNamed(name: string): SearchField | undefined {
  return BY_NAME.get(name.toLowerCase())
}
