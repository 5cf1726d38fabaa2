'use client'

import { useVirtualizer } from '@tanstack/react-virtual'
import { useLayoutEffect, useRef, useState } from 'react'
import { classNames } from '../ui/class-names.ts'
import type { LogRow } from './log-rows.ts'
import { pieces } from './log-rows.ts'

const LINE_PX = 18
/** Nearer to the end than this one reads on, farther one reads back. */
const END_PX = 40

function Line({ text, find }: { text: string; find: string }) {
  return (
    <bdi>
      {pieces(text, find).map((piece, place) =>
        place % 2 === 0 ? (
          piece
        ) : (
          // oxlint-disable-next-line react/no-array-index-key -- pieces of one line have no other name
          <mark key={place} className="rounded-[3px] bg-accent-wash text-accent-ink">
            {piece}
          </mark>
        ),
      )}
    </bdi>
  )
}

interface LogListProps {
  rows: readonly LogRow[]
  find: string
  wrap: boolean
  /** The place of the row that the search has come to; -1 for none. */
  current: number
  label: string
}

/** The lines, of which those in sight are rendered. At the end it stays at the end. */
export function LogList({ rows, find, wrap, current, label }: LogListProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const [atEnd, setAtEnd] = useState(true)
  // oxlint-disable-next-line react/incompatible-library -- its functions stay in this component, and the compiler is off
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => LINE_PX,
    getItemKey: (place) => rows[place]?.key ?? place,
    overscan: 20,
    paddingStart: 8,
    paddingEnd: 8,
  })
  const height = virtual.getTotalSize()
  // Also when the list itself becomes smaller: by a notice above it, or a window's edge.
  const place = virtual.scrollRect?.height
  useLayoutEffect(() => {
    if (atEnd) scroller.current?.scrollTo({ top: height })
  }, [height, atEnd, place])
  useLayoutEffect(() => {
    if (current >= 0) virtual.scrollToIndex(current, { align: 'center' })
  }, [current, virtual])
  const onScroll = () => {
    const here = scroller.current
    if (here !== null) setAtEnd(here.scrollHeight - here.scrollTop - here.clientHeight < END_PX)
  }
  return (
    <div
      ref={scroller}
      role="log"
      aria-label={label}
      aria-live="off"
      // A keyboard scrolls what it can reach.
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- see above
      tabIndex={0}
      onScroll={onScroll}
      className="min-h-0 flex-1 overflow-auto outline-offset-[-2px]"
    >
      <div className="relative w-max min-w-full" style={{ height, ...(wrap ? { width: '100%' } : {}) }}>
        {virtual.getVirtualItems().map((item) => {
          const row = rows[item.index]
          if (row === undefined) return null
          return (
            <div
              key={item.key}
              data-index={item.index}
              ref={virtual.measureElement}
              style={{ transform: `translateY(${item.start}px)` }}
              className={classNames(
                'absolute top-0 left-0 min-h-[18px] min-w-full px-3.5 font-mono text-xs leading-[18px]',
                wrap ? 'w-full wrap-anywhere whitespace-pre-wrap' : 'w-max whitespace-pre',
                item.index === current && 'bg-accent-wash',
              )}
            >
              {row.text === null ? (
                <span className="font-sans text-faint">
                  Lines are missing here: more came than were asked for.
                </span>
              ) : (
                <Line text={row.text} find={find} />
              )}
            </div>
          )
        })}
      </div>
    </div>
  )
}
