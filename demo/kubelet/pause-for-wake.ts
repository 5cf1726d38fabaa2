import { parseVMSpec } from '../../lib/cocoon/vm-spec.ts'
import { faultOf } from './faults.ts'
import { pause, type Operation } from './node-agent.ts'
import type { WakeSource } from './wake-source.ts'

/** Takes the time that restoring saved memory takes. */
export async function pauseForWake(operation: Operation, source: WakeSource): Promise<void> {
  const { timings } = operation.agent
  const fault = faultOf(parseVMSpec(operation.pod()).image)
  if (fault === 'slow-wake') await pause(operation, timings.slowWake())
  else if (fault === 'stuck-wake') await pause(operation, timings.stuckWake())
  // What is not there is missed as quickly as a registry answers.
  else await pause(operation, source === 'none' ? timings.firstProbe() : timings.wake(source))
}
