import { derived } from '../arrange-derived.ts'
import type { ArrangedItem, GroupItem } from '../arrange-types.ts'
import type { Vm } from '../vm.ts'

/** What is chosen, by uid: neither sorting nor a namesake made since changes who is meant. */
export interface Chosen {
  vms: ReadonlySet<string>
  /** Sets chosen by their head, whatever the search leaves of them: uids by key `namespace/name`. */
  sets: ReadonlyMap<string, string>
}

export interface Selection extends Chosen {
  /** Where a range begins: what was chosen just then, and whether the range takes or drops rows. */
  anchor: { key: string; on: boolean; base: Chosen } | null
}

export const NOTHING_CHOSEN: Selection = { vms: new Set(), sets: new Map(), anchor: null }

export type SelectionStep =
  | { kind: 'toggle'; item: ArrangedItem }
  /** All from the anchor to this row, in the order shown. What an earlier range from there took is given back. */
  | { kind: 'range'; items: readonly ArrangedItem[]; to: ArrangedItem }
  /** All that the search leaves, also in closed groups and out of sight. */
  | { kind: 'all'; uids: readonly string[]; items: readonly ArrangedItem[] }
  | { kind: 'clear' }

/** How much of something is chosen, as a checkbox shows it. */
export type Extent = 'none' | 'some' | 'all'

/** How many of these are chosen. */
export function extentOf({ vms }: Chosen, uids: readonly string[]): Extent {
  if (vms.size === 0) return 'none'
  let chosen = 0
  for (const uid of uids) if (vms.has(uid)) chosen += 1
  if (chosen === 0) return 'none'
  return chosen === uids.length ? 'all' : 'some'
}

/** How much of a group is chosen; a set without VMs can be chosen as well. */
export function groupExtent(chosen: Chosen, { uids, set }: Pick<GroupItem, 'uids' | 'set' | 'key'>): Extent {
  if (uids.length > 0) return extentOf(chosen, uids)
  return set !== null && isSetChosen(chosen, set) ? 'all' : 'none'
}

const isSetChosen = ({ sets }: Chosen, { namespace, name, uid }: NonNullable<GroupItem['set']>) =>
  sets.get(`${namespace}/${name}`) === uid

/** Copies that a step changes before anybody sees them. */
interface Draft {
  vms: Set<string>
  sets: Map<string, string>
}

const draftOf = ({ vms, sets }: Chosen): Draft => ({ vms: new Set(vms), sets: new Map(sets) })

type Rows = ReadonlyMap<string, Vm>

/** A set of which one VM is dropped is not chosen as a whole any more. */
function put(draft: Draft, uids: readonly string[], on: boolean, rows: Rows): void {
  for (const uid of uids) {
    if (on) draft.vms.add(uid)
    else {
      draft.vms.delete(uid)
      const vm = draft.sets.size === 0 ? undefined : rows.get(uid)
      if (vm !== undefined) draft.sets.delete(derived(vm).setKey)
    }
  }
}

/** A head stands for its VMs; with `whole`, and where it has none, for its set as such, too. */
function putGroup(draft: Draft, { uids, set }: GroupItem, on: boolean, whole: boolean, rows: Rows): void {
  put(draft, uids, on, rows)
  if (set === null) return
  const key = `${set.namespace}/${set.name}`
  if (!on) draft.sets.delete(key)
  else if (whole || uids.length === 0) draft.sets.set(key, set.uid)
}

function toggled(selection: Selection, item: ArrangedItem, rows: Rows): Selection {
  const draft = draftOf(selection)
  const on = item.kind === 'vm' ? !selection.vms.has(item.uid) : groupExtent(selection, item) !== 'all'
  if (item.kind === 'vm') put(draft, [item.uid], on, rows)
  else putGroup(draft, item, on, true, rows)
  return { ...draft, anchor: { key: item.key, on, base: draft } }
}

function ranged(
  selection: Selection,
  { items, to }: Extract<SelectionStep, { kind: 'range' }>,
  rows: Rows,
): Selection {
  const { anchor } = selection
  const from = anchor === null ? -1 : items.findIndex(({ key }) => key === anchor.key)
  const end = items.findIndex(({ key }) => key === to.key)
  // The row where it began is folded away or searched away: begin anew.
  if (anchor === null || from < 0 || end < 0) return toggled(selection, to, rows)
  const draft = draftOf(anchor.base)
  for (let at = Math.min(from, end); at <= Math.max(from, end); at += 1) {
    const item = items[at]
    if (item?.kind === 'vm') put(draft, [item.uid], anchor.on, rows)
    // The VMs of an open group stand below it themselves.
    else if (item && (item.collapsed || at === end)) putGroup(draft, item, anchor.on, false, rows)
    else if (item?.uids.length === 0) putGroup(draft, item, anchor.on, false, rows)
  }
  return { ...draft, anchor }
}

function everything(
  selection: Selection,
  { uids, items }: Extract<SelectionStep, { kind: 'all' }>,
  rows: Rows,
): Selection {
  const draft = draftOf(selection)
  put(draft, uids, true, rows)
  for (const item of items) {
    if (item.kind === 'group' && item.uids.length === 0) putGroup(draft, item, true, false, rows)
  }
  return { ...draft, anchor: null }
}

/** What is chosen after one step of a person. `rows` tells which set a VM is of. Never throws. */
export function select(selection: Selection, step: SelectionStep, rows: Rows): Selection {
  switch (step.kind) {
    case 'toggle':
      return toggled(selection, step.item, rows)
    case 'range':
      return ranged(selection, step, rows)
    case 'all':
      return everything(selection, step, rows)
    case 'clear':
      return NOTHING_CHOSEN
  }
}
