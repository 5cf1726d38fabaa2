import { ANNOTATION_POST_CLONE_STATE } from '../../lib/cocoon/component-keys.ts'
import { hibernateSupport } from '../../lib/cocoon/hibernate-support.ts'
import { ANNOTATION_IP, ANNOTATION_VM_ID, HIBERNATE_SNAPSHOT_TAG } from '../../lib/cocoon/keys.ts'
import { parseVMSpec, type VMSpec } from '../../lib/cocoon/vm-spec.ts'
import type { Snapshot } from '../registry.ts'
import { failUpdate, tellUpdated } from './fail-update.ts'
import { faultOf, type Fault } from './faults.ts'
import type { Failure } from './image-source.ts'
import { annotate, pause, reportLifecycle, reportStatus, tell, type Operation } from './node-agent.ts'
import { asleepStatus } from './pod-status.ts'
import { memoryGiB } from './produce-vm.ts'

/** Saves and pushes the VM's memory, then removes it (contract 6.3). */
export async function hibernateVM(operation: Operation): Promise<void> {
  const { agent, machine } = operation
  const spec = parseVMSpec(operation.pod())
  if (hibernateSupport(spec) === 'macos') {
    return failUpdate(operation, 'HibernateUnsupported', 'macOS guests cannot be hibernated', false)
  }
  await reportLifecycle(operation, 'hibernating')
  const slow = faultOf(spec.image) === 'slow-hibernate'
  await pause(operation, slow ? agent.timings.slowHibernate() : agent.timings.hibernate(memoryGiB(operation)))
  const failure = savingFailure(spec)
  if (failure) return failUpdate(operation, failure.reason, failure.message)
  const snapshot: Snapshot = {
    baseImage: spec.image,
    pushedFrom: agent.name,
    backend: spec.backend,
    memory: machine.guest?.capture(),
  }
  agent.registry.push(spec.vmName, HIBERNATE_SNAPSHOT_TAG, snapshot)
  const { vmID, ip } = machine
  await annotate(operation, {
    [ANNOTATION_VM_ID]: null,
    [ANNOTATION_IP]: null,
    [ANNOTATION_POST_CLONE_STATE]: null,
  })
  if (faultOf(spec.image) === 'fail-remove') {
    agent.registry.remove(spec.vmName, HIBERNATE_SNAPSHOT_TAG)
    await annotate(operation, { [ANNOTATION_VM_ID]: vmID, [ANNOTATION_IP]: ip })
    return failUpdate(operation, 'HibernateRemoveFailed', `remove VM ${spec.vmName}: device or resource busy`)
  }
  agent.localSnapshots.set(spec.vmName, snapshot)
  agent.vms.delete(spec.vmName)
  agent.addresses.release(ip)
  machine.guest?.halt()
  const asleep = {
    state: 'asleep',
    slept: true,
    vmID: '',
    guest: undefined,
    ip: '',
    reachable: false,
    probeMessage: '',
  }
  Object.assign(machine, { ...asleep, retry: undefined })
  await reportStatus(operation, asleepStatus())
  await reportLifecycle(operation, 'hibernated')
  await tell(operation, 'Normal', 'Hibernated', `VM ${spec.vmName} hibernated`)
  await tellUpdated(operation)
}

const SAVING_FAILURES: Partial<Record<Fault, (vmName: string) => Failure>> = {
  'fail-hibernate': (vmName) => ({
    reason: 'HibernateSnapshotFailed',
    message: `save snapshot ${vmName}: no space left on device`,
  }),
  'fail-push': (vmName) => ({
    reason: 'HibernatePushFailed',
    message: `push ${vmName}:${HIBERNATE_SNAPSHOT_TAG}: registry: 503 Service Unavailable`,
  }),
}

function savingFailure({ image, os, backend, vmName }: VMSpec): Failure | undefined {
  const fault = faultOf(image)
  // Only there does the network card have to go first.
  if (fault === 'fail-netresize' && os === 'windows' && backend === 'cloud-hypervisor') {
    const message = `remove network card of ${vmName}: guest did not release it`
    return { reason: 'HibernateNetResizeFailed', message }
  }
  return fault && SAVING_FAILURES[fault]?.(vmName)
}
