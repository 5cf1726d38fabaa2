import { DEFAULT_SNAPSHOT_TAG } from '../../lib/cocoon/keys.ts'
import { roleForPod } from '../../lib/cocoon/slot.ts'
import { readKeepSnapshotOnDelete } from '../../lib/cocoon/snapshot-marks.ts'
import { shouldSnapshotVM } from '../../lib/cocoon/snapshot-policy.ts'
import { parseVMSpec, type VMSpec } from '../../lib/cocoon/vm-spec.ts'
import { faultOf } from './faults.ts'
import { forgetVM } from './forget-vm.ts'
import { pause, reportStatus, tell, type Operation } from './node-agent.ts'
import { endedStatus } from './pod-status.ts'

/** How often the final snapshot of an image that asks for it fails, and the wait after the first time. */
const FAILURES = 3
const FIRST_WAIT = 5_000

/** Saves the VM if its policy says so, removes it, and lets the pod go (contract 6.3, Delete). */
export async function stopVM(operation: Operation): Promise<void> {
  const { agent, machine } = operation
  const pod = operation.pod()
  const spec = parseVMSpec(pod)
  const alive = spec.managed && machine.vmID !== ''
  if (alive && shouldSnapshotVM(spec, roleForPod(pod, spec.vmName))) await saveLatest(operation, spec)
  forgetVM(agent, machine, spec, readKeepSnapshotOnDelete(operation.pod()))
  await tell(operation, 'Normal', 'ProviderDeleteSuccess', 'Delete pod in provider successfully')
  const end = { reason: 'Completed', message: '' }
  await reportStatus(operation, endedStatus('Succeeded', agent.clock.now(), end))
  await agent.client.remove('pods', pod, 0)
}

/** Newer nodes keep the pod until its VM is saved; older ones let it go without (contract 6.3). */
async function saveLatest(operation: Operation, spec: VMSpec): Promise<void> {
  const { agent } = operation
  const failures = faultOf(spec.image) === 'fail-delete' ? FAILURES : 0
  for (let failed = 0; failed < failures; failed++) {
    await pause(operation, agent.timings.finalSnapshot())
    if (!agent.features.keepsUntilSaved) return
    const message = `save snapshot ${spec.vmName}: no space left on device`
    await tell(operation, 'Warning', 'ProviderDeleteFailed', message)
    await pause(operation, FIRST_WAIT * 2 ** failed)
  }
  await pause(operation, agent.timings.finalSnapshot())
  const memory = operation.machine.guest?.capture()
  const snapshot = { baseImage: spec.image, pushedFrom: agent.name, backend: spec.backend, memory }
  agent.registry.push(spec.vmName, DEFAULT_SNAPSHOT_TAG, snapshot)
}
