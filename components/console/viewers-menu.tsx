'use client'

import { Users } from 'lucide-react'
import type { ConsoleViewer } from '../../lib/fleet/console/viewers.ts'
import { Button } from '../ui/button.tsx'
import { Popover } from '../ui/popover.tsx'
import { useStoredChoice } from '../ui/stored-choice.ts'
import { Age } from '../vm/age.tsx'
import { JOIN } from './console-choices.ts'
import { TOOL } from './tool-classes.ts'
import type { useViewers } from './use-viewers.ts'

type Viewers = ReturnType<typeof useViewers>

const nameOf = ({ you, who }: ConsoleViewer) => (you ? 'You' : who || 'Somebody')

/** Those who have the screen open, each with how long. */
export function ViewerList({ viewers }: { viewers: readonly ConsoleViewer[] }) {
  return (
    <ul className="space-y-1">
      {viewers.map((viewer) => (
        <li key={`${viewer.since} ${viewer.you}`} className="flex items-baseline gap-2">
          <bdi className="text-text">{nameOf(viewer)}</bdi>
          <span className="text-xs text-muted">
            came <Age since={viewer.since} ago />
          </span>
          {viewer.inControl && <span className="tag">in control</span>}
        </li>
      ))}
    </ul>
  )
}

/** Asked once, before a screen is joined that somebody else of this dashboard looks at. */
export function AskChoice() {
  const [join, setJoin] = useStoredChoice(JOIN)
  return (
    <label className="flex items-center gap-2 text-xs text-muted">
      <input
        type="checkbox"
        checked={join === 'ask'}
        className="accent-accent"
        onChange={(event) => setJoin(event.target.checked ? 'ask' : 'join')}
      />
      Ask before joining somebody
    </label>
  )
}

/** Who else is here, and whose keys count. */
export function ViewersMenu({ viewers }: { viewers: Viewers }) {
  const { all, others, inControl, controlledByOther, wish } = viewers
  if (others === 0) return null
  return (
    <Popover
      title="Watching now"
      triggerLabel={`Watching now: you and ${others} other${others === 1 ? '' : 's'}`}
      triggerClass={TOOL}
      trigger={
        <>
          <Users aria-hidden size={14} strokeWidth={1.75} />
          <span className="tabular-nums">{all.length}</span>
        </>
      }
    >
      <div className="w-[280px] max-w-full space-y-3">
        <ViewerList viewers={all} />
        {inControl ? (
          <Button onClick={() => wish('release')}>Give the control to all</Button>
        ) : (
          <Button onClick={() => wish('take')}>Take the control</Button>
        )}
        <p className="text-xs text-muted">
          {controlledByOther
            ? 'Somebody else has the control, so your keys and pointer stay here until you take it.'
            : inControl
              ? 'Only your keys and pointer reach the VM; the pages of the others are view only.'
              : 'All of you can type. Who takes the control makes the pages of the others view only.'}{' '}
          The dashboard’s pages agree on this; viewers that come by other ways are not counted.
        </p>
        <AskChoice />
      </div>
    </Popover>
  )
}
