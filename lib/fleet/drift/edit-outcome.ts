import type { CocoonSet, ToolboxSpec } from '../../cocoon/crd.ts'
import { withCocoonSetDefaults } from '../../cocoon/defaults.ts'
import type { Pod } from '../../cocoon/kube-json.ts'
import type { Vm } from '../vm.ts'
import { driftOf } from './drift.ts'
import { agentPod, agentPodName, toolboxPod, toolboxPodName } from './pod-shape.ts'

/** A VM that the operator deletes and makes anew, and which of its fields make it do so (contract 4.7). */
export interface Recreation {
  vm: Vm
  fields: string[]
}

/** How many pods come, and what the first of them are called. */
export interface Added {
  count: number
  names: string[]
}

/** What becomes of the VMs of a set when its specification is replaced. */
export interface EditOutcome {
  recreated: Recreation[]
  /** VMs that the new specification has no seat for. */
  removed: Vm[]
  /** Pods that there are to be, and are not in the old specification. */
  added: Added
  /** Names of the fields of the set, as `nodeName`, that change and recreate nothing. */
  quiet: string[]
}

const toolboxesOf = (set: CocoonSet): Map<string, ToolboxSpec> =>
  new Map((set.spec?.toolboxes ?? []).map((toolbox) => [toolboxPodName(set, toolbox.name ?? ''), toolbox]))

/** The pod that the operator makes for the seat of this VM; null when the set has no such seat. */
function podOf(set: CocoonSet, { role, slot, name }: Vm): Pod | null {
  if (role === 'toolbox') {
    const toolbox = toolboxesOf(set).get(name)
    return toolbox === undefined ? null : toolboxPod(set, toolbox)
  }
  if (slot === null || slot > replicasOf(set)) return null
  return agentPod(set, slot)
}

const replicasOf = (set: CocoonSet): number => set.spec?.agent?.replicas ?? 0

/** A slip of the finger in `replicas` asks for two billion seats: they are counted, and only as many named as are read. */
const MOST_NAMES = 6

function addedSeats(old: CocoonSet, next: CocoonSet): Added {
  const [before, after] = [replicasOf(old), replicasOf(next)]
  const there = toolboxesOf(old)
  const toolboxes = [...toolboxesOf(next).keys()].filter((name) => !there.has(name))
  const slots = Math.max(0, after - before)
  const agents = Array.from({ length: Math.min(slots, MOST_NAMES) }, (_, at) =>
    agentPodName(next, before + 1 + at),
  )
  return { count: slots + toolboxes.length, names: [...agents, ...toolboxes].slice(0, MOST_NAMES) }
}

/** Fields that the operator acts upon in other ways, or not at all (contract 4.5, 4.6, 4.7). */
const QUIET = ['suspend', 'hibernatePolicy', 'nodeName', 'snapshotCompatibilityClass'] as const

/**
 * What the operator does to the VMs that there are when `before` becomes `after`, by the very predicate that the
 * operator itself uses (contract 4.7). Both must hold to the schema; defaults are filled in. A VM that has drifted
 * from `before` already is judged as if it had not.
 */
export function editOutcome(before: CocoonSet, after: CocoonSet, vms: readonly Vm[]): EditOutcome {
  const metadata = { ...before.metadata }
  const old = withCocoonSetDefaults({ ...before, metadata })
  const next = withCocoonSetDefaults({ ...after, metadata })
  const outcome: EditOutcome = { recreated: [], removed: [], added: addedSeats(old, next), quiet: [] }
  for (const vm of vms.filter(({ deletedAt }) => deletedAt === null)) {
    const wanted = podOf(next, vm)
    const there = podOf(old, vm)
    if (wanted === null) outcome.removed.push(vm)
    const fields = wanted === null || there === null ? [] : driftOf(wanted, there, next)
    if (fields.length > 0) outcome.recreated.push({ vm, fields })
  }
  outcome.quiet = QUIET.filter((field) => (old.spec?.[field] ?? '') !== (next.spec?.[field] ?? ''))
  return outcome
}
