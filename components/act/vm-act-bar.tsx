'use client'

import { useState } from 'react'
import { vncPortOf } from '../../lib/fleet/can/vnc-endpoint.ts'
import type { Vm } from '../../lib/fleet/vm.ts'
import { useConnection, useFleetIndex } from '../../lib/live/fleet-hooks.ts'
import { ConsoleButton } from '../console/console-button.tsx'
import type { VmAction } from './act.ts'
import { ActButton } from './act-button.tsx'
import { useAsk } from './act-context.ts'
import { VM_LOOKS } from './act-looks.ts'
import { Asked } from './asked.tsx'
import { NO_WISH } from './first-wish.ts'
import { sleepAction } from './likely.ts'
import { vmSubject } from './subject-of.ts'
import { useVmRights } from './rights/use-rights.ts'
import { VmMenu } from './vm-menu.tsx'
import { VM_PLANS } from './vm-plans.ts'
import { whileLive } from './while-live.ts'

/** What can be done with a VM, and what was asked of it and is not there yet. */
export function VmActBar({ vm }: { vm: Vm }) {
  const ask = useAsk()
  const index = useFleetIndex()
  const { state } = useConnection()
  const [denied, setDenied] = useState<VmAction | null>(null)
  const subject = vmSubject(index, vm)
  const { uid, namespace, name } = vm
  const may = useVmRights(namespace)
  const verdictOf = (action: VmAction) =>
    whileLive(state, may(action, subject, VM_PLANS[action].judge(subject, NO_WISH)))
  // With the console there is room for two more in one line; the menu has the rest.
  const shown: VmAction[] = [sleepAction(vm), 'fork', ...(vncPortOf(vm) > 0 ? [] : (['restart'] as const))]
  const refusal = denied === null ? null : verdictOf(denied)
  return (
    <div className="space-y-2 px-4 pb-3">
      <div role="toolbar" aria-label={`Actions on ${name}`} className="flex flex-wrap gap-1.5">
        <ConsoleButton vm={vm} />
        {shown.map((action) => (
          <ActButton
            key={action}
            {...VM_LOOKS[action]}
            verdict={verdictOf(action)}
            onAct={() => {
              setDenied(null)
              ask({ kind: 'vm', action, uid, namespace, name })
            }}
            onDenied={() => setDenied(action)}
          />
        ))}
        <VmMenu active vm={vm} without={new Set(shown)} />
      </div>
      <output className="block text-xs text-muted empty:hidden">
        {refusal?.ok === false && <bdi>{refusal.reason}</bdi>}
      </output>
      <Asked vm={vm} />
    </div>
  )
}
