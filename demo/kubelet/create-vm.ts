import { HIBERNATE_SNAPSHOT_TAG } from '../../lib/cocoon/keys.ts'
import type { Pod } from '../../lib/cocoon/kube-json.ts'
import { quantityValue } from '../../lib/cocoon/quantity.ts'
import { applyVMRuntime, parseVMRuntime } from '../../lib/cocoon/vm-runtime.ts'
import { parseVMSpec, type VMSpec } from '../../lib/cocoon/vm-spec.ts'
import { faultOf } from './faults.ts'
import { fixUpGuest } from './fix-up-guest.ts'
import { imageSource, type ImageSource } from './image-source.ts'
import {
  annotate,
  pause,
  reportLifecycle,
  reportRunning,
  reportStatus,
  tell,
  type Operation,
} from './node-agent.ts'
import { providerFailedStatus } from './pod-status.ts'

const GIBIBYTE = 2 ** 30

/** Memory of the guest in GiB, as far as the pod tells; 2 otherwise. */
export function memoryGiB(operation: Operation): number {
  const text = operation.pod().spec?.containers?.[0]?.resources?.requests?.['memory']
  const bytes = text === undefined ? null : quantityValue(String(text))
  return bytes === null ? 2 : bytes / GIBIBYTE
}

/** Creates the VM of a new pod and follows it until it is ready or has failed (contract 6.1, 6.2). */
export async function createVM(operation: Operation): Promise<void> {
  const spec = parseVMSpec(operation.pod())
  if (!spec.managed) return attachStatic(operation)
  const { agent } = operation
  await reportLifecycle(operation, 'creating')
  const source = imageSource(operation.pod(), agent.registry, agent.features.evidence)
  const failure = await produce(operation, spec, source)
  if (failure) return failCreation(operation, failure.reason, failure.message)
  await startMachine(operation, spec)
  await tell(operation, 'Normal', 'ProviderCreateSuccess', 'Create pod in provider successfully')
  if (source.from === 'evidence') {
    const message = `restored from ${spec.vmName}:${HIBERNATE_SNAPSHOT_TAG}, which the registry still had`
    await tell(operation, 'Warning', 'HibernateSnapshotExists', message)
  }
  const cloned = source.from === 'clone' || source.from === 'fork' || source.from === 'directory'
  if (cloned && (await fixUpGuest(operation, spec)) === 'exhausted') return
  await becomeReady(operation)
}

interface Failure {
  reason: string
  message: string
}

/** Takes the time that the source takes; answers why there is no VM, or nothing. */
async function produce(
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

async function failCreation(operation: Operation, reason: string, message: string): Promise<void> {
  operation.machine.state = 'failed'
  await reportStatus(operation, providerFailedStatus(message))
  await reportLifecycle(operation, 'failed', message)
  if (reason !== 'CreateFailed') await tell(operation, 'Warning', reason, message)
  await tell(operation, 'Warning', 'ProviderCreateFailed', message)
}

/** Gives the machine an id, an address and (macOS) a VNC port, and shows it as running, not ready yet. */
export async function startMachine(operation: Operation, spec: VMSpec): Promise<void> {
  const { agent, machine } = operation
  const mac = spec.os === 'macos'
  machine.vmID = `${mac ? 'qemu-' : ''}${agent.random.hex(12)}`
  machine.ip = agent.addresses.lease()
  machine.reachable = false
  machine.probeMessage = 'waiting for dhcp lease'
  if (mac) machine.vncPort = freeVncPort(agent.vncPorts)
  const { vmID, ip, vncPort } = machine
  const carrier: Pod = {}
  applyVMRuntime({ vmID, ip, vncPort }, carrier)
  await annotate(operation, carrier.metadata?.annotations ?? {})
  await reportRunning(operation)
  machine.state = 'running'
}

function freeVncPort(taken: Set<number>): number {
  for (let port = 5900; port < 6000; port++) {
    if (taken.has(port)) continue
    taken.add(port)
    return port
  }
  throw new Error('no VNC port is free on this node: 5900 to 5999 are taken')
}

/** Waits for the first successful probe; the status is written before the state (contract 6.2). */
export async function becomeReady(operation: Operation): Promise<void> {
  await pause(operation, operation.agent.timings.firstProbe())
  operation.machine.reachable = true
  operation.machine.probeMessage = ''
  await reportRunning(operation)
  await reportLifecycle(operation, 'ready')
}

/** A static VM is run by somebody else: its id and address are taken as given, then probed (contract 6.1). */
async function attachStatic(operation: Operation): Promise<void> {
  const { vmID, ip, vncPort } = parseVMRuntime(operation.pod())
  if (vmID === '' || ip === '') {
    return failCreation(operation, 'CreateFailed', 'an unmanaged pod needs the id and ip annotations')
  }
  Object.assign(operation.machine, { state: 'running', vmID, ip, vncPort, reachable: false })
  await reportRunning(operation)
  await becomeReady(operation)
}
