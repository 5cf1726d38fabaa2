'use client'

import { MonitorPlay, ScrollText, SquareTerminal } from 'lucide-react'
import { can } from '../../lib/fleet/can/can.ts'
import type { VmSubject } from '../../lib/fleet/can/subjects.ts'
import type { Verdict } from '../../lib/fleet/can/verdict.ts'
import { vncPortOf } from '../../lib/fleet/can/vnc-endpoint.ts'
import { useConnection, useFleetIndex } from '../../lib/live/fleet-hooks.ts'
import { consoleHref } from '../console/own-window.ts'
import type { VmAction } from './act.ts'
import { useAsk } from './act-context.ts'
import { VM_LOOKS } from './act-looks.ts'
import { NO_WISH } from './first-wish.ts'
import { useAdmission } from './fork/use-admission.ts'
import { sleepAction } from './likely.ts'
import { ALWAYS, MenuItem, MenuLine, MenuLink, MenuList } from './menu-list.tsx'
import { vmSubject } from './subject-of.ts'
import { vmVerdict } from './rights/for-caller.ts'
import { useMakes } from './rights/use-makes.ts'
import { useRights, useVmRights } from './rights/use-rights.ts'
import { VM_PLANS } from './vm-plans.ts'
import { whileLive } from './while-live.ts'

/** The actions on a VM, judged on the fleet as it is now; of those in `without` there are buttons beside the menu. */
export function VmMenuItems({
  uid,
  without = NONE,
  hide,
}: {
  uid: string
  without?: ReadonlySet<VmAction>
  hide: () => void
}) {
  const ask = useAsk()
  const index = useFleetIndex()
  const { state } = useConnection()
  const vm = index.vms.get(uid)
  const { rights } = useRights(vm?.namespace ?? '')
  const makes = useMakes(index, rights)
  const standalone = useAdmission(index, uid)
  if (vm === undefined) return <p className="text-muted">This VM is gone.</p>
  const subject = vmSubject(index, vm)
  const may = (action: VmAction, verdict: Verdict) => vmVerdict(action, subject, rights, verdict, makes)
  const { namespace, name } = vm
  const item = (action: VmAction) => {
    const asked = action === 'fork-standalone' ? standalone : null
    return without.has(action) ? null : (
      <MenuItem
        key={action}
        {...VM_LOOKS[action]}
        verdict={whileLive(state, may(action, asked?.verdict ?? VM_PLANS[action].judge(subject, NO_WISH)))}
        waiting={asked?.waiting ?? false}
        onAct={() => {
          // First the menu gives the focus back to its button, which the dialog then returns it to.
          hide()
          ask({ kind: 'vm', action, uid, namespace, name })
        }}
      />
    )
  }
  return (
    <MenuList>
      {without.size === 0 && <Looks subject={subject} />}
      {item(sleepAction(vm))}
      {item('fork')}
      {item('restart')}
      {without.size === 0 && <MenuLine />}
      {item('fork-into-set')}
      {item('fork-standalone')}
      <MenuLine />
      {item('remove-hibernation')}
      {item('delete-vm')}
    </MenuList>
  )
}

const NONE: ReadonlySet<VmAction> = new Set()

/** The ways to look into the VM; the pages of one that sleeps say so, and offer to wake it. */
function Looks({ subject }: { subject: VmSubject }) {
  const { vm } = subject
  const path = { namespace: vm.namespace, name: vm.name }
  const page = `/vms/${encodeURIComponent(vm.namespace)}/${encodeURIComponent(vm.name)}`
  const asleep = vm.phase === 'hibernated'
  const may = useVmRights(vm.namespace)
  const screen = may('console', subject, vncPortOf(vm) > 0 ? ALWAYS : can.console(subject, undefined))
  return (
    <>
      <MenuLink Icon={MonitorPlay} label="Console" href={consoleHref(path)} verdict={screen} />
      <MenuLink
        Icon={SquareTerminal}
        label="Terminal"
        href={`${page}/terminal`}
        verdict={may('terminal', subject, asleep ? ALWAYS : can.terminal(subject, undefined))}
      />
      <MenuLink
        Icon={ScrollText}
        label="Log"
        href={`${page}/logs`}
        verdict={may('logs', subject, asleep ? ALWAYS : can.logs(subject, undefined))}
      />
      <MenuLine />
    </>
  )
}
