'use client'

import { vncPortOf } from '../../lib/fleet/can/vnc-endpoint.ts'
import type { Vm, VmSet } from '../../lib/fleet/vm.ts'
import { SetMenu } from '../act/set-menu.tsx'
import { VmMenu } from '../act/vm-menu.tsx'
import { cell } from './grid-roles.ts'
import { later } from '../ui/later.tsx'

const load = () => import('../act/quick-buttons.tsx')
const VmQuick = later(() => load().then((module) => module.VmQuick))
const SetQuick = later(() => load().then((module) => module.SetQuick))

interface Place {
  /** Of the last cell of the row, counted from 1. */
  column: number
  active: boolean
  /** Somebody is at the row: then the likely actions stand beside the menu. */
  hot: boolean
}

/** The last cell of a VM's row: what can be done with it. Of one with a screen the likely thing is its console. */
export function VmActions({ vm, column, active, hot }: Place & { vm: Vm }) {
  return (
    <div {...cell(column)} className="fleet-cell fleet-actions">
      <VmMenu vm={vm} active={active} />
      {hot && vncPortOf(vm) === 0 && <VmQuick vm={vm} active={active} />}
    </div>
  )
}

/** The last cell of a group's head; there is something to do when the group is a set. */
export function GroupActions({ set, column, active, hot }: Place & { set: VmSet | null }) {
  return (
    <div {...cell(column)} className="fleet-cell fleet-actions">
      {set !== null && <SetMenu set={set} active={active} />}
      {set !== null && hot && <SetQuick set={set} active={active} />}
    </div>
  )
}
