'use client'

import type { Vm } from '../../lib/fleet/vm.ts'
import type { VmAction } from './act.ts'
import { MenuButton } from './menu-button.tsx'
import { later } from '../ui/later.tsx'

const load = () => import('./vm-menu-items.tsx')

/** About as large as they are, so that the menu does not jump. */
const Waiting = () => <div className="h-[320px] w-[330px]" />

const VmMenuItems = later(() => load().then((module) => module.VmMenuItems), Waiting)

/** What can be done with a VM, behind one button: in its row, or in its panel behind the likely ones. */
export function VmMenu({
  vm,
  active,
  without,
}: {
  vm: Vm
  active: boolean
  /** Actions that have buttons of their own beside the menu. */
  without?: ReadonlySet<VmAction>
}) {
  const more = without !== undefined
  return (
    <MenuButton
      title={vm.name}
      label={`${more ? 'More actions' : 'Actions'} on ${vm.name}`}
      active={active}
      look={more ? 'outline' : 'quiet'}
      load={() => void load()}
    >
      {(hide) => <VmMenuItems uid={vm.uid} hide={hide} {...(more ? { without } : {})} />}
    </MenuButton>
  )
}
