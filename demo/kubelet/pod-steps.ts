import { ANNOTATION_IP } from '../../lib/cocoon/keys.ts'
import { readLifecycleStatus } from '../../lib/cocoon/lifecycle.ts'
import { createVM } from './create-vm.ts'
import { evictVM } from './evict-vm.ts'
import { tellUpdated } from './fail-update.ts'
import { hibernateVM } from './hibernate-vm.ts'
import { annotate, reportLifecycle, reportRunning, reportStatus, tell, type Operation } from './node-agent.ts'
import type { PodStep } from './plan-pod.ts'
import { providerFailedStatus } from './pod-status.ts'
import { stopVM } from './stop-vm.ts'
import { wakeVM } from './wake-vm.ts'

/** How each step of a plan is done. */
export const POD_STEPS: Record<PodStep, (operation: Operation) => Promise<void>> = {
  none: async () => {},
  refuse: async (operation) => {
    const message = 'the pod has no vm.cocoonstack.io/name annotation'
    await reportStatus(operation, providerFailedStatus(operation.pod(), message))
    await tell(operation, 'Warning', 'ProviderCreateFailed', message)
  },
  create: createVM,
  hibernate: hibernateVM,
  wake: wakeVM,
  stop: stopVM,
  evict: evictVM,
  probe: reportRunning,
  address: async (operation) => {
    await annotate(operation, { [ANNOTATION_IP]: operation.machine.ip })
    await reportRunning(operation)
  },
  echo: async (operation) => {
    await repeatLifecycle(operation)
    await tellUpdated(operation)
  },
  repair: repeatLifecycle,
}

async function repeatLifecycle(operation: Operation): Promise<void> {
  const { state, message } = operation.machine.lifecycle ?? readLifecycleStatus(operation.pod())
  await reportLifecycle(operation, state, message)
}
