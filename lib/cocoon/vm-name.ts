/** The one naming rule of VMs: `vk-NAMESPACE-OWNER-SLOT`, unescaped and therefore ambiguous (contract 2.2, 11). */

/** Name of the VM in `slot` of a set. Nothing is validated: a negative slot prints its sign (contract 2.2). */
export function vmNameForDeployment(namespace: string, deployment: string, slot: number): string {
  return `vk-${namespace}-${deployment}-${slot}`
}

/** Name of the VM of a pod that has no slot, such as a toolbox (contract 2.2). */
export function vmNameForPod(namespace: string, podName: string): string {
  return `vk-${namespace}-${podName}`
}

/** What all agent VM names of a set begin with. Other sets' names may begin so too (contract 2.2). */
export function agentVMNamePrefix(namespace: string, cocoonSet: string): string {
  return `vk-${namespace}-${cocoonSet}-`
}

/** Name of a set's main agent VM, in slot 0 (contract 2.2). */
export function mainAgentVMNameFor(namespace: string, cocoonSet: string): string {
  return vmNameForDeployment(namespace, cocoonSet, 0)
}
