'use client'

import { Popover as Base } from '@base-ui/react/popover'
import { Ellipsis, LayoutList } from 'lucide-react'
import { useState } from 'react'
import { ClusterBadge } from './cluster-badge.tsx'
import { ConnectionCard, ConnectionDot } from './connection-card.tsx'
import { Nav } from './nav.tsx'
import { ThemeSwitch } from './theme-switch.tsx'
import { ViewLink } from './view-link.tsx'

/** The sidebar of phones: the fleet, the ways through it, and how fresh it is. */
export function BottomBar() {
  const [open, setOpen] = useState(false)
  return (
    <div className="bottom-bar">
      <ViewLink search="" className="bottom-item">
        <LayoutList aria-hidden size={18} strokeWidth={1.75} />
        Fleet
      </ViewLink>
      <Base.Root open={open} onOpenChange={setOpen}>
        <Base.Trigger className="bottom-item">
          <Ellipsis aria-hidden size={18} strokeWidth={1.75} />
          Views
        </Base.Trigger>
        <Base.Trigger className="bottom-item">
          <span className="grid h-[18px] place-items-center">
            <ConnectionDot word={false} />
          </span>
          Cluster
        </Base.Trigger>
        <Base.Portal>
          <Base.Positioner sideOffset={8} collisionPadding={10} className="z-50">
            <Base.Popup className="popup max-h-(--available-height) w-[min(360px,calc(100vw-20px))] space-y-3 overflow-y-auto p-3">
              <Base.Title className="sr-only">Views and cluster</Base.Title>
              <Nav onGo={() => setOpen(false)} />
              <div className="flex items-center justify-between gap-2">
                <ClusterBadge />
                <ThemeSwitch />
              </div>
              <ConnectionCard />
            </Base.Popup>
          </Base.Positioner>
        </Base.Portal>
      </Base.Root>
    </div>
  )
}
