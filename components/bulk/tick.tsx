'use client'

import type { GroupItem } from '../../lib/fleet/arrange-types.ts'
import type { Extent } from '../../lib/fleet/selection/selection.ts'
import { formatCount } from '../ui/format-count.ts'
import { useAllExtent, useGroupExtent, useTicked } from './selection-context.ts'
import type { Picks } from './use-picks.ts'

const CHECKED = { none: false, some: 'mixed', all: true } as const

/** A box in a row that Space ticks; it takes no stop of Tab of its own. The table hears its click. */
const tickBox = (extent: Extent, label: string) =>
  ({ role: 'checkbox', 'aria-checked': CHECKED[extent], 'aria-label': label, 'data-tick': true }) as const

function Tick({ extent, label }: { extent: Extent; label: string }) {
  return <span {...tickBox(extent, label)} tabIndex={-1} className="tick" />
}

/** Whether a VM is chosen. */
export function VmTick({ uid, name }: { uid: string; name: string }) {
  return <Tick extent={useTicked(uid) ? 'all' : 'none'} label={`Select ${name}`} />
}

/** How much of a group is chosen. */
export function GroupTick({ group }: { group: GroupItem }) {
  const what = group.set === null ? 'all of' : 'set'
  return <Tick extent={useGroupExtent(group)} label={`Select ${what} ${group.label}`} />
}

/** Chooses all that the search leaves, or none of it. */
export function AllTick({ uids, picks }: { uids: readonly string[]; picks: Picks }) {
  const extent = useAllExtent(uids)
  const words = extent === 'all' ? 'Select none' : `Select all ${formatCount(uids.length)} VMs that match`
  return (
    <button
      type="button"
      {...tickBox(extent, words)}
      data-tip={`${words} (Ctrl A)`}
      className="tick"
      onClick={() => (extent === 'all' ? picks.clear() : picks.all())}
    />
  )
}
