'use client'

import { Popover as Base } from '@base-ui/react/popover'
import type { ReactNode } from 'react'

/** A button that opens a small surface with a title. `openOnHover` is for explanations. */
export function Popover({
  title,
  trigger,
  triggerClass,
  triggerLabel,
  openOnHover = false,
  align = 'end',
  children,
}: {
  title: string
  trigger: ReactNode
  triggerClass: string
  triggerLabel?: string
  openOnHover?: boolean
  align?: 'start' | 'center' | 'end'
  children: ReactNode
}) {
  return (
    <Base.Root>
      <Base.Trigger className={triggerClass} aria-label={triggerLabel} openOnHover={openOnHover} delay={200}>
        {trigger}
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner sideOffset={6} align={align} collisionPadding={10} className="z-50">
          <Base.Popup className="popup max-h-(--available-height) max-w-[min(340px,calc(100vw-20px))] overflow-y-auto p-3.5">
            <Base.Title className="mb-1.5 text-sm font-bold">{title}</Base.Title>
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
