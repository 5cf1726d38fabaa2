import type { Vm } from '../../lib/fleet/vm.ts'
import type { VmAction } from './act.ts'

const ASLEEP: ReadonlySet<string> = new Set(['hibernated', 'hibernating', 'waking'])

/** Of Hibernate and Wake the one to show: Wake for what sleeps, or was asked to. */
export function sleepAction({ phase, hibernation }: Vm): VmAction {
  return ASLEEP.has(phase) || hibernation?.desire === 'Hibernate' ? 'wake' : 'hibernate'
}
