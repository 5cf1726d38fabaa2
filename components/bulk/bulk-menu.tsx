'use client'

import { useId, useMemo } from 'react'
import type { BulkAction } from '../../lib/fleet/bulk/actions.ts'
import { possibleOf } from '../../lib/fleet/bulk/possible.ts'
import type { RightsIn } from '../../lib/fleet/can/rights.ts'
import type { Surroundings } from '../../lib/fleet/bulk/surroundings.ts'
import { countWords } from '../../lib/fleet/bulk/words.ts'
import type { Present } from '../../lib/fleet/selection/present.ts'
import { BULK_LOOKS, SET_ACTIONS, VM_MENU } from './bulk-looks.ts'
import { possibleWords } from './possible-words.ts'

interface MenuProps {
  present: Present
  surroundings: Surroundings
  rights: RightsIn
  /** Those that have a button already. */
  left: readonly BulkAction[]
  onAsk: (action: BulkAction) => void
}

function Item({
  action,
  present,
  surroundings,
  rights,
  onAsk,
}: Omit<MenuProps, 'left'> & { action: BulkAction }) {
  const id = useId()
  const { label, Icon } = BULK_LOOKS[action]
  const possible = useMemo(
    () => possibleOf(action, present, surroundings, rights),
    [action, present, surroundings, rights],
  )
  const none = possible.ok === 0 && possible.reason !== ''
  return (
    <li>
      <button
        type="button"
        aria-describedby={none ? id : undefined}
        data-none={possible.ok === 0 || undefined}
        className="flex w-full gap-2 rounded-md px-2 py-1.5 text-left text-sm hover:bg-hover data-none:text-faint max-tablet:py-2.5"
        onClick={() => onAsk(action)}
      >
        <Icon aria-hidden size={14} strokeWidth={1.75} className="mt-[2.5px] shrink-0" />
        <span className="min-w-0 flex-1">
          {label}…
          {none && (
            <span id={id} className="block text-xs text-faint">
              <bdi>{possible.reason}</bdi>
            </span>
          )}
        </span>
        <span className="text-xs text-faint tabular-nums">{possibleWords(possible)}</span>
      </button>
    </li>
  )
}

function Group({
  title,
  actions,
  ...rest
}: Omit<MenuProps, 'left'> & { title: string; actions: readonly BulkAction[] }) {
  if (actions.length === 0) return null
  return (
    <section className="py-1">
      <h3 className="px-2 py-1 text-xs font-medium text-faint">{title}</h3>
      <ul>
        {actions.map((action) => (
          <Item key={action} action={action} {...rest} />
        ))}
      </ul>
    </section>
  )
}

/** The actions that have no button in the bar: on the VMs that are chosen, and on their sets. */
export function BulkMenu({ left, ...rest }: MenuProps) {
  const { vms, sets } = rest.present
  const others = (actions: readonly BulkAction[]) => actions.filter((action) => !left.includes(action))
  return (
    <div className="-m-2 w-[300px] max-w-full whitespace-normal">
      {vms.length > 0 && (
        <Group title={countWords('delete-vm', vms.length)} actions={others(VM_MENU)} {...rest} />
      )}
      {sets.length > 0 ? (
        <Group title={countWords('suspend', sets.length)} actions={others(SET_ACTIONS)} {...rest} />
      ) : (
        <p className="px-2 py-1.5 text-xs text-faint">
          No whole set is selected: choose a set by its head to suspend, scale, move or delete it.
        </p>
      )}
    </div>
  )
}
