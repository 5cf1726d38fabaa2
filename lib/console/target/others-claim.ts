import { isNodesScreen } from '../../fleet/can/vnc-endpoint.ts'
import type { VncEndpoint } from '../../fleet/can/vnc-endpoint.ts'
import type { Vm, VmNode } from '../../fleet/vm.ts'

/** Who else lives in the cluster, as the watch tells. */
export interface Neighbours {
  vms: readonly Vm[]
  nodes: readonly VmNode[]
}

/**
 * Whose address this is, if it is not the VM's own: whoever may create a CocoonSet writes any address into a static
 * toolbox, so it might be a node's, or that of a VM which Cocoon runs for somebody else (promises 0.1, D3).
 */
export function othersClaim(vm: Vm, endpoint: VncEndpoint, { vms, nodes }: Neighbours): string | null {
  if (isNodesScreen(vm)) {
    // Each screen of a node has a port of its own, so one of two that name the same one is not telling the truth.
    const rival = vms.find((other) => other.uid !== vm.uid && sameNodesScreen(other, vm))
    return rival === undefined ? null : `another VM names port ${endpoint.port} of node ${vm.node}, too`
  }
  const node = nodes.find(({ internalIP }) => internalIP === endpoint.host)
  if (node !== undefined) return `${endpoint.host} is the address of a node`
  if (vm.managed) return null
  const owner = vms.find(
    (other) => other.managed && other.namespace !== vm.namespace && other.ip === endpoint.host,
  )
  // Who may not see the other namespace shall not learn the names in it.
  return owner === undefined ? null : `${endpoint.host} is the address of a VM of another namespace`
}

const sameNodesScreen = (other: Vm, vm: Vm) =>
  isNodesScreen(other) && other.node === vm.node && other.vncPort === vm.vncPort
