'use client'

import { memo } from 'react'
import type { GroupItem } from '../../lib/fleet/arrange-types.ts'
import type { ColumnId } from '../../lib/fleet/columns-table.ts'
import { kindOfSetPhase } from '../../lib/fleet/operations/kind-of-phase.ts'
import { useGroupExtent } from '../bulk/selection-context.ts'
import { GroupTick } from '../bulk/tick.tsx'
import { PhaseChip } from '../vm/phase-chip.tsx'
import { Chevron } from './chevron.tsx'
import { cell, nameCell, rowAttributes } from './grid-roles.ts'
import type { RowPlace } from './grid-roles.ts'
import { GroupAge, GroupAside, readyWords } from './group-facts.tsx'
import { Marks } from './marks.tsx'
import { PhoneGroup } from './phone-rows.tsx'
import { GroupActions } from './row-actions.tsx'
import { useHot } from './use-hot.ts'

interface GroupRowProps extends RowPlace {
  group: GroupItem
  columns: readonly ColumnId[]
  stuck: boolean
  phone: boolean
}

/** The head of a group: its name, its state, and one mark per VM. */
export const GroupRow = memo(function GroupRow(props: GroupRowProps) {
  const { group, columns, stuck, phone, active } = props
  const { style, ...attributes } = rowAttributes(props)
  const { hot, heat } = useHot()
  const extent = useGroupExtent(group)
  return (
    <div
      {...attributes}
      {...heat}
      style={stuck ? { height: style.height } : style}
      className="fleet-row fleet-group"
      data-stuck={stuck || undefined}
      aria-level={1}
      aria-expanded={!group.collapsed}
      aria-selected={extent === 'all'}
    >
      {phone ? (
        <PhoneGroup group={group} active={active} />
      ) : (
        <>
          <GroupCells group={group} columns={columns} />
          <GroupActions set={group.set} column={columns.length + 1} active={active} hot={hot} />
        </>
      )}
    </div>
  )
})

function GroupCells({ group, columns }: { group: GroupItem; columns: readonly ColumnId[] }) {
  const { state, set } = group
  const chip = state !== null && (
    <PhaseChip
      phase={state.look}
      word={state.word}
      since={group.stateSince}
      kind={set === null ? null : kindOfSetPhase(set)}
    />
  )
  const aligned = columns[1] === 'phase' && columns.length >= 4
  const rest = aligned ? 4 : 2
  return (
    <>
      <div {...nameCell()} className="fleet-cell fleet-cell-name">
        <GroupTick group={group} />
        <Chevron collapsed={group.collapsed} />
        <bdi data-tip-cut className="truncate text-[14px] font-bold">
          {group.label}
        </bdi>
        {group.namespace !== '' && <bdi className="tag truncate">{group.namespace}</bdi>}
      </div>
      {aligned && (
        <>
          <div {...cell(2)} className="fleet-cell">
            {chip}
          </div>
          <div {...cell(3)} className="fleet-cell fleet-mono">
            {readyWords(group)}
          </div>
        </>
      )}
      {columns.length > 1 && (
        <div
          {...cell(rest, columns.length - rest + 1)}
          className="fleet-cell"
          style={{ gridColumn: `${rest} / -2` }}
        >
          {!aligned && chip}
          {!aligned && <span className="fleet-mono">{readyWords(group)}</span>}
          <Marks marks={group.marks} counts={group.counts} />
          <GroupAside group={group} />
          <span className="ml-auto">
            <GroupAge createdAt={group.createdAt} />
          </span>
        </div>
      )}
    </>
  )
}
