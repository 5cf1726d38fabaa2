import { quantityValue } from '../../lib/cocoon/quantity.ts'
import type { VMSpec } from '../../lib/cocoon/vm-spec.ts'
import type { GuestImage } from '../guest/guest-image.ts'
import { faultOf } from './faults.ts'
import type { Failure, ImageSource } from './image-source.ts'
import { pause, type Operation } from './node-agent.ts'
import { pauseForWake } from './pause-for-wake.ts'
import { wakeSource } from './wake-source.ts'

const GIBIBYTE = 2 ** 30

/** Memory of the guest in GiB, as far as the pod tells; 2 otherwise. */
export function memoryGiB(operation: Operation): number {
  const text = operation.pod().spec?.containers?.[0]?.resources?.requests?.['memory']
  const bytes = text === undefined ? null : quantityValue(String(text))
  return bytes === null ? 2 : bytes / GIBIBYTE
}

/** Takes the time that the source takes; answers why there is no VM, or nothing. */
export async function produceVM(
  operation: Operation,
  spec: VMSpec,
  source: ImageSource,
): Promise<Failure | undefined> {
  const { agent } = operation
  const { timings } = agent
  const fault = faultOf(spec.image)
  switch (source.from) {
    case 'refused':
      return source
    case 'fork':
      return forkVM(operation, spec)
    case 'run':
      await pause(operation, fault === 'slow-boot' ? timings.slowBoot() : timings.boot(spec.os))
      break
    case 'clone':
    case 'directory':
      await pause(operation, fault === 'slow-boot' ? timings.slowBoot() : timings.clone())
      break
    case 'restore':
    case 'evidence': {
      const local = agent.localSnapshots.get(spec.vmName)
      await pauseForWake(operation, wakeSource(agent.features.wakesFrom, agent.name, local, source.snapshot))
    }
  }
  if (fault !== 'fail-boot') return undefined
  return { reason: 'CreateFailed', message: `boot ${spec.vmName} from ${spec.image}: kernel did not start` }
}

async function forkVM(operation: Operation, spec: VMSpec): Promise<Failure | undefined> {
  const { timings } = operation.agent
  const fault = faultOf(spec.image)
  if (spec.os === 'macos') {
    return { reason: 'ForkFailed', message: `fork ${spec.forkFrom}: macOS guests cannot be forked` }
  }
  const failure = await saveForkSnapshot(operation, spec)
  if (failure) return failure
  await pause(operation, timings.fork())
  if (fault !== 'fail-fork') return undefined
  return { reason: 'ForkFailed', message: `clone fork-${spec.forkFrom}: restore memory: file truncated` }
}

/** The first fork of a main VM saves its state; the others wait for it and share it (contract 7). */
async function saveForkSnapshot(operation: Operation, spec: VMSpec): Promise<Failure | undefined> {
  const { forkSnapshots, timings, clock, vms } = operation.agent
  const mainVM = spec.forkFrom
  const known = forkSnapshots.get(mainVM)
  if (known) {
    await known
    return undefined
  }
  if (!vms.has(mainVM)) {
    return { reason: 'ForkFailed', message: `fork ${mainVM}: no such VM runs on this node` }
  }
  const ms = timings.forkSnapshot(memoryGiB(operation))
  if (faultOf(spec.image) === 'fail-snapshot') {
    await pause(operation, ms)
    return { reason: 'ForkFailed', message: `save snapshot fork-${mainVM}: no space left on device` }
  }
  // The VM stands still while it is saved.
  const memory = vms.get(mainVM)?.guest?.capture()
  const saved = new Promise<GuestImage | undefined>((resolve) => {
    clock.after(ms, () => resolve(memory))
  })
  forkSnapshots.set(mainVM, saved)
  await saved
  return undefined
}
