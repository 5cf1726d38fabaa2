import { HIBERNATE_SNAPSHOT_TAG } from '../../lib/cocoon/keys.ts'
import { parseVMRuntime } from '../../lib/cocoon/vm-runtime.ts'
import { parseVMSpec, type VMSpec } from '../../lib/cocoon/vm-spec.ts'
import { imageSource, type ImageSource } from './image-source.ts'
import { markFailed } from './mark-failed.ts'
import { reportLifecycle, reportRunning, reportStatus, tell, type Operation } from './node-agent.ts'
import { providerFailedStatus } from './pod-status.ts'
import { produceVM } from './produce-vm.ts'
import { becomeReady, settleGuest, type Origin } from './settle-guest.ts'
import { createdAt, startGuest, type GuestLife } from './start-guest.ts'
import { startMachine } from './start-machine.ts'

/** Whether memory of before goes on in the VM, and with it what is known of its network. */
const ORIGINS: Record<ImageSource['from'], Origin> = {
  run: 'boot',
  clone: 'clone',
  directory: 'clone',
  fork: 'clone',
  restore: 'wake',
  evidence: 'wake',
  refused: 'boot',
}

/** Creates the VM of a new pod and follows it until it is ready or has failed (contract 6.1, 6.2). */
export async function createVM(operation: Operation): Promise<void> {
  const spec = parseVMSpec(operation.pod())
  if (!spec.managed) return attachStatic(operation)
  const { agent } = operation
  await reportLifecycle(operation, 'creating')
  const source = imageSource(operation.pod(), agent, agent.features)
  const failure = await produceVM(operation, spec, source)
  if (failure) return failCreation(operation, failure.reason, failure.message)
  const origin = ORIGINS[source.from]
  // Another life: its forks are not to have the state of the one before (contract 7).
  if (origin !== 'wake') agent.forkSnapshots.delete(spec.vmName)
  await startMachine(operation, spec, await lifeOf(operation, spec, source))
  await tell(operation, 'Normal', 'ProviderCreateSuccess', 'Create pod in provider successfully')
  if (source.from === 'evidence') {
    const message = `restored from ${spec.vmName}:${HIBERNATE_SNAPSHOT_TAG}, which the registry still had`
    await tell(operation, 'Warning', 'HibernateSnapshotExists', message)
  }
  await settleGuest(operation, spec, origin)
}

/** What the memory of a new VM goes on from: a snapshot's, the one that forks share, or nothing (contract 6.1, 7). */
async function lifeOf({ agent, pod }: Operation, spec: VMSpec, source: ImageSource): Promise<GuestLife> {
  if (source.from === 'fork') return { memory: await agent.forkSnapshots.get(spec.forkFrom) }
  if (!('snapshot' in source)) return {}
  const { memory } = source.snapshot ?? {}
  return ORIGINS[source.from] === 'wake' && !memory ? { bootedAt: createdAt(pod()) } : { memory }
}

async function failCreation(operation: Operation, reason: string, message: string): Promise<void> {
  markFailed(operation, true)
  await reportStatus(operation, providerFailedStatus(operation.pod(), message))
  await reportLifecycle(operation, 'failed', message)
  if (reason !== 'CreateFailed') await tell(operation, 'Warning', reason, message)
  await tell(operation, 'Warning', 'ProviderCreateFailed', message)
}

/** A static VM is run by somebody else: its id and address are taken as given, then probed (contract 6.1). */
async function attachStatic(operation: Operation): Promise<void> {
  const { vmID, ip, vncPort } = parseVMRuntime(operation.pod())
  if (vmID === '' || ip === '') {
    return failCreation(operation, 'CreateFailed', 'an unmanaged pod needs the id and ip annotations')
  }
  Object.assign(operation.machine, { state: 'running', vmID, ip, vncPort, reachable: false })
  startGuest(operation.agent, operation.machine, operation.pod(), {})
  await reportRunning(operation)
  await tell(operation, 'Normal', 'ProviderCreateSuccess', 'Create pod in provider successfully')
  await becomeReady(operation)
}
