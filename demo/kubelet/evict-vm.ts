import { parseVMSpec } from '../../lib/cocoon/vm-spec.ts'
import { forgetVM } from './forget-vm.ts'
import { reportStatus, type Operation } from './node-agent.ts'
import { endedStatus } from './pod-status.ts'

/** A VM that is lost takes its pod along: the operator makes a new one (contract 6.2, VM vanished). */
export async function evictVM(operation: Operation): Promise<void> {
  const { agent, machine } = operation
  const pod = operation.pod()
  const end = machine.doomed ?? { reason: 'VMGone', message: '' }
  forgetVM(agent, machine, parseVMSpec(pod), false)
  await reportStatus(operation, endedStatus('Failed', agent.clock.now(), end))
  await agent.client.remove('pods', pod, 0)
}
