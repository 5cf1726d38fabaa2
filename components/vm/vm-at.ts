import type { VmPath } from '../../lib/fleet/view-state.ts'
import type { Vm } from '../../lib/fleet/vm.ts'
import type { FleetIndex } from '../../lib/live/live-state.ts'

/** The VM that has this name now. */
export function vmAt({ vms }: Pick<FleetIndex, 'vms'>, { namespace, name }: VmPath): Vm | undefined {
  for (const vm of vms.values()) {
    if (vm.name === name && vm.namespace === namespace) return vm
  }
  return undefined
}
