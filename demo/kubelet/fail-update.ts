import { markFailed } from './mark-failed.ts'
import { reportLifecycle, tell, type Operation } from './node-agent.ts'

/** A hibernation or a wake failed: the pod says why, and the attempt is repeated unless that is hopeless (contract 6.2). */
export async function failUpdate(
  operation: Operation,
  reason: string,
  message: string,
  again = true,
): Promise<void> {
  markFailed(operation, again)
  await reportLifecycle(operation, 'failed', message)
  await tell(operation, 'Warning', reason, message)
  await tell(operation, 'Warning', 'ProviderUpdateFailed', message)
}

/** As virtual-kubelet says it of every change that a pod's VM has taken. */
export async function tellUpdated(operation: Operation): Promise<void> {
  await tell(operation, 'Normal', 'ProviderUpdateSuccess', 'Update pod in provider successfully')
}
