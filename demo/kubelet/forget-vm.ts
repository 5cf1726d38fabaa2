import type { VMSpec } from '../../lib/cocoon/vm-spec.ts'
import type { Machine } from './machine.ts'
import type { NodeAgent } from './node-agent.ts'

/** Gives back what a VM held on its node; saved memory stays when it is to be kept (contract 6.3, Delete). */
export function forgetVM(agent: NodeAgent, machine: Machine, spec: VMSpec, keepSnapshots: boolean): void {
  if (machine.ip !== '') agent.addresses.release(machine.ip)
  if (machine.vncPort > 0) agent.vncPorts.delete(machine.vncPort)
  if (agent.vms.get(spec.vmName) === machine) agent.vms.delete(spec.vmName)
  if (!keepSnapshots) {
    agent.forkSnapshots.delete(spec.vmName)
    agent.localSnapshots.delete(spec.vmName)
  }
  machine.guest?.halt()
  Object.assign(machine, {
    state: 'absent',
    vmID: '',
    guest: undefined,
    ip: '',
    vncPort: 0,
    reachable: false,
    probeMessage: '',
  })
}
