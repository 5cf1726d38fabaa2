'use client'

import { PanelLeftClose, PanelLeftOpen } from 'lucide-react'
import { ActivityButton } from '../activity/activity-button.tsx'
import { AccountButton } from '../session/account-button.tsx'
import { IconButton } from '../ui/button.tsx'
import { Popover } from '../ui/popover.tsx'
import { useStoredChoice } from '../ui/stored-choice.ts'
import { RAIL } from './choices.ts'
import { ClusterBadge } from './cluster-badge.tsx'
import { ConnectionCard, ConnectionDot } from './connection-card.tsx'
import { Mark } from './mark.tsx'
import { Nav } from './nav.tsx'
import { ThemeCycle, ThemeSwitch } from './theme-switch.tsx'

function RailToggle() {
  const [rail, setRail] = useStoredChoice(RAIL)
  const wide = rail === 'wide'
  const Icon = wide ? PanelLeftClose : PanelLeftOpen
  return (
    <IconButton
      label={wide ? 'Show icons only' : 'Show the whole sidebar'}
      className="rail-toggle !size-7"
      onClick={() => setRail(wide ? 'icons' : 'wide')}
    >
      <Icon aria-hidden size={15} strokeWidth={1.75} />
    </IconButton>
  )
}

/** Where one is, where one can go, and how fresh it all is. */
export function Sidebar() {
  return (
    <aside aria-label="Sidebar" className="sidebar">
      <div className="flex flex-col gap-1.5">
        <div className="flex h-7 items-center gap-2.5 pl-2">
          <Mark />
          <span className="rail-hide text-[15px] font-bold">Cocoon</span>
          <span className="rail-hide ml-auto">
            <RailToggle />
          </span>
        </div>
        <div className="rail-hide">
          <ClusterBadge />
        </div>
      </div>
      <Nav>
        <li>
          <ActivityButton look="nav" />
        </li>
      </Nav>
      <div className="mt-auto flex flex-col gap-2.5">
        <div className="rail-hide px-0.5">
          <ThemeSwitch />
        </div>
        <div className="rail-hide">
          <AccountButton look="row" />
        </div>
        <div className="rail-hide">
          <ConnectionCard />
        </div>
        <div className="rail-only place-items-center gap-1.5">
          <RailToggle />
          <AccountButton look="icon" />
          <ThemeCycle className="grid size-8 place-items-center rounded-lg text-muted hover:bg-hover hover:text-text" />
          <Popover
            title="Connection"
            align="start"
            triggerLabel="Connection"
            trigger={<ConnectionDot word={false} />}
            triggerClass="grid size-8 place-items-center rounded-lg hover:bg-hover"
          >
            <div className="w-56 space-y-2">
              <ClusterBadge />
              <ConnectionCard />
            </div>
          </Popover>
        </div>
      </div>
    </aside>
  )
}
