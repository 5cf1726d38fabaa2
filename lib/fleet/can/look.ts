import type { Vm, VmPhase } from '../vm.ts'
import type { VmSubject } from './subjects.ts'
import { verdictOf, type Verdict } from './verdict.ts'
import { isNodesScreen, vncEndpoint, vncPortOf } from './vnc-endpoint.ts'
import { isOldKubelet, nodeDown, vmGoing } from './vm-rules.ts'
import { because } from './wording.ts'

/** Whether the VM shows a screen that can be dialled now (contract 8). */
export function vncConsole(subject: VmSubject): Verdict {
  const { vm, node } = subject
  const reason = vmGoing(subject) ?? screenless(vm) ?? noVm(vm) ?? addressless(subject)
  return verdictOf(reason, () => ({
    notes: [
      vm.vncPort > 0
        ? null
        : `${vm.name} names no VNC port, so ${vncPortOf(vm)} is tried, where such servers listen by convention.`,
      node !== null && !node.ready ? `Node ${node.name} is not ready, so ${vm.name} may not answer.` : null,
      unwell(vm),
    ],
  }))
}

/** Whether a command can be run in the VM (contract 6.7). */
export function terminal(subject: VmSubject): Verdict {
  const { vm, node } = subject
  const reason =
    vmGoing(subject) ?? noVm(vm) ?? oldWindows(subject, 'commands') ?? nodeDown(vm, node, 'run commands')
  return verdictOf(reason, () => ({ notes: [windows(subject, 'commands'), unwell(vm)] }))
}

/** Whether the VM's log can be read (contract 6.7). */
export function logs(subject: VmSubject): Verdict {
  const { vm, node } = subject
  const saving = vm.phase === 'hibernating' && vm.vmID !== ''
  const reason =
    vmGoing(subject) ??
    (saving ? null : noVm(vm)) ??
    oldWindows(subject, 'logs') ??
    nodeDown(vm, node, 'show its log')
  return verdictOf(reason, () => ({ notes: [windows(subject, 'logs')] }))
}

/** Contract 8: cloud-hypervisor and firecracker have no screen of their own. */
function screenless(vm: Vm): string | null {
  if (vncPortOf(vm) > 0) return null
  if (isNodesScreen(vm))
    return `The node of ${vm.name} has given its screen no VNC port: set a VNC password on the node.`
  const other = vm.connType === '' ? '' : `: reach it by ${vm.connType}`
  return `${vm.name} has no VNC server${other}.`
}

/** Contract 6.7: without a VM there is nobody to answer. */
function noVm(vm: Vm): string | null {
  return BY_PHASE[vm.phase](vm)
}

const unlessThere = (sentence: (vm: Vm) => string) => (vm: Vm) => (vm.vmID === '' ? sentence(vm) : null)

const BY_PHASE: Record<VmPhase, (vm: Vm) => string | null> = {
  scheduling: ({ name }) => `${name} has no node yet: wait until it is ready.`,
  creating: unlessThere(({ name }) => `${name} is still being created: wait until it is ready.`),
  waking: unlessThere(({ name }) => `${name} is waking: wait until it is ready.`),
  ready: () => null,
  unreachable: () => null,
  hibernating: ({ name }) => `${name} is hibernating: wake it when it is hibernated.`,
  hibernated: ({ name }) => `${name} is hibernated and has no running VM: wake it first.`,
  migrating: unlessThere(({ name }) => `${name} is moving to another node: wait until it has arrived.`),
  deleting: ({ name }) => `${name} is being deleted: wait until it is gone.`,
  failed: unlessThere(
    ({ name, message }) => `${name} has failed${because(message)} and has no running VM: restart it.`,
  ),
  unknown: unlessThere(
    ({ name, message }) =>
      `${name} has no running VM as far as is known${because(message)}: look at its pod.`,
  ),
}

function addressless({ vm, node }: VmSubject): string | null {
  if (vncEndpoint(vm, node) !== null) return null
  if (!isNodesScreen(vm)) return `${vm.name} has no address yet: wait until it has one.`
  return `The screen of ${vm.name} is shown by its node${because(vm.node)}, whose address is not known: look at the node.`
}

/** Contract 6.7: it answers with a sentence in place of what was asked for. */
function oldWindows(subject: VmSubject, what: string): string | null {
  const { vm } = subject
  if (vm.os !== 'windows' || !isOldKubelet(subject)) return null
  return `The kubelet of ${vm.name} is too old for ${what} of Windows guests: connect by RDP${vm.ip === '' ? '' : ` to ${vm.ip}`}.`
}

function windows({ vm }: VmSubject, what: string): string | null {
  if (vm.os !== 'windows') return null
  return `Kubelets of before mid-2026 answer for ${what} of Windows guests with a sentence only; then connect by RDP.`
}

function unwell({ name, phase, message }: Vm): string | null {
  return phase === 'unreachable' || phase === 'failed' ? `${name} may not answer${because(message)}.` : null
}
