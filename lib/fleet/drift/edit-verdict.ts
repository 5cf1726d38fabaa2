import type { CocoonSet } from '../../cocoon/crd.ts'
import { LABEL_NODE_POOL } from '../../cocoon/keys.ts'
import { isRestorable } from '../../cocoon/hibernation-request.ts'
import { COCOON_SET_SCHEMA } from '../../cocoon/schema-set.ts'
import { schemaErrors } from '../../cocoon/schema-errors.ts'
import { hasState, isSavedOnDelete, snapshotsKept } from '../can/loss.ts'
import { verdictOf, type Verdict } from '../can/verdict.ts'
import { agree, counted, listed } from '../can/wording.ts'
import type { Vm } from '../vm.ts'
import { editOutcome, type EditOutcome, type Recreation } from './edit-outcome.ts'

const FIELD_WORDS = new Map([
  [LABEL_NODE_POOL, 'nodePool'],
  ['snapshot class', 'snapshotCompatibilityClass'],
  ['static runtime', 'the static address, id or VNC port'],
])

const namesOf = (vms: readonly Vm[]) => listed(vms.map(({ name }) => name))
const fieldsOf = (recreated: readonly Recreation[]): string[] => [
  ...new Set(recreated.flatMap(({ fields }) => fields.map((field) => FIELD_WORDS.get(field) ?? field))),
]

const isRestored = ({ hibernation }: Vm) => hibernation !== null && isRestorable(hibernation)
const losesState = (vm: Vm) => hasState(vm) && !isRestored(vm)

/** Contract 4.4: a suspended set puts its VMs to sleep and does nothing else. */
function whenItHappens({ spec }: CocoonSet): string {
  return spec?.suspend === true ? ' once the set is resumed' : ''
}

function recreation({ recreated }: EditOutcome, after: CocoonSet): (string | null)[] {
  if (recreated.length === 0) return []
  const vms = recreated.map(({ vm }) => vm)
  const losing = vms.filter(losesState)
  const managed = vms.filter(({ managed: runs }) => runs)
  const many = vms.length
  const fields = fieldsOf(recreated)
  const unsaved = losing.filter((vm) => !isSavedOnDelete(vm))
  return [
    `These VMs will be recreated${whenItHappens(after)}: ${namesOf(vms)}, because ${listed(fields)} ${agree(fields.length, 'changes', 'change')}.`,
    losing.length === 0
      ? null
      : `${namesOf(losing)} ${agree(losing.length, 'loses its', 'lose their')} memory and disk.`,
    unsaved.length === 0 ? null : `Nothing is saved of ${namesOf(unsaved)}.`,
    managed.length === 0
      ? null
      : `If an earlier suspension left a hibernate snapshot of ${agree(many, 'it', 'one of them')} in the registry, newer nodes restore that old memory instead, or refuse it when the image differs.`,
  ]
}

function removal({ removed }: EditOutcome, after: CocoonSet): (string | null)[] {
  if (removed.length === 0) return []
  const losing = removed.filter(losesState)
  const unsaved = losing.filter((vm) => !isSavedOnDelete(vm))
  return [
    `${namesOf(removed)} ${agree(removed.length, 'is', 'are')} deleted${losing.length === 0 ? '' : ' with memory and disk'}${whenItHappens(after)}.`,
    unsaved.length === 0 ? null : `Nothing is saved of ${namesOf(unsaved)}.`,
  ]
}

/** Contract 4.2 step 7, 7: who follows whom, and what forks start from. */
function order({ recreated }: EditOutcome): (string | null)[] {
  const vms = recreated.map(({ vm }) => vm)
  const main = vms.find(({ role }) => role === 'main')
  if (main === undefined) return []
  const others = vms.length > 1
  return [
    others ? `The main agent ${main.name} comes first; the others follow when it is ready.` : null,
    `The fork snapshot of ${main.name} is dropped: forks start from the new one from then on.`,
    main.phase === 'failed'
      ? `${main.name} has failed; being recreated it gets another try with the new specification.`
      : null,
  ]
}

function kept({ recreated, removed }: EditOutcome): (string | null)[] {
  const vms = [...recreated.map(({ vm }) => vm), ...removed]
  const restored = recreated.map(({ vm }) => vm).filter(isRestored)
  const still = recreated.map(({ vm }) => vm).filter(({ managed }) => !managed)
  return [
    snapshotsKept(vms.filter(losesState)),
    restored.length === 0
      ? null
      : `${namesOf(restored)} ${agree(restored.length, 'comes', 'come')} back from the hibernate snapshot, as the CocoonHibernation asks.`,
    still.length === 0
      ? null
      : `${namesOf(still)} ${agree(still.length, 'is a static VM', 'are static VMs')}: only the pod is made anew, the VM goes on.`,
  ]
}

const SIZE = /cpu|memory|storage/

/** Contract 6.1: cpu, memory and storage shape a VM only when it is booted from an image. */
function sameSize({ recreated }: EditOutcome, after: CocoonSet): string | null {
  const mode = after.spec?.agent?.mode ?? 'clone'
  const sized = recreated.filter(
    ({ vm, fields }) => vm.role !== 'toolbox' && fields.some((field) => SIZE.test(field)),
  )
  if (sized.length === 0 || mode !== 'clone') return null
  return `${namesOf(sized.map(({ vm }) => vm))} ${agree(sized.length, 'keeps', 'keep')} the size of the snapshot: a clone only reserves other cpu, memory and storage.`
}

function quietNotes(
  { quiet, added }: EditOutcome,
  after: CocoonSet,
  main: Vm | undefined,
): (string | null)[] {
  const { nodeName = '', hibernatePolicy, suspend } = after.spec ?? {}
  const says: Record<string, string | null> = {
    suspend: suspend === true ? 'All VMs of the set are put to sleep.' : 'All VMs of the set are woken.',
    hibernatePolicy: `hibernatePolicy ${hibernatePolicy ?? 'retain'} counts from the next suspension on.`,
    nodeName: moved(nodeName, main),
    snapshotCompatibilityClass:
      'snapshotCompatibilityClass counts for VMs that are made from now on; those that run stay where they are.',
  }
  return [
    ...quiet.map((field) => says[field] ?? null),
    added.count === 0
      ? null
      : `${counted(added.count, 'VM')} ${agree(added.count, 'is', 'are')} added: ${listed(added.names, added.count)}.`,
  ]
}

/** Contract 4.6: only the main agent moves. */
function moved(nodeName: string, main: Vm | undefined): string {
  if (nodeName === '') return 'The main agent is no longer pinned to a node: nothing moves now.'
  if (main?.node === nodeName) return `The main agent is on ${nodeName} already: nothing moves.`
  return `The main agent is hibernated and woken on node ${nodeName}; its sub-agents and toolboxes stay where they are.`
}

function nothingElse(outcome: EditOutcome, before: CocoonSet, after: CocoonSet): string | null {
  const { recreated, removed, added, quiet } = outcome
  if (recreated.length + removed.length + added.count + quiet.length > 0) return null
  const meta = (set: CocoonSet) =>
    JSON.stringify([set.metadata?.labels ?? {}, set.metadata?.annotations ?? {}])
  if (meta(before) !== meta(after)) {
    return 'Labels and annotations are those of the set alone: its VMs do not get them, and nothing happens to them.'
  }
  return 'No VM is recreated by this.'
}

/**
 * What an edit does to the VMs of a set, and what it does not do, in sentences (contract 4.2 to 4.7). Of a document
 * that does not hold to the schema nothing is said: the cluster refuses it anyhow.
 */
export function editVerdict(before: CocoonSet, after: CocoonSet, vms: readonly Vm[]): Verdict {
  if (schemaErrors(COCOON_SET_SCHEMA, after).length > 0) return verdictOf(null)
  const outcome = editOutcome(before, after, vms)
  const main = vms.find(({ role }) => role === 'main')
  return verdictOf(null, () => ({
    warnings: [...recreation(outcome, after), ...removal(outcome, after)],
    notes: [
      ...order(outcome),
      ...kept(outcome),
      sameSize(outcome, after),
      ...quietNotes(outcome, after, main),
      nothingElse(outcome, before, after),
    ],
  }))
}
