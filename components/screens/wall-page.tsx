'use client'

import { FilterX, MonitorOff, RefreshCw } from 'lucide-react'
import { useCallback, useMemo } from 'react'
import type { CSSProperties } from 'react'
import { facetsOf } from '../../lib/fleet/summary-facets.ts'
import { useConnection, useFleetIndex, useServerNow } from '../../lib/live/fleet-hooks.ts'
import { Banners } from '../fleet/banners.tsx'
import { fleetCondition } from '../fleet/fleet-condition.ts'
import { NOTICES } from '../fleet/fleet-notices.tsx'
import { SearchBox } from '../fleet/search-box.tsx'
import { useView } from '../fleet/use-view.ts'
import { Button } from '../ui/button.tsx'
import { formatCount } from '../ui/format-count.ts'
import { Notice } from '../ui/notice.tsx'
import { ScreenTile } from './screen-tile.tsx'
import './screens.css'
import { wallOf } from './wall-groups.ts'
import type { Wall, WallGroup } from './wall-groups.ts'

const desktops = (count: number) => `${formatCount(count)} ${count === 1 ? 'desktop' : 'desktops'}`

function words({ screens, asleep, total }: Wall): string {
  const shown = screens < total ? `${formatCount(screens)} of ${desktops(total)}` : desktops(total)
  return asleep === 0 ? shown : `${shown}, ${formatCount(asleep)} asleep`
}

function Group({ group }: { group: WallGroup }) {
  const { set, namespace, vms } = group
  return (
    <section
      className="wall-group"
      style={{ '--tiles': vms.length } as CSSProperties}
      aria-label={set ?? `VMs of no set in ${namespace}`}
    >
      <h2 className="wall-head">
        <bdi className="truncate text-[14px] font-bold">{set ?? 'No set'}</bdi>
        <bdi className="tag truncate">{namespace}</bdi>
        <span className="text-sm text-faint">{formatCount(vms.length)}</span>
      </h2>
      <ul className="wall-tiles">
        {vms.map(({ uid }) => (
          <ScreenTile key={uid} uid={uid} />
        ))}
      </ul>
    </section>
  )
}

function Nothing({ wall, search, onClear }: { wall: Wall; search: string; onClear: () => void }) {
  if (wall.total === 0) {
    return (
      <Notice Icon={MonitorOff} title="No VM has a screen">
        <p>
          Screens are shown of VMs with a VNC server: static toolboxes with a vncPort, VMs whose connType is
          vnc, and macOS guests. They appear here by themselves.
        </p>
      </Notice>
    )
  }
  const clear = (
    <Button look="primary" onClick={onClear}>
      Clear the search
    </Button>
  )
  return (
    <Notice Icon={FilterX} title="No screen matches" actions={clear}>
      <p>
        None of {desktops(wall.total)} fits <bdi className="tag whitespace-normal break-all">{search}</bdi>.
      </p>
    </Notice>
  )
}

/** All screens of the fleet, or of what the search leaves of it, set by set. */
export function WallPage() {
  const [view, change] = useView()
  const index = useFleetIndex()
  const connection = useConnection()
  const now = useServerNow(15_000)
  const wall = useMemo(() => wallOf(index, view.search, now), [index, view.search, now])
  const facets = useCallback(() => facetsOf(index.vms.values()), [index.vms])
  const condition = fleetCondition(index, connection, 1)
  const onSearch = (search: string) => change({ search })
  const dimmed = index.loaded && (connection.state === 'stale' || connection.state === 'lost')
  return (
    <div className="flex h-full min-h-0 flex-col gap-3 px-[22px] pt-3.5 max-tablet:px-3.5">
      <header className="flex flex-wrap items-center gap-2.5">
        <div className="flex min-w-fit flex-[1_1_0] items-baseline gap-2.5 max-tablet:basis-full">
          <h1 className="text-lg font-bold">Screens</h1>
          <p className="text-sm text-muted">{condition === 'shown' && words(wall)}</p>
        </div>
        <div className="flex min-w-0 flex-[2_1_0] items-center gap-3 max-tablet:basis-full">
          <SearchBox search={view.search} facets={facets} onSearch={onSearch} />
          <p className="flex shrink-0 items-center gap-1.5 text-xs text-muted max-tablet:hidden">
            <RefreshCw aria-hidden size={13} strokeWidth={1.75} />
            Stills every 10 s, live on hover
          </p>
        </div>
      </header>
      <Banners />
      <div data-dimmed={dimmed} className="wall">
        <div className="wall-groups">
          {condition === 'shown' && wall.groups.map((group) => <Group key={group.key} group={group} />)}
        </div>
        {condition === 'shown' && wall.screens === 0 && (
          <Nothing wall={wall} search={view.search} onClear={() => onSearch('')} />
        )}
        {condition !== 'shown' &&
          condition !== 'loading' &&
          NOTICES[condition]({ connection, search: view.search, onClear: () => onSearch('') })}
      </div>
    </div>
  )
}
