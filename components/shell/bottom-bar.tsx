'use client'

import { Ellipsis, LayoutList } from 'lucide-react'
import { ActivityButton } from '../activity/activity-button.tsx'
import { AccountButton } from '../session/account-button.tsx'
import { Popover } from '../ui/popover.tsx'
import { ClusterBadge } from './cluster-badge.tsx'
import { ConnectionCard, ConnectionDot } from './connection-card.tsx'
import { Nav } from './nav.tsx'
import { ThemeSwitch } from './theme-switch.tsx'
import { ViewLink } from './view-link.tsx'

/** The sidebar of phones: the fleet, the ways through it, and how fresh it is. */
export function BottomBar() {
  return (
    <nav aria-label="Bottom bar" className="bottom-bar">
      <ViewLink search="" className="bottom-item">
        <LayoutList aria-hidden size={18} strokeWidth={1.75} />
        Fleet
      </ViewLink>
      <Popover
        title="Views"
        titleHidden
        align="center"
        triggerClass="bottom-item"
        trigger={
          <>
            <Ellipsis aria-hidden size={18} strokeWidth={1.75} />
            Views
          </>
        }
      >
        {(hide) => (
          <div className="w-[min(320px,calc(100vw-50px))]">
            <Nav onGo={hide} />
          </div>
        )}
      </Popover>
      <ActivityButton look="bar" />
      <AccountButton look="bar" />
      <Popover
        title="Cluster"
        titleHidden
        triggerClass="bottom-item"
        trigger={
          <>
            <span className="grid h-[18px] place-items-center">
              <ConnectionDot word={false} />
            </span>
            Cluster
          </>
        }
      >
        <div className="w-[min(320px,calc(100vw-50px))] space-y-3">
          <div className="flex items-center justify-between gap-2">
            <ClusterBadge />
            <ThemeSwitch />
          </div>
          <ConnectionCard />
        </div>
      </Popover>
    </nav>
  )
}
