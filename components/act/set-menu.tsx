'use client'

import type { VmSet } from '../../lib/fleet/vm.ts'
import { MenuButton } from './menu-button.tsx'
import { later } from '../ui/later.tsx'

const load = () => import('./set-menu-items.tsx')

/** About as large as they are, so that the menu does not jump. */
const Waiting = () => <div className="h-[260px] w-[330px]" />

const SetMenuItems = later(() => load().then((module) => module.SetMenuItems), Waiting)

/** What can be done with a set, behind one button in its head. */
export function SetMenu({ set, active }: { set: VmSet; active: boolean }) {
  return (
    <MenuButton
      title={`Set ${set.name}`}
      label={`Actions on set ${set.name}`}
      active={active}
      load={() => void load()}
    >
      {(hide) => <SetMenuItems uid={set.uid} hide={hide} />}
    </MenuButton>
  )
}
