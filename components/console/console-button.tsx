'use client'

import { MonitorPlay } from 'lucide-react'
import { useState } from 'react'
import { vncPortOf } from '../../lib/fleet/can/vnc-endpoint.ts'
import type { Vm } from '../../lib/fleet/vm.ts'
import { ActButton } from '../act/act-button.tsx'
import { ALWAYS } from '../act/menu-list.tsx'
import { useVmRights } from '../act/rights/use-rights.ts'
import { buttonClasses } from '../ui/button.tsx'
import { DockLink } from './console-link.tsx'

/** Among the actions of a VM with a screen. A sleeping one's may be looked at, too: that does not wake it. */
export function ConsoleButton({ vm }: { vm: Vm }) {
  const may = useVmRights(vm.namespace)
  const verdict = may('console', { vm, set: null, main: null, node: null }, ALWAYS)
  const [denied, setDenied] = useState(false)
  if (vncPortOf(vm) === 0) return null
  if (!verdict.ok) {
    return (
      <span className="contents">
        <ActButton
          Icon={MonitorPlay}
          label="Console"
          verdict={verdict}
          onAct={() => {}}
          onDenied={() => setDenied(true)}
        />
        {denied && <output className="basis-full text-xs text-muted">{verdict.reason}</output>}
      </span>
    )
  }
  return (
    <DockLink vm={vm} className={buttonClasses('outline')}>
      <MonitorPlay aria-hidden size={14} strokeWidth={1.75} />
      Console
    </DockLink>
  )
}
