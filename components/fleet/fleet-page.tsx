'use client'

import { useMemo } from 'react'
import { countPhases } from '../../lib/fleet/summary.ts'
import { toggleGroup } from '../../lib/fleet/view-state.ts'
import type { VmPath } from '../../lib/fleet/view-state.ts'
import { useConnection, useFleetIndex } from '../../lib/live/fleet-hooks.ts'
import type { FleetIndex } from '../../lib/live/live-state.ts'
import { vmsAreKnown } from '../shell/connection-words.ts'
import { ActHost } from '../act/act-host.tsx'
import { BulkCorner } from '../bulk/bulk-host.tsx'
import { useDock } from '../console/use-dock.ts'
import { vmAt } from '../vm/vm-at.ts'
import { Banners } from './banners.tsx'
import { fleetCondition } from './fleet-condition.ts'
import { FleetHead } from './fleet-head.tsx'
import { activeRow } from './grid-roles.ts'
import { NOTICES } from './fleet-notices.tsx'
import { FleetTable } from './fleet-table.tsx'
import { PhaseTiles } from './phase-tiles.tsx'
import { TableSkeleton } from './table-skeleton.tsx'
import { useArrangement } from './use-arrangement.ts'
import { useView } from './use-view.ts'
import { later } from '../ui/later.tsx'

const VmPanel = later(() => import('../vm/vm-panel.tsx').then((module) => module.VmPanel))

const ConsoleDock = later(() => import('../console/console-dock.tsx').then((module) => module.ConsoleDock))

const uidAt = (index: FleetIndex, path: VmPath | null): string | null =>
  path === null ? null : (vmAt(index, path)?.uid ?? null)

/** The overview: what runs, what is stuck and why. */
export function FleetPage() {
  const [view, change] = useView()
  const [docked, dock] = useDock()
  const index = useFleetIndex()
  const connection = useConnection()
  const arrangement = useArrangement(view)
  const counts = useMemo(() => countPhases(index.vms.values()), [index])
  const condition = fleetCondition(index, connection, arrangement.items.length)
  const known = vmsAreKnown(index.loaded, connection.freshness)
  const selected = uidAt(index, view.vm)
  const dimmed = index.loaded && (connection.state === 'stale' || connection.state === 'lost')

  const open = (uid: string) => {
    const vm = index.vms.get(uid)
    if (vm === undefined) return
    change({ vm: { namespace: vm.namespace, name: vm.name } })
  }
  const onSearch = (search: string) => change({ search })

  return (
    <ActHost>
      <div className="flex h-full min-h-0">
        <div className="flex min-w-0 flex-1 flex-col gap-3 px-[22px] pt-3.5 max-tablet:px-3.5">
          <FleetHead view={view} change={change} index={index} known={known} arrangement={arrangement} />
          <Banners />
          <div data-dimmed={dimmed} className="fleet-tiles">
            <PhaseTiles counts={counts} known={known} search={view.search} onSearch={onSearch} />
          </div>
          <div
            data-dimmed={dimmed}
            className="surface relative flex min-h-0 flex-1 flex-col overflow-hidden rounded-b-none border-b-0 max-tablet:-mx-3.5 max-tablet:rounded-none max-tablet:border-x-0"
          >
            {condition === 'shown' && (
              <FleetTable
                items={arrangement.items}
                uids={arrangement.uids}
                columns={view.columns}
                sort={view.sort}
                grouped={view.groupBy !== 'none'}
                opened={selected}
                onSort={(sort) => change({ sort })}
                onToggle={(key) => change({ folding: toggleGroup(view.folding, key) })}
                onOpen={open}
              />
            )}
            <BulkCorner arrangement={arrangement} />
            {condition === 'loading' && <TableSkeleton />}
            {condition !== 'shown' && condition !== 'loading' && (
              <div className="flex min-h-0 flex-1 overflow-y-auto">
                {NOTICES[condition]({ connection, search: view.search, onClear: () => onSearch('') })}
              </div>
            )}
          </div>
        </div>
        {docked !== null && index.loaded && (
          <ConsoleDock
            key={`${docked.namespace}/${docked.name}`}
            path={docked}
            uid={uidAt(index, docked)}
            onClose={() => dock(null)}
          />
        )}
        {view.vm !== null && index.loaded && (
          <VmPanel
            path={view.vm}
            uid={selected}
            returnFocus={activeRow}
            onClose={() => change({ vm: null })}
            onOpen={(vm) => change({ vm })}
          />
        )}
      </div>
    </ActHost>
  )
}
