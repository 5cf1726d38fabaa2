import type { Vm, VmNode } from '../vm.ts'

/** Where servers in guests listen by convention: nothing in the cluster names their port (contract 8). */
const GUEST_VNC_PORT = 5900

export interface VncEndpoint {
  host: string
  port: number
}

/** On macOS the node itself shows the screen, on a port of its own; elsewhere the VM does (contract 8). */
export const isNodesScreen = ({ os, managed }: Vm): boolean => os === 'macos' && managed

/** The port of the VM's VNC server; 0 when it has none (contract 8). */
export function vncPortOf(vm: Vm): number {
  if (vm.vncPort > 0) return vm.vncPort
  return vm.connType === 'vnc' && !isNodesScreen(vm) ? GUEST_VNC_PORT : 0
}

/** What to dial for the VM's screen; null when it shows none, or its address is not known (contract 8, 11.14). */
export function vncEndpoint(vm: Vm, node: VmNode | null): VncEndpoint | null {
  const port = vncPortOf(vm)
  const host = isNodesScreen(vm) ? (node?.internalIP ?? '') : vm.ip
  return port === 0 || host === '' ? null : { host, port }
}
