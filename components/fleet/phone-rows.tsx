import type { GroupItem, VmItem } from '../../lib/fleet/arrange-types.ts'
import type { Vm } from '../../lib/fleet/vm.ts'
import { kindOfSetPhase } from '../../lib/fleet/operations/kind-of-phase.ts'
import { SetMenu } from '../act/set-menu.tsx'
import { VmMenu } from '../act/vm-menu.tsx'
import { GroupTick, VmTick } from '../bulk/tick.tsx'
import { PhaseChip } from '../vm/phase-chip.tsx'
import { reachWords } from '../vm/reach.ts'
import { roleWords } from '../vm/role-words.ts'
import { VmFlags } from '../vm/vm-flags.tsx'
import { VmPhase } from '../vm/vm-phase.tsx'
import { Chevron } from './chevron.tsx'
import { nameCell } from './grid-roles.ts'
import { GroupAside, readyWords } from './group-facts.tsx'
import { Lineage } from './lineage.tsx'
import { Marks } from './marks.tsx'

/** A VM in two lines: who and how it is, then where. One cell across all columns. */
export function PhoneVm({ vm, item, active }: { vm: Vm; item: VmItem; active: boolean }) {
  const facts = [
    item.isFork ? `fork of ${item.forkOf}` : roleWords(vm),
    vm.node,
    vm.message || reachWords(vm),
  ]
  return (
    <div {...nameCell()} className="fleet-cell col-span-full px-3.5">
      <VmTick uid={vm.uid} name={vm.name} />
      <Lineage depth={item.depth} last={item.last} rails={item.rails} />
      <span className="min-w-0 flex-1">
        <span className="flex items-center gap-2">
          <bdi className="truncate font-medium text-text">{vm.name}</bdi>
          <VmFlags vm={vm} />
        </span>
        <bdi className="block truncate text-xs text-faint">
          {facts.filter((fact) => fact !== '').join(' · ')}
        </bdi>
      </span>
      <VmPhase vm={vm} />
      <span className="-mr-2 shrink-0">
        <VmMenu vm={vm} active={active} />
      </span>
    </div>
  )
}

/** A group in two lines: name and state, then its marks. */
export function PhoneGroup({ group, active }: { group: GroupItem; active: boolean }) {
  const { state, set } = group
  return (
    <div {...nameCell()} className="fleet-cell col-span-full px-3.5">
      <GroupTick group={group} />
      <Chevron collapsed={group.collapsed} />
      <span className="min-w-0 flex-1 space-y-1.5">
        <span className="flex items-center gap-2">
          <bdi className="truncate text-[14px] font-bold text-text">{group.label}</bdi>
          {group.namespace !== '' && <bdi className="tag truncate">{group.namespace}</bdi>}
          <span className="ml-auto shrink-0">
            {state !== null && (
              <PhaseChip
                phase={state.look}
                word={state.word}
                since={group.stateSince}
                kind={set === null ? null : kindOfSetPhase(set)}
              />
            )}
          </span>
        </span>
        <span className="flex items-center gap-2">
          <Marks marks={group.marks} counts={group.counts} />
          <span className="text-xs">{readyWords(group)}</span>
          <GroupAside group={group} />
        </span>
      </span>
      {set !== null && (
        <span className="-mr-2 shrink-0">
          <SetMenu set={set} active={active} />
        </span>
      )}
    </div>
  )
}
