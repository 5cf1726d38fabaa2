import { ANNOTATION_IP } from '../../lib/cocoon/keys.ts'
import type { Pod } from '../../lib/cocoon/kube-json.ts'
import { applyVMRuntime } from '../../lib/cocoon/vm-runtime.ts'
import type { VMSpec } from '../../lib/cocoon/vm-spec.ts'
import { faultOf } from './faults.ts'
import { annotate, reportRunning, type Operation } from './node-agent.ts'
import { startGuest, type GuestLife } from './start-guest.ts'

/** Gives the machine an id, an address and (macOS) a VNC port, and shows it as running, not ready yet; `life` is what its memory goes on from. */
export async function startMachine(operation: Operation, spec: VMSpec, life: GuestLife): Promise<void> {
  const { agent, machine } = operation
  const mac = spec.os === 'macos'
  const fault = faultOf(spec.image)
  machine.vmID = `${mac ? 'qemu-' : ''}${agent.random.hex(12)}`
  // A start that was cut short has its address already.
  machine.ip ||=
    fault === 'ip-late' || fault === 'no-ip' ? '' : agent.addresses.lease(spec.connType === 'vnc')
  machine.reachable = false
  machine.probeMessage = 'waiting for dhcp lease'
  if (mac && machine.vncPort === 0) machine.vncPort = freeVncPort(agent.vncPorts)
  agent.vms.set(spec.vmName, machine)
  startGuest(agent, machine, operation.pod(), life)
  const { vmID, ip, vncPort } = machine
  const carrier: Pod = {}
  applyVMRuntime({ vmID, ip, vncPort }, carrier)
  // An address that is not known yet is written as such (contract 1.4).
  await annotate(operation, { [ANNOTATION_IP]: ip, ...carrier.metadata?.annotations })
  await reportRunning(operation)
  machine.state = 'running'
  machine.slept = false
  machine.retry = undefined
}

function freeVncPort(taken: Set<number>): number {
  for (let port = 5900; port < 6000; port++) {
    if (taken.has(port)) continue
    taken.add(port)
    return port
  }
  throw new Error('no VNC port is free on this node: 5900 to 5999 are taken')
}
