import { HIBERNATE_SNAPSHOT_TAG } from '../../lib/cocoon/keys.ts'
import type { Pod } from '../../lib/cocoon/kube-json.ts'
import { parseVMSpec } from '../../lib/cocoon/vm-spec.ts'
import { adoptMachine, type Machine } from './machine.ts'
import type { NodeAgent } from './node-agent.ts'
import { createdAt, startGuest } from './start-guest.ts'

/** Takes note of what a pod from before this process holds on its node. */
export function adoptVM(agent: NodeAgent, pod: Pod): Machine {
  const machine = adoptMachine(pod)
  const { forkFrom, vmName, image, backend } = parseVMSpec(pod)
  if (machine.ip !== '') agent.addresses.adopt(machine.ip)
  if (machine.vncPort > 0) agent.vncPorts.add(machine.vncPort)
  if (machine.vmID !== '') {
    agent.vms.set(vmName, machine)
    startGuest(agent, machine, pod, { bootedAt: createdAt(pod) })
  }
  if (forkFrom !== '') agent.forkSnapshots.set(forkFrom, Promise.resolve(undefined))
  if (!machine.slept) return machine
  // The registry lives no longer than this process; what sleeps was once pushed.
  const saved = agent.registry.find(vmName, HIBERNATE_SNAPSHOT_TAG)
  const snapshot = saved ?? { baseImage: image, pushedFrom: agent.name, backend }
  if (!saved) agent.registry.push(vmName, HIBERNATE_SNAPSHOT_TAG, snapshot)
  agent.localSnapshots.set(vmName, snapshot)
  return machine
}
