import { quantityValue } from '../../lib/cocoon/quantity.ts'
import type { VMSpec } from '../../lib/cocoon/vm-spec.ts'
import { faultOf } from './faults.ts'
import type { ImageSource } from './image-source.ts'
import { pause, type Operation } from './node-agent.ts'

const GIBIBYTE = 2 ** 30

/** Memory of the guest in GiB, as far as the pod tells; 2 otherwise. */
export function memoryGiB(operation: Operation): number {
  const text = operation.pod().spec?.containers?.[0]?.resources?.requests?.['memory']
  const bytes = text === undefined ? null : quantityValue(String(text))
  return bytes === null ? 2 : bytes / GIBIBYTE
}

/** Why there is no VM. */
export interface Failure {
  reason: string
  message: string
}

/** Takes the time that the source takes; answers why there is no VM, or nothing. */
export async function produceVM(
  operation: Operation,
  spec: VMSpec,
  source: ImageSource,
): Promise<Failure | undefined> {
  const { timings } = operation.agent
  const fault = faultOf(spec.image)
  switch (source.from) {
    case 'refused':
      return source
    case 'fork':
      await saveForkSnapshot(operation, spec.forkFrom)
      await pause(operation, timings.fork())
      if (fault !== 'fail-fork') return undefined
      return { reason: 'ForkFailed', message: `clone fork-${spec.forkFrom}: restore memory: file truncated` }
    case 'run':
      await pause(operation, timings.boot(spec.os))
      break
    case 'clone':
    case 'directory':
      await pause(operation, timings.clone())
      break
    case 'restore':
    case 'evidence':
      await pause(operation, fault === 'slow-wake' ? timings.slowWake() : timings.wake())
  }
  if (fault !== 'fail-boot') return undefined
  return { reason: 'CreateFailed', message: `boot ${spec.vmName} from ${spec.image}: kernel did not start` }
}

/** The first fork of a main VM saves its state; the others wait for it and share it (contract 7). */
async function saveForkSnapshot(operation: Operation, mainVM: string): Promise<void> {
  const { forkSnapshots, timings, clock } = operation.agent
  let saved = forkSnapshots.get(mainVM)
  if (!saved) {
    const ms = timings.forkSnapshot(memoryGiB(operation))
    saved = new Promise((resolve) => void clock.after(ms, resolve))
    forkSnapshots.set(mainVM, saved)
  }
  await saved
}
