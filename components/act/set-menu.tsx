'use client'

import { Ellipsis } from 'lucide-react'
import dynamic from 'next/dynamic'
import type { KeyboardEvent, MouseEvent } from 'react'
import type { VmSet } from '../../lib/fleet/vm.ts'
import { buttonClasses } from '../ui/button.tsx'
import { Popover } from '../ui/popover.tsx'

const load = () => import('./set-menu-items.tsx')

/** About as large as they are, so that the menu does not jump. */
const Waiting = () => <div className="h-[128px] w-[300px]" />

const SetMenuItems = dynamic(() => load().then((module) => module.SetMenuItems), {
  ssr: false,
  loading: Waiting,
})

/** The row around it has its own keys and its own click; what happens in here is not for it. */
const keepClick = (event: MouseEvent) => event.stopPropagation()
const keepKey = (event: KeyboardEvent) => {
  if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') event.stopPropagation()
}

/** What can be done with a set, behind one button in its head. Tab reaches it from the active row only. */
export function SetMenu({ set, active }: { set: VmSet; active: boolean }) {
  return (
    <span
      className="contents"
      role="presentation"
      onClick={keepClick}
      onKeyDown={keepKey}
      onPointerEnter={() => void load()}
      onFocus={() => void load()}
    >
      <Popover
        title={`Set ${set.name}`}
        triggerLabel={`Actions on set ${set.name}`}
        triggerTab={active ? 0 : -1}
        triggerClass={buttonClasses('quiet', 'aspect-square !px-0')}
        trigger={<Ellipsis aria-hidden size={15} strokeWidth={1.9} />}
      >
        {(hide) => <SetMenuItems uid={set.uid} hide={hide} />}
      </Popover>
    </span>
  )
}
