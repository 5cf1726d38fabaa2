import type { Pod } from '../../lib/cocoon/kube-json.ts'
import { applyVMRuntime } from '../../lib/cocoon/vm-runtime.ts'
import type { VMSpec } from '../../lib/cocoon/vm-spec.ts'
import { annotate, pause, reportLifecycle, reportRunning, type Operation } from './node-agent.ts'

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
