import { DEFAULT_SNAPSHOT_TAG } from '../../lib/cocoon/keys.ts'
import { roleForPod } from '../../lib/cocoon/slot.ts'
import { shouldSnapshotVM } from '../../lib/cocoon/snapshot-policy.ts'
import { readKeepSnapshotOnDelete } from '../../lib/cocoon/snapshot-marks.ts'
import { parseVMSpec } from '../../lib/cocoon/vm-spec.ts'
import { pause, type Operation } from './node-agent.ts'

/** Saves the VM if its policy says so, removes it, and lets the pod go (contract 6.3, Delete). */
export async function stopVM(operation: Operation): Promise<void> {
  const { agent, machine } = operation
  const pod = operation.pod()
  const spec = parseVMSpec(pod)
  const alive = spec.managed && machine.vmID !== ''
  if (alive && shouldSnapshotVM(spec, roleForPod(pod, spec.vmName))) {
    await pause(operation, agent.timings.finalSnapshot())
    agent.registry.push(spec.vmName, DEFAULT_SNAPSHOT_TAG, { baseImage: spec.image, pushedFrom: agent.name })
  }
  if (!readKeepSnapshotOnDelete(pod)) agent.forkSnapshots.delete(spec.vmName)
  if (machine.ip !== '') agent.addresses.release(machine.ip)
  agent.vncPorts.delete(machine.vncPort)
  await agent.client.remove('pods', pod, 0)
}
