import type { Operation } from './node-agent.ts'
import { isToSleep } from './plan-pod.ts'
import { afterFailure, givenUp } from './retry.ts'

/** Notes that an operation failed; it is tried again after a while unless that is hopeless (contract 6.2). */
export function markFailed(operation: Operation, again: boolean): void {
  const { machine } = operation
  const asleep = isToSleep(operation.pod())
  machine.state = 'failed'
  machine.retry = again ? afterFailure(machine.retry, asleep) : givenUp(asleep)
}
