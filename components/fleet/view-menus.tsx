'use client'

import { ArrowDown, ArrowUp, ChevronsDownUp, ChevronsUpDown, Columns3, Layers } from 'lucide-react'
import { GROUPINGS } from '../../lib/fleet/arrange-types.ts'
import { COLUMN_IDS, COLUMNS, INITIAL_COLUMNS } from '../../lib/fleet/columns-table.ts'
import type { ColumnId } from '../../lib/fleet/columns-table.ts'
import { foldAll } from '../../lib/fleet/view-state.ts'
import type { ViewState } from '../../lib/fleet/view-state.ts'
import { Button, buttonClasses, IconButton } from '../ui/button.tsx'
import { ChoiceMenu } from '../ui/choice-menu.tsx'
import { Popover } from '../ui/popover.tsx'
import { GROUP_LABELS } from './group-labels.ts'
import type { ChangeView } from './use-view.ts'

interface MenuProps {
  view: ViewState
  change: ChangeView
}

/** What the rows are grouped by. */
export function GroupMenu({ view, change }: MenuProps) {
  return (
    <ChoiceMenu
      label="Group by"
      triggerClass={buttonClasses()}
      trigger={
        <>
          <Layers aria-hidden size={14} strokeWidth={1.75} />
          <span className="max-wide:sr-only">Group: </span>
          {GROUP_LABELS[view.groupBy]}
        </>
      }
      value={view.groupBy}
      choices={GROUPINGS.map((value) => ({ value, label: GROUP_LABELS[value] }))}
      onChange={(groupBy) => change({ groupBy, folding: foldAll(false) })}
    />
  )
}

/** Closes all groups, or opens them when all are closed. */
export function FoldButton({ view, change }: MenuProps) {
  const closed = view.folding.all && view.folding.keys.size === 0
  const Icon = closed ? ChevronsUpDown : ChevronsDownUp
  return (
    <IconButton
      look="outline"
      label={closed ? 'Open all groups' : 'Close all groups'}
      disabled={view.groupBy === 'none'}
      onClick={() => change({ folding: foldAll(!closed) })}
    >
      <Icon aria-hidden size={14} strokeWidth={1.75} />
    </IconButton>
  )
}

/** The order of the rows, for phones, which have no column heads to click. */
export function SortMenu({ view, change }: MenuProps) {
  const { column, direction } = view.sort
  const up = direction === 'asc'
  const Arrow = up ? ArrowUp : ArrowDown
  return (
    <div className="flex gap-2">
      <SortChoice view={view} change={change} />
      <IconButton
        look="outline"
        label={up ? 'Sort downwards' : 'Sort upwards'}
        onClick={() => change({ sort: { column, direction: up ? 'desc' : 'asc' } })}
      >
        <Arrow aria-hidden size={14} strokeWidth={1.75} />
      </IconButton>
    </div>
  )
}

function SortChoice({ view, change }: MenuProps) {
  const sortable = COLUMN_IDS.filter((id) => COLUMNS[id].sortable)
  return (
    <ChoiceMenu
      label="Sort by"
      triggerClass={buttonClasses()}
      trigger={
        <>
          <span className="sr-only">Sort: </span>
          {COLUMNS[view.sort.column].label}
        </>
      }
      value={view.sort.column}
      choices={sortable.map((value) => ({ value, label: COLUMNS[value].label }))}
      onChange={(column) => change({ sort: { column, direction: 'asc' } })}
    />
  )
}

/** Which columns the table has. */
export function ColumnsMenu({ view, change }: MenuProps) {
  const shown = new Set(view.columns)
  const toggle = (id: ColumnId) =>
    change({ columns: COLUMN_IDS.filter((one) => (one === id ? !shown.has(one) : shown.has(one))) })
  return (
    <Popover
      title="Columns"
      triggerLabel="Columns"
      triggerClass={buttonClasses('outline', 'aspect-square !px-0')}
      trigger={<Columns3 aria-hidden size={14} strokeWidth={1.75} />}
    >
      <ul className="grid grid-cols-2 gap-x-4">
        {COLUMN_IDS.map((id) => (
          <li key={id}>
            <label className="flex h-7 items-center gap-2 text-sm">
              <input
                type="checkbox"
                className="size-3.5 accent-accent"
                checked={shown.has(id)}
                disabled={COLUMNS[id].fixed}
                onChange={() => toggle(id)}
              />
              {COLUMNS[id].label}
            </label>
          </li>
        ))}
      </ul>
      <Button className="mt-2 w-full" onClick={() => change({ columns: INITIAL_COLUMNS })}>
        As at first
      </Button>
    </Popover>
  )
}
