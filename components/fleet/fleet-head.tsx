'use client'

import { useCallback } from 'react'
import type { Arrangement } from '../../lib/fleet/arrange-types.ts'
import { facetsOf } from '../../lib/fleet/summary-facets.ts'
import type { ViewState } from '../../lib/fleet/view-state.ts'
import type { FleetIndex } from '../../lib/live/live-state.ts'
import { SelectMode } from '../bulk/select-mode.tsx'
import { formatCount } from '../ui/format-count.ts'
import { ConnectionDot } from '../shell/connection-card.tsx'
import { NewSetLink } from '../shell/new-set-link.tsx'
import { SearchBox } from './search-box.tsx'
import type { ChangeView } from './use-view.ts'
import { ColumnsMenu, FoldButton, GroupMenu, SortMenu } from './view-menus.tsx'

const plural = (count: number, one: string, many: string) =>
  `${formatCount(count)} ${count === 1 ? one : many}`

/** "312 VMs in 48 sets", or what the search leaves of them. */
function countWords({ shown, total }: Arrangement, sets: number): string {
  const vms = plural(total, 'VM', 'VMs')
  return shown < total ? `${formatCount(shown)} of ${vms}` : `${vms} in ${plural(sets, 'set', 'sets')}`
}

/** The title, the search, and how the fleet is shown. */
export function FleetHead({
  view,
  change,
  index,
  known,
  arrangement,
}: {
  view: ViewState
  change: ChangeView
  index: FleetIndex
  known: boolean
  arrangement: Arrangement
}) {
  const facets = useCallback(() => facetsOf(index.vms.values()), [index.vms])
  return (
    <header className="flex flex-wrap items-center gap-2.5">
      <div className="flex min-w-fit flex-[1_1_0] items-baseline gap-2.5 max-tablet:basis-full">
        <h1 className="text-lg font-bold">Fleet</h1>
        <p className="text-sm text-muted">{known && countWords(arrangement, index.sets.size)}</p>
        <span className="ml-auto flex items-center gap-3 self-center text-sm tablet:hidden">
          <ConnectionDot />
          <NewSetLink />
        </span>
      </div>
      <div className="flex min-w-0 flex-[2_1_0] tablet:min-w-[420px] items-center gap-2 max-tablet:basis-full max-tablet:flex-wrap">
        <SearchBox search={view.search} facets={facets} onSearch={(search) => change({ search })} />
        <div className="flex items-center gap-2 max-tablet:basis-full max-tablet:flex-wrap">
          <GroupMenu view={view} change={change} />
          <FoldButton view={view} change={change} />
          <span className="max-tablet:hidden">
            <ColumnsMenu view={view} change={change} />
          </span>
          <span className="ml-auto flex gap-2 tablet:hidden">
            <SelectMode />
            <SortMenu view={view} change={change} />
          </span>
          <span className="max-tablet:hidden">
            <NewSetLink />
          </span>
        </div>
      </div>
    </header>
  )
}
