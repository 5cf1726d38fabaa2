'use client'

import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual'
import type { Range } from '@tanstack/react-virtual'
import { useMemo, useRef, useState } from 'react'
import type { CSSProperties, KeyboardEvent, MouseEvent } from 'react'
import { flushSync } from 'react-dom'
import type { ArrangedItem, Sort } from '../../lib/fleet/arrange-types.ts'
import type { ColumnId } from '../../lib/fleet/columns-table.ts'
import { usePicking } from '../bulk/selection-context.ts'
import { AllTick } from '../bulk/tick.tsx'
import { usePicks } from '../bulk/use-picks.ts'
import { PHONE, useMedia } from '../ui/use-media.ts'
import { columnTracks } from './column-tracks.ts'
import { rowGroup, treeGrid } from './grid-roles.ts'
import { cellMove, openRowMenu, rowOf } from './cell-focus.ts'
import { headAt, headIndexes } from './group-heads.ts'
import { GroupRow } from './group-row.tsx'
import { DESK_HEIGHTS, PHONE_HEIGHTS } from './row-heights.ts'
import { TableHead } from './table-head.tsx'
import { tableMove } from './table-keys.ts'
import { useLongPress } from './use-long-press.ts'
import { VmRow } from './vm-row.tsx'

interface FleetTableProps {
  items: readonly ArrangedItem[]
  /** Of all VMs that the search leaves, in order. */
  uids: readonly string[]
  columns: readonly ColumnId[]
  sort: Sort
  grouped: boolean
  /** The uid of the VM whose panel is open. */
  opened: string | null
  onSort: (sort: Sort) => void
  onToggle: (key: string) => void
  onOpen: (uid: string) => void
}

const style = (values: Record<string, string>) => values as CSSProperties

/** The virtual tree grid. It renders what is in sight, the head of the group in sight, and the active row. */
export function FleetTable(props: FleetTableProps) {
  const { items, uids, columns, sort, grouped, opened, onSort, onToggle, onOpen } = props
  const phone = useMedia(PHONE)
  const heights = phone ? PHONE_HEIGHTS : DESK_HEIGHTS
  const picks = usePicks(items, uids)
  const picking = usePicking()
  const scroller = useRef<HTMLDivElement>(null)
  const [activeKey, setActiveKey] = useState<string | null>(null)
  const { template, minWidth } = useMemo(() => columnTracks(columns), [columns])
  const found = activeKey === null ? -1 : items.findIndex((item) => item.key === activeKey)
  const active = Math.max(0, found)
  const heads = useMemo(() => headIndexes(items), [items])

  // oxlint-disable-next-line react/incompatible-library -- its functions stay in this component, and the compiler is off
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (items[index]?.kind === 'group' ? heights.group : heights.vm),
    getItemKey: (index) => items[index]?.key ?? index,
    overscan: 12,
    scrollPaddingStart: grouped ? heights.group : 0,
    scrollPaddingEnd: heights.head,
    rangeExtractor: (range: Range) =>
      [...new Set([headAt(heads, range.startIndex), active, ...defaultRangeExtractor(range)])]
        .filter((index) => index >= 0 && index < items.length)
        .sort((a, b) => a - b),
  })
  const stuckIndex = headAt(heads, virtual.range?.startIndex ?? 0)

  const goTo = (index: number) => {
    const item = items[index]
    if (item === undefined) return
    // The row must exist before it can take the focus.
    flushSync(() => setActiveKey(item.key))
    virtual.scrollToIndex(index)
    scroller.current?.querySelector<HTMLElement>(`[data-row="${index}"]`)?.focus({ preventScroll: true })
  }
  const act = (item: ArrangedItem) => {
    setActiveKey(item.key)
    if (item.kind === 'group') onToggle(item.key)
    else onOpen(item.uid)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const row = rowOf(event.target)
    if (row === null || picks.key(event) || event.ctrlKey || event.metaKey || event.altKey) return
    if (openRowMenu(row, event)) {
      event.preventDefault()
      return
    }
    // The row that has the focus, however it came by it.
    const index = Number(row.dataset['row'])
    const cell = cellMove(event.target as HTMLElement, event.key)
    // A group's own arrow keys open and close it; inside it, as in other rows, they go through the cells.
    if (cell !== null && (event.target !== row || items[index]?.kind === 'vm')) {
      event.preventDefault()
      cell.focus()
      return
    }
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / heights.vm) - 2)
    const move = tableMove(event.key, { items, index, page })
    if (move === null) return
    event.preventDefault()
    const [from, to] = [items[index], move.kind === 'go' ? items[move.index] : undefined]
    if (event.shiftKey && from && to) picks.extend(from, to)
    if (move.kind === 'go') goTo(move.index)
    else if (move.kind === 'tick') picks.tick(move.item, event.shiftKey)
    else if (move.kind === 'toggle') onToggle(move.key)
    else onOpen(move.uid)
  }
  const itemAt = (target: EventTarget) => items[Number(rowOf(target)?.dataset['row'] ?? -1)]
  const longPress = useLongPress((target) => {
    const item = itemAt(target)
    if (item === undefined) return
    picks.tick(item, false)
    setActiveKey(item.key)
  })
  const onClick = (event: MouseEvent) => {
    const item = itemAt(event.target)
    if (item !== undefined && picks.click(event, item, phone && picking && item.kind === 'vm')) {
      setActiveKey(item.key)
      return
    }
    // Somebody who has just marked text to copy it does not want to go elsewhere.
    if (item !== undefined && getSelection()?.type !== 'Range') act(item)
  }

  return (
    <div
      ref={scroller}
      {...treeGrid(items.length, phone ? 1 : columns.length + 1)}
      {...{ onKeyDown, onClick, ...longPress }}
      data-picking={picking || undefined}
      className="fleet-table"
      style={style({
        '--columns': phone ? '1fr' : template,
        '--columns-width': phone ? '0' : `${minWidth}px`,
        '--head-height': `${heights.head === 0 ? 0 : heights.head + 1}px`,
      })}
    >
      {!phone && (
        <TableHead
          columns={columns}
          sort={sort}
          height={heights.head}
          tick={<AllTick uids={uids} picks={picks} />}
          onSort={onSort}
        />
      )}
      <div {...rowGroup()} className="fleet-body" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start, size, key }) => {
          const item = items[index]
          if (item === undefined) return null
          const place = { index, top: start, height: size, active: index === active, phone, columns }
          return item.kind === 'group' ? (
            <GroupRow key={key} {...place} group={item} stuck={index === stuckIndex} />
          ) : (
            <VmRow key={key} {...place} item={item} grouped={grouped} open={item.uid === opened} />
          )
        })}
      </div>
    </div>
  )
}
