import { HIBERNATE_SNAPSHOT_TAG } from '../../lib/cocoon/keys.ts'
import { parseVMSpec } from '../../lib/cocoon/vm-spec.ts'
import { failUpdate, tellUpdated } from './fail-update.ts'
import { faultOf } from './faults.ts'
import { reportLifecycle, reportStatus, tell, type Operation } from './node-agent.ts'
import { pauseForWake } from './pause-for-wake.ts'
import { providerFailedStatus } from './pod-status.ts'
import { settleGuest } from './settle-guest.ts'
import { createdAt } from './start-guest.ts'
import { startMachine } from './start-machine.ts'
import { wakeSource } from './wake-source.ts'

/** Clones the VM from its saved memory: a new id, a new address, reported as `creating` (contract 6.3). */
export async function wakeVM(operation: Operation): Promise<void> {
  const { agent } = operation
  const spec = parseVMSpec(operation.pod())
  await reportLifecycle(operation, 'creating')
  const local = agent.localSnapshots.get(spec.vmName)
  const tagged = agent.registry.find(spec.vmName, HIBERNATE_SNAPSHOT_TAG)
  const source = wakeSource(agent.features.wakesFrom, agent.name, local, tagged)
  await pauseForWake(operation, source)
  const reference = `${spec.vmName}:${HIBERNATE_SNAPSHOT_TAG}`
  if (source === 'none') {
    agent.localSnapshots.delete(spec.vmName)
    return failWake(operation, 'WakePullFailed', `pull ${reference}: manifest unknown`)
  }
  if (faultOf(spec.image) === 'fail-wake') {
    return failWake(operation, 'WakeCloneFailed', `clone ${reference}: bad checksum`)
  }
  const memory = (source === 'node' ? local : tagged)?.memory
  await startMachine(operation, spec, memory ? { memory } : { bootedAt: createdAt(operation.pod()) })
  if (!(await settleGuest(operation, spec, 'wake'))) return
  await tell(operation, 'Normal', 'Woken', `VM ${spec.vmName} woken`)
  await tellUpdated(operation)
}

async function failWake(operation: Operation, reason: string, message: string): Promise<void> {
  await reportStatus(operation, providerFailedStatus(operation.pod(), message))
  await failUpdate(operation, reason, message)
}
