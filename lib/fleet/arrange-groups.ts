import { derived, setKey } from './arrange-derived.ts'
import { inSlotOrder } from './arrange-lineage.ts'
import type { ArrangeInput, GroupBy, GroupItem, Mark } from './arrange-types.ts'
import { countPhases } from './summary.ts'
import { desiredVms, setState } from './summary-set.ts'
import type { SetState } from './summary-set.ts'
import type { Vm, VmNode, VmPhase, VmSet } from './vm.ts'

/** More marks than this cannot be told apart; a bar of proportions takes over. */
const MOST_MARKS = 24

/** The members of a group, before and after the search. */
export interface Bucket {
  key: string
  all: readonly Vm[]
  shown: readonly Vm[]
}

/** Key of the group that a VM belongs to; all in one when nothing is grouped. */
export const KEY_OF: Record<GroupBy, (vm: Vm) => string> = {
  set: (vm) => derived(vm).setKey,
  namespace: (vm) => vm.namespace,
  node: (vm) => vm.node,
  phase: (vm) => vm.phase,
  none: () => '',
}

function setsByKey(sets: Iterable<VmSet>): Map<string, VmSet> {
  const byKey = new Map<string, VmSet>()
  for (const set of sets) byKey.set(setKey(set.namespace, set.name), set)
  return byKey
}

function marksOf(vms: readonly Vm[]): Mark[] {
  if (vms.length > MOST_MARKS) return []
  return [...vms]
    .sort(inSlotOrder)
    .map((vm) => ({ uid: vm.uid, phase: vm.phase, shape: vm.role === 'toolbox' ? 'dot' : 'bar' }))
}

const ORPHAN: SetState = { look: 'unknown', word: 'Set is gone' }
const NODE_READY: SetState = { look: 'ready', word: 'Ready' }
const NODE_CORDONED: SetState = { look: 'hibernated', word: 'Cordoned' }
const NODE_DOWN: SetState = { look: 'unreachable', word: 'Not ready' }

function nodeState(node: VmNode): SetState {
  if (!node.ready) return NODE_DOWN
  return node.schedulable ? NODE_READY : NODE_CORDONED
}

type Head = Pick<
  GroupItem,
  'label' | 'namespace' | 'set' | 'node' | 'orphan' | 'state' | 'stateSince' | 'createdAt'
>

const PLAIN = {
  namespace: '',
  set: null,
  node: null,
  orphan: false,
  state: null,
  stateSince: null,
  createdAt: null,
} as const satisfies Partial<Head>

export interface HeadSources {
  sets: ReadonlyMap<string, VmSet>
  nodes: ReadonlyMap<string, VmNode>
}

/** Sets by key and nodes by name. */
export function headSources(input: ArrangeInput): HeadSources {
  const nodes = new Map<string, VmNode>()
  for (const node of input.nodes.values()) nodes.set(node.name, node)
  return { sets: setsByKey(input.sets.values()), nodes }
}

function setHead(bucket: Bucket, sources: HeadSources): Head & { counts: GroupItem['counts'] } {
  const counts = countPhases(bucket.all)
  const set = sources.sets.get(bucket.key)
  const slash = bucket.key.indexOf('/')
  const namespace = bucket.key.slice(0, slash)
  const name = bucket.key.slice(slash + 1)
  if (set !== undefined) {
    const state = setState(set, counts, bucket.all.length)
    const { phaseSince: stateSince, createdAt } = set
    return { ...PLAIN, label: name, namespace, set, state, stateSince, createdAt, counts }
  }
  if (name === '') return { ...PLAIN, label: 'Without a set', namespace, counts }
  return { ...PLAIN, label: name, namespace, orphan: true, state: ORPHAN, counts }
}

function nodeHead(bucket: Bucket, sources: HeadSources): Head {
  const node = sources.nodes.get(bucket.key) ?? null
  const label = bucket.key === '' ? 'Not on a node' : bucket.key
  if (node === null) return { ...PLAIN, label }
  return { ...PLAIN, label, node, state: nodeState(node), createdAt: node.createdAt }
}

function phaseHead(phase: VmPhase): Head {
  const word = phase.charAt(0).toUpperCase() + phase.slice(1)
  return { ...PLAIN, label: word, state: { look: phase, word } }
}

function headOf(bucket: Bucket, groupBy: GroupBy, sources: HeadSources): Head {
  if (groupBy === 'node') return nodeHead(bucket, sources)
  const [first] = bucket.all
  if (groupBy === 'phase' && first !== undefined) return phaseHead(first.phase)
  return { ...PLAIN, label: bucket.key }
}

/** The head of one group. */
export function groupItem(
  bucket: Bucket,
  groupBy: GroupBy,
  sources: HeadSources,
  collapsed: boolean,
): GroupItem {
  const head =
    groupBy === 'set'
      ? setHead(bucket, sources)
      : { ...headOf(bucket, groupBy, sources), counts: countPhases(bucket.all) }
  return {
    kind: 'group',
    key: bucket.key,
    groupBy,
    ...head,
    uids: bucket.shown.map((vm) => vm.uid),
    shown: bucket.shown.length,
    total: bucket.all.length,
    ready: head.counts.ready,
    desired: head.set === null ? bucket.all.length : desiredVms(head.set),
    marks: marksOf(bucket.all),
    collapsed,
  }
}
