'use client'

import { memo } from 'react'
import type { VmItem } from '../../lib/fleet/arrange-types.ts'
import type { ColumnId } from '../../lib/fleet/columns-table.ts'
import { useVm } from '../../lib/live/fleet-hooks.ts'
import { useTicked } from '../bulk/selection-context.ts'
import { VmTick } from '../bulk/tick.tsx'
import { ConsoleRowLink } from '../console/console-link.tsx'
import { CELLS } from './cells.tsx'
import { useGlow } from './glow.ts'
import { PhoneVm } from './phone-rows.tsx'
import { cell, nameCell, rowAttributes } from './grid-roles.ts'
import type { RowPlace } from './grid-roles.ts'
import { VmActions } from './row-actions.tsx'
import { useHot } from './use-hot.ts'

interface VmRowProps extends RowPlace {
  item: VmItem
  columns: readonly ColumnId[]
  grouped: boolean
  /** Its panel is open. */
  open: boolean
  phone: boolean
}

/** One VM. It listens to its own row of the fleet, so that a change renders it and nothing else. */
export const VmRow = memo(function VmRow(props: VmRowProps) {
  const { item, columns, grouped, open, phone, active } = props
  const vm = useVm(item.uid)
  const ticked = useTicked(item.uid)
  const { hot, heat } = useHot()
  const glow = useGlow(vm === undefined ? '' : `${vm.phase} ${vm.node} ${vm.ip} ${vm.image}`)
  if (vm === undefined) return null
  return (
    <div
      {...rowAttributes(props)}
      {...heat}
      className="fleet-row"
      aria-level={grouped ? 2 : 1}
      aria-selected={ticked}
      aria-current={open || undefined}
    >
      {phone ? (
        <PhoneVm vm={vm} item={item} active={active} />
      ) : (
        columns.map((id, place) => (
          <div
            key={id}
            {...(place === 0 ? nameCell() : cell(place + 1))}
            className={place === 0 ? 'fleet-cell fleet-cell-name' : 'fleet-cell'}
          >
            {place === 0 && <VmTick uid={item.uid} name={vm.name} />}
            {place === 0 && grouped && <span className="w-4 shrink-0" />}
            {CELLS[id](vm, item)}
            {place === 0 && <ConsoleRowLink vm={vm} active={active} />}
          </div>
        ))
      )}
      {!phone && <VmActions vm={vm} column={columns.length + 1} active={active} hot={hot} />}
      <span aria-hidden ref={glow} className="fleet-glow" />
    </div>
  )
}, sameRow)

/** The arrangement makes new items every time; most of them say the same as before. */
function sameRow(a: VmRowProps, b: VmRowProps): boolean {
  return (
    a.index === b.index &&
    a.top === b.top &&
    a.height === b.height &&
    a.active === b.active &&
    a.open === b.open &&
    a.grouped === b.grouped &&
    a.phone === b.phone &&
    a.columns === b.columns &&
    sameItem(a.item, b.item)
  )
}

function sameItem(a: VmItem, b: VmItem): boolean {
  return (
    a === b ||
    (a.uid === b.uid &&
      a.depth === b.depth &&
      a.last === b.last &&
      a.rails === b.rails &&
      a.isFork === b.isFork &&
      a.forkOf === b.forkOf)
  )
}
