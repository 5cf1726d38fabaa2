'use client'

import { useVirtualizer } from '@tanstack/react-virtual'
import { useRef } from 'react'
import type { ReactNode } from 'react'

/** Rows of a fixed height in a box that scrolls; of thousands only those in sight exist. */
export function MemberList<Member>({
  label,
  members,
  height,
  most,
  keyOf,
  children,
}: {
  label: string
  members: readonly Member[]
  /** Of one row, in pixels. */
  height: number
  /** How many rows are seen before it scrolls. */
  most: number
  keyOf: (member: Member) => string
  children: (member: Member) => ReactNode
}) {
  const scroller = useRef<HTMLDivElement>(null)
  // oxlint-disable-next-line react/incompatible-library -- its functions stay in this component, and the compiler is off
  const virtual = useVirtualizer({
    count: members.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 8,
  })
  const scrolls = members.length > most
  return (
    <div
      ref={scroller}
      // What scrolls must be reachable by keyboard.
      {...(scrolls ? { role: 'group', tabIndex: 0, 'aria-label': label } : {})}
      className="overflow-y-auto overscroll-contain [scrollbar-width:thin]"
      style={{ maxHeight: height * (scrolls ? most + 0.5 : most) }}
    >
      <ul aria-label={label} className="relative" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start }) => {
          const member = members[index]
          if (member === undefined) return null
          return (
            <li
              key={keyOf(member)}
              aria-setsize={members.length}
              aria-posinset={index + 1}
              className="absolute inset-x-0 flex items-center gap-2"
              style={{ height, transform: `translateY(${start}px)` }}
            >
              {children(member)}
            </li>
          )
        })}
      </ul>
    </div>
  )
}
