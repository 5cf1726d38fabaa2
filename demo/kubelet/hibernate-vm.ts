import { ANNOTATION_POST_CLONE_STATE } from '../../lib/cocoon/component-keys.ts'
import { ANNOTATION_IP, ANNOTATION_VM_ID, HIBERNATE_SNAPSHOT_TAG } from '../../lib/cocoon/keys.ts'
import { parseVMSpec } from '../../lib/cocoon/vm-spec.ts'
import { faultOf } from './faults.ts'
import { annotate, pause, reportLifecycle, reportStatus, tell, type Operation } from './node-agent.ts'
import { asleepStatus, providerFailedStatus } from './pod-status.ts'
import { memoryGiB } from './produce-vm.ts'
import { becomeReady, startMachine } from './start-machine.ts'

/** Saves and pushes the VM's memory, then removes it (contract 6.3). */
export async function hibernateVM(operation: Operation): Promise<void> {
  const { agent, machine } = operation
  const spec = parseVMSpec(operation.pod())
  if (spec.os === 'macos') {
    return failHibernate(operation, 'HibernateUnsupported', 'macOS guests cannot be hibernated')
  }
  await reportLifecycle(operation, 'hibernating')
  await pause(operation, agent.timings.hibernate(memoryGiB(operation)))
  if (faultOf(spec.image) === 'fail-hibernate') {
    const message = `save snapshot ${spec.vmName}: no space left on device`
    return failHibernate(operation, 'HibernateSnapshotFailed', message)
  }
  agent.registry.push(spec.vmName, HIBERNATE_SNAPSHOT_TAG, { baseImage: spec.image, pushedFrom: agent.name })
  await annotate(operation, {
    [ANNOTATION_VM_ID]: null,
    [ANNOTATION_IP]: null,
    [ANNOTATION_POST_CLONE_STATE]: null,
  })
  await reportStatus(operation, asleepStatus())
  await reportLifecycle(operation, 'hibernated')
  agent.addresses.release(machine.ip)
  Object.assign(machine, { state: 'asleep', vmID: '', ip: '', reachable: false, probeMessage: '' })
  await tell(operation, 'Normal', 'Hibernated', `VM ${spec.vmName} hibernated`)
}

/** The VM lives on, and the pod says why it does not sleep (contract 6.2). */
async function failHibernate(operation: Operation, reason: string, message: string): Promise<void> {
  operation.machine.state = 'failed'
  await reportLifecycle(operation, 'failed', message)
  await tell(operation, 'Warning', reason, message)
}

/** Clones the VM from its saved memory: a new id, a new address, reported as `creating` (contract 6.3). */
export async function wakeVM(operation: Operation): Promise<void> {
  const { agent } = operation
  const spec = parseVMSpec(operation.pod())
  const fault = faultOf(spec.image)
  await reportLifecycle(operation, 'creating')
  await pause(operation, fault === 'slow-wake' ? agent.timings.slowWake() : agent.timings.wake())
  const reference = `${spec.vmName}:${HIBERNATE_SNAPSHOT_TAG}`
  if (!agent.registry.has(spec.vmName, HIBERNATE_SNAPSHOT_TAG)) {
    return failWake(operation, 'WakePullFailed', `pull ${reference}: manifest unknown`)
  }
  if (fault === 'fail-wake') return failWake(operation, 'WakeCloneFailed', `clone ${reference}: bad checksum`)
  await startMachine(operation, spec)
  await becomeReady(operation)
  await tell(operation, 'Normal', 'Woken', `VM ${spec.vmName} woken`)
}

async function failWake(operation: Operation, reason: string, message: string): Promise<void> {
  operation.machine.state = 'failed'
  await reportStatus(operation, providerFailedStatus(message))
  await reportLifecycle(operation, 'failed', message)
  await tell(operation, 'Warning', reason, message)
}
