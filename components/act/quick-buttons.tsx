'use client'

import { useConnection, useFleetIndex } from '../../lib/live/fleet-hooks.ts'
import type { Vm, VmSet } from '../../lib/fleet/vm.ts'
import type { SetAction, VmAction } from './act.ts'
import { SET_LOOKS, VM_LOOKS } from './act-looks.ts'
import { useAsk } from './act-context.ts'
import { easiestWish, NO_WISH } from './first-wish.ts'
import { sleepAction } from './likely.ts'
import { QuickBar, QuickButton } from './quick-bar.tsx'
import { SET_PLANS } from './set-plans.ts'
import { setSubject, vmSubject } from './subject-of.ts'
import { useSetRights, useVmRights } from './rights/use-rights.ts'
import { VM_PLANS } from './vm-plans.ts'
import { whileLive } from './while-live.ts'

/** The likely actions on a VM, in its row while somebody is at it; the menu beside them has all. */
export function VmQuick({ vm, active }: { vm: Vm; active: boolean }) {
  const ask = useAsk()
  const index = useFleetIndex()
  const { state } = useConnection()
  const subject = vmSubject(index, vm)
  const { uid, namespace, name } = vm
  const may = useVmRights(namespace)
  const actions: VmAction[] = vm.role === 'main' ? [sleepAction(vm), 'fork'] : [sleepAction(vm)]
  return (
    <QuickBar>
      {actions.map((action) => (
        <QuickButton
          key={action}
          {...VM_LOOKS[action]}
          object={name}
          active={active}
          verdict={whileLive(state, may(action, subject, VM_PLANS[action].judge(subject, NO_WISH)))}
          onAct={() => ask({ kind: 'vm', action, uid, namespace, name })}
        />
      ))}
    </QuickBar>
  )
}

/** The same of a set, in its head. */
export function SetQuick({ set, active }: { set: VmSet; active: boolean }) {
  const ask = useAsk()
  const index = useFleetIndex()
  const { state } = useConnection()
  const subject = setSubject(index, set)
  const wish = easiestWish(subject)
  const { uid, namespace, name } = set
  const may = useSetRights(namespace)
  const actions: SetAction[] = set.suspend ? ['resume'] : ['fork', 'suspend']
  return (
    <QuickBar>
      {actions.map((action) => (
        <QuickButton
          key={action}
          {...SET_LOOKS[action]}
          object={`set ${name}`}
          active={active}
          verdict={whileLive(state, may(action, subject, SET_PLANS[action].judge(subject, wish)))}
          onAct={() => ask({ kind: 'set', action, uid, namespace, name })}
        />
      ))}
    </QuickBar>
  )
}
