'use client'

import { ArrowDown, ArrowUp } from 'lucide-react'
import type { Sort } from '../../lib/fleet/arrange-types.ts'
import { COLUMNS } from '../../lib/fleet/columns-table.ts'
import type { ColumnId } from '../../lib/fleet/columns-table.ts'
import type { ReactNode } from 'react'
import { headCell, headRow, rowGroup } from './grid-roles.ts'

const ARROWS = { asc: ArrowUp, desc: ArrowDown } as const

/** A click on another column sorts by it; on the same one, the other way around. */
export function nextSort(sort: Sort, column: ColumnId): Sort {
  const turned = sort.column === column && sort.direction === 'asc'
  return { column, direction: turned ? 'desc' : 'asc' }
}

/** The heads of the columns, which sort. */
export function TableHead({
  columns,
  sort,
  height,
  tick,
  onSort,
}: {
  columns: readonly ColumnId[]
  sort: Sort
  height: number
  /** Chooses all rows. */
  tick: ReactNode
  onSort: (sort: Sort) => void
}) {
  return (
    <div {...rowGroup()} className="fleet-head">
      <div {...headRow()} className="fleet-grid" style={{ height }}>
        {columns.map((id, place) => {
          const { label, sortable } = COLUMNS[id]
          const sorted = sort.column === id ? sort.direction : null
          const Arrow = sorted === null ? null : ARROWS[sorted]
          return (
            <div
              key={id}
              {...headCell(place + 1, sorted)}
              className={place === 0 ? 'fleet-cell fleet-cell-name' : 'fleet-cell'}
            >
              {place === 0 && tick}
              {sortable ? (
                <button
                  type="button"
                  data-tip={`Sort by ${label.toLowerCase()}`}
                  className="-mx-1.5 inline-flex h-6 items-center gap-1 rounded-md px-1.5 text-2xs text-muted hover:bg-hover hover:text-text focus-visible:-outline-offset-2"
                  onClick={() => onSort(nextSort(sort, id))}
                >
                  {label}
                  {Arrow && <Arrow aria-hidden size={12} strokeWidth={2} />}
                </button>
              ) : (
                <span className="text-2xs text-muted">{label}</span>
              )}
            </div>
          )
        })}
        <div {...headCell(columns.length + 1, null)} className="fleet-cell fleet-actions">
          <span className="sr-only">Actions</span>
        </div>
      </div>
    </div>
  )
}
