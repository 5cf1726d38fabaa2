import type { CloseReason } from '../fleet/console/close-codes.ts'
import { isNodesScreen, vncEndpoint } from '../fleet/can/vnc-endpoint.ts'
import type { Vm, VmPhase } from '../fleet/vm.ts'
import type { Admission } from './tickets.ts'

/** Phases in which there is no machine to look at, whatever the row still says of it. */
const ENDS: Partial<Record<VmPhase, CloseReason>> = {
  hibernating: 'hibernating',
  hibernated: 'hibernating',
  migrating: 'vm-moved',
  deleting: 'vm-gone',
}

/** Why a console must end, now that this VM bears its VM's name; null while it is still the same, at the same place. */
export function endReason(admission: Admission, vm: Vm | undefined): CloseReason | null {
  if (vm === undefined) return 'vm-gone'
  if (vm.uid !== admission.uid) return 'vm-moved'
  const ended = ENDS[vm.phase] ?? (vm.deletedAt === null ? undefined : 'vm-gone')
  if (ended !== undefined) return ended
  if (vm.managed && vm.vmID === '') return 'vm-gone'
  const { endpoint } = admission
  // A node keeps its address; what changes there is the port.
  if (endpoint === null) return null
  if (isNodesScreen(vm)) return vm.vncPort === endpoint.port ? null : 'vm-moved'
  const now = vncEndpoint(vm, null)
  return now?.host === endpoint.host && now.port === endpoint.port ? null : 'vm-moved'
}
