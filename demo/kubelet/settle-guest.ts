import { ANNOTATION_IP } from '../../lib/cocoon/keys.ts'
import type { VMSpec } from '../../lib/cocoon/vm-spec.ts'
import { faultOf } from './faults.ts'
import { fixUpGuest, needsFixUp } from './fix-up-guest.ts'
import { markFailed } from './mark-failed.ts'
import { annotate, pause, reportLifecycle, reportRunning, tell, type Operation } from './node-agent.ts'

/** How a VM came to run. */
export type Origin = 'boot' | 'clone' | 'wake'

/** How long a clone or a wake may be without an address (contract 6.1). */
const LEASE_BUDGET = 45_000
/** A guest that booted is waited for; this one gets its address by hand some time. */
const LEASE_BY_HAND = 180_000

/** From a VM that runs to one that is ready: network fix-up, lease, probe. Answers whether it got there (contract 6.1). */
export async function settleGuest(operation: Operation, spec: VMSpec, origin: Origin): Promise<boolean> {
  if (needsFixUp(spec, origin) && (await fixUpGuest(operation, spec)) === 'exhausted') return false
  if (operation.machine.ip === '' && !(await awaitLease(operation, spec, origin))) return false
  await becomeReady(operation)
  return true
}

async function awaitLease(operation: Operation, spec: VMSpec, origin: Origin): Promise<boolean> {
  const { agent, machine } = operation
  const never = faultOf(spec.image) === 'no-ip'
  if (never && origin !== 'boot') {
    await pause(operation, LEASE_BUDGET)
    const message = `no dhcp lease for ${spec.vmName} within 45s`
    markFailed(operation, false)
    const reason = origin === 'clone' ? 'PostCloneIPWaitTimeout' : 'WakeIPWaitTimeout'
    await tell(operation, 'Warning', reason, message)
    await reportLifecycle(operation, 'failed', message)
    return false
  }
  await pause(operation, never ? LEASE_BY_HAND : agent.timings.lateLease())
  machine.ip = agent.addresses.lease(spec.connType === 'vnc')
  await annotate(operation, { [ANNOTATION_IP]: machine.ip })
  await reportRunning(operation)
  return true
}

/** Waits for the first successful probe; the status is written before the state (contract 6.2). */
export async function becomeReady(operation: Operation): Promise<void> {
  await pause(operation, operation.agent.timings.firstProbe())
  operation.machine.reachable = true
  operation.machine.probeMessage = ''
  await reportRunning(operation)
  await reportLifecycle(operation, 'ready')
}
