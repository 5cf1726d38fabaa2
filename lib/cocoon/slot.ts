import { parseGoInt64 } from './go-int.ts'
import { ROLE_MAIN, ROLE_SUB_AGENT, ROLE_TOOLBOX } from './keys.ts'
import type { MaybePod } from './kube-json.ts'
import { cocoonSetOwnerName } from './ownership.ts'
import { agentVMNamePrefix } from './vm-name.ts'

/** Slot of an agent VM of that set, 0 for its main; -1 for toolboxes and foreign names (contract 2.2). */
export function extractAgentSlot(namespace: string, cocoonSet: string, vmName: string): number {
  const prefix = agentVMNamePrefix(namespace, cocoonSet)
  if (!vmName.startsWith(prefix)) return -1
  const rest = vmName.slice(prefix.length)
  return rest.includes('-') ? -1 : (parseGoInt64(rest) ?? -1)
}

/** The sub-agents' slots that a set of so many replicas no longer has, the highest first (contract 4.7). */
export function surplusSlots(slots: Iterable<number>, replicas: number): number[] {
  return [...slots].filter((slot) => slot > replicas).sort((a, b) => b - a)
}

/** Role that a slot stands for; negative slots are toolboxes (contract 2.2). */
export function inferRoleFromAgentSlot(slot: number): string {
  if (slot < 0) return ROLE_TOOLBOX
  return slot === 0 ? ROLE_MAIN : ROLE_SUB_AGENT
}

/**
 * Role of a pod's VM by its name and its owner; a pod that no CocoonSet owns is a toolbox. Since 0.2.4
 * (contract 2.10).
 */
export function roleForPod(pod: MaybePod, vmName: string): string {
  const owner = cocoonSetOwnerName(pod?.metadata?.ownerReferences)
  return inferRoleFromAgentSlot(extractAgentSlot(pod?.metadata?.namespace ?? '', owner, vmName))
}

/**
 * The number after the last dash, or -1.
 * @deprecated A toolbox named `sh-0` reads as slot 0; `extractAgentSlot` tells them apart (contract 2.2).
 */
export function extractSlotFromVMName(vmName: string): number {
  const dash = vmName.lastIndexOf('-')
  return dash < 0 ? -1 : (parseGoInt64(vmName.slice(dash + 1)) ?? -1)
}

/**
 * Main for slot 0 by the deprecated reading, otherwise sub-agent.
 * @deprecated It never says toolbox; `roleForPod` does (contract 2.2).
 */
export function inferRoleFromVMName(vmName: string): string {
  return extractSlotFromVMName(vmName) === 0 ? ROLE_MAIN : ROLE_SUB_AGENT
}
