'use client'

import { Ellipsis, X } from 'lucide-react'
import { useMemo, useRef, useState } from 'react'
import type { KeyboardEvent } from 'react'
import type { Arrangement } from '../../lib/fleet/arrange-types.ts'
import type { BulkAction } from '../../lib/fleet/bulk/actions.ts'
import { possibleOf } from '../../lib/fleet/bulk/possible.ts'
import type { Possible } from '../../lib/fleet/bulk/possible.ts'
import { surroundingsOf } from '../../lib/fleet/bulk/surroundings.ts'
import { namespacesOf } from '../../lib/fleet/namespaces-of.ts'
import { presentOf } from '../../lib/fleet/selection/present.ts'
import type { Selection } from '../../lib/fleet/selection/selection.ts'
import { useRightsIn } from '../act/rights/use-rights-in.ts'
import { formatCount } from '../ui/format-count.ts'
import { Popover } from '../ui/popover.tsx'
import { asideWords, chosenWords } from './bar-words.ts'
import { BULK_LOOKS, SET_ACTIONS, VM_BUTTONS } from './bulk-looks.ts'
import { BulkMenu } from './bulk-menu.tsx'
import { possibleWords } from './possible-words.ts'
import { useSelection, useSelectionStore } from './selection-context.ts'
import { useCalmIndex } from './use-calm-index.ts'
import { later } from '../ui/later.tsx'

const BulkDialog = later(() => import('./bulk-dialog.tsx').then((module) => module.BulkDialog))

function ActionButton({
  action,
  possible,
  onAsk,
}: {
  action: BulkAction
  possible: Possible
  onAsk: () => void
}) {
  const { label, Icon } = BULK_LOOKS[action]
  return (
    <button
      type="button"
      className="bulk-button"
      data-none={possible.ok === 0 || undefined}
      data-tip={possible.ok === 0 && possible.reason !== '' ? possible.reason : undefined}
      onClick={onAsk}
    >
      <Icon aria-hidden size={14} strokeWidth={1.75} />
      {label} <span className="bulk-count">{possibleWords(possible)}</span>
    </button>
  )
}

/** What is chosen, and what can be done with it: for how many of them, judged on the fleet as it is. */
export function BulkBar({ arrangement }: { arrangement: Arrangement }) {
  const store = useSelectionStore()
  const selection = useSelection()
  const index = useCalmIndex()
  const [asked, setAsked] = useState<{ action: BulkAction; chosen: Selection } | null>(null)
  const bar = useRef<HTMLElement>(null)
  const asker = useRef<Element | null>(null)
  const present = useMemo(() => presentOf(selection, index), [selection, index])
  const surroundings = useMemo(() => surroundingsOf(index), [index])
  const namespaces = useMemo(() => namespacesOf(present.vms, present.sets), [present])
  const { rights } = useRightsIn(namespaces)
  const shown = useMemo(() => new Set(arrangement.uids), [arrangement.uids])
  const buttons = present.vms.length > 0 || present.sets.length === 0 ? VM_BUTTONS : SET_ACTIONS.slice(0, 4)
  const possible = useMemo(
    () => buttons.map((action) => ({ action, possible: possibleOf(action, present, surroundings, rights) })),
    [buttons, present, surroundings, rights],
  )
  const missing = arrangement.uids.some((uid) => !selection.vms.has(uid))
  const ask = (action: BulkAction) => {
    asker.current = document.activeElement
    setAsked({ action, chosen: selection })
  }
  const clear = () => store.step({ kind: 'clear' }, index.vms)
  const onKeyDown = ({ key, currentTarget }: KeyboardEvent) => {
    // The first Escape is for the menu, or for the dialog.
    if (key !== 'Escape' || asked !== null || currentTarget.querySelector(':popover-open') !== null) return
    clear()
  }
  const aside = asideWords(present, shown)
  return (
    <section ref={bar} aria-label="Selected" className="bulk-bar" {...{ onKeyDown }}>
      <p className="bulk-words">
        <output className="contents">
          <b>{chosenWords(present)}</b> <span className="bulk-count">{aside}</span>
        </output>
        {missing && (
          <button
            type="button"
            className="bulk-link"
            onClick={() => store.step({ kind: 'all', ...arrangement }, index.vms)}
          >
            Select all {formatCount(arrangement.uids.length)}
            {arrangement.shown < arrangement.total && ' that match'}
          </button>
        )}
      </p>
      <div className="bulk-buttons">
        {possible.map((each) => (
          <ActionButton key={each.action} {...each} onAsk={() => ask(each.action)} />
        ))}
        <Popover
          title="More for the selected"
          titleHidden
          triggerLabel="More actions on the selected"
          triggerClass="bulk-button !px-2"
          trigger={<Ellipsis aria-hidden size={15} strokeWidth={1.9} />}
        >
          {(hide) => (
            <BulkMenu
              present={present}
              surroundings={surroundings}
              rights={rights}
              left={buttons}
              onAsk={(action) => {
                hide()
                ask(action)
              }}
            />
          )}
        </Popover>
      </div>
      <button
        type="button"
        aria-label="Clear the selection"
        data-tip="Clear the selection (Escape)"
        className="bulk-button bulk-clear !px-2"
        onClick={clear}
      >
        <X aria-hidden size={15} strokeWidth={1.9} />
      </button>
      {asked !== null && (
        <BulkDialog
          {...asked}
          returnFocus={() => (asker.current instanceof HTMLElement ? asker.current : bar.current)}
          onClose={() => setAsked(null)}
        />
      )}
    </section>
  )
}
